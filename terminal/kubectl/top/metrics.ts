/** The metrics API as `kubectl top` asks it (upstream: kubectl/pkg/cmd/top, pkg/metricsutil). */
import type { ApiClient, RequestOptions } from '../api/client.ts'
import { ApiError, KubectlError } from '../errors.ts'
import { quantityValue } from '../print/quantity.ts'

/** Used by one thing: cores and bytes. */
export interface Used {
  readonly cpu: number
  readonly memory: number
}

export interface Quantities {
  readonly cpu?: string
  readonly memory?: string
}

const metricsPath = '/apis/metrics.k8s.io/v1beta1'

/** Throws what kubectl says where nobody has registered the API. */
export function requireMetricsApi(api: ApiClient): void {
  const { groups = [] } = api.get<{
    readonly groups?: readonly { readonly name: string; readonly versions: readonly { readonly version: string }[] }[]
  }>('/apis')
  const served = groups.find(({ name }) => name === 'metrics.k8s.io')?.versions
  if (!served?.some(({ version }) => version === 'v1beta1')) throw new KubectlError('Metrics API not available')
}

/** Asks the metrics API; what does not answer is named as client-go names it. */
export function askMetrics<T>(
  api: ApiClient,
  resource: 'nodes' | 'pods',
  path: string,
  options: RequestOptions = {},
): T {
  try {
    return api.get<T>(`${metricsPath}${path}`, options)
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'ServiceUnavailable') throw error
    const message = `the server is currently unable to handle the request (get ${resource}.metrics.k8s.io)`
    throw new ApiError({ ...error.status, message })
  }
}

export const usedOf = ({ cpu, memory }: Quantities): Used => ({
  cpu: quantityValue(cpu ?? '0') ?? 0,
  memory: quantityValue(memory ?? '0') ?? 0,
})

export const addUp = (parts: readonly Used[]): Used =>
  parts.reduce((sum, { cpu, memory }) => ({ cpu: sum.cpu + cpu, memory: sum.memory + memory }), { cpu: 0, memory: 0 })

/** `250m`: millicores, rounded up as Quantity.MilliValue does. */
export const cpuText = ({ cpu }: Used): string => `${Math.ceil(cpu * 1000 - 1e-6)}m`
/** `128Mi`, cut off. */
export const memoryText = ({ memory }: Used): string => `${Math.floor(memory / 2 ** 20)}Mi`
export const percentText = (part: number, whole: number): string => `${Math.trunc((part / whole) * 100)}%`

/** `cpu` and `memory` put the hungriest first; names go up. */
export function bySortKey(key: string): (a: Sortable, b: Sortable) => number {
  return (a, b) => {
    if (key === 'cpu' && a.used.cpu !== b.used.cpu) return b.used.cpu - a.used.cpu
    if (key === 'memory' && a.used.memory !== b.used.memory) return b.used.memory - a.used.memory
    const [first, second] = [`${a.namespace ?? ''}/${a.name}`, `${b.namespace ?? ''}/${b.name}`]
    return first < second ? -1 : first > second ? 1 : 0
  }
}

export interface Sortable {
  readonly name: string
  readonly namespace?: string
  readonly used: Used
}

export function checkSortKey(key: string): void {
  if (key !== '' && key !== 'cpu' && key !== 'memory') throw new KubectlError('--sort-by accepts only cpu or memory')
}
