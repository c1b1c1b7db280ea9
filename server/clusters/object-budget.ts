import type { ApiRequest, ApiResponse, Cluster } from '../../emulator/index.ts'
import { BUDGETS } from './budgets.ts'

/**
 * The cluster as its learner may use it: requests that would make more objects, or larger ones, than one learner's share
 * are refused as a ResourceQuota refuses them. Everything else is the cluster itself.
 */
export function withBudget(cluster: Cluster): Cluster {
  let objects = countObjects(cluster)
  cluster.onChange(({ type }) => {
    if (type === 'ADDED') objects++
    if (type === 'DELETED') objects--
  })
  const request = (asked: ApiRequest): ApiResponse => refusal(asked, objects) ?? cluster.request(asked)
  return Object.create(cluster, { request: { value: request } })
}

function countObjects(cluster: Cluster): number {
  // A resource with several versions is one shelf of objects.
  const resources = new Map(cluster.kinds.map((kind) => [`${kind.plural}.${kind.group}`, kind]))
  const paths = [...resources.values()].map(({ group, version, plural }) =>
    group === '' ? `/api/${version}/${plural}` : `/apis/${group}/${version}/${plural}`,
  )
  return paths.reduce((sum, path) => {
    const { body } = cluster.request({ method: 'GET', path })
    const items = (body as { readonly items?: unknown } | undefined)?.items
    return sum + (Array.isArray(items) ? items.length : 0)
  }, 0)
}

function refusal({ method, body = '' }: ApiRequest, objects: number): ApiResponse | undefined {
  if (method === 'GET' || method === 'DELETE') return undefined
  if (body.length > BUDGETS.requestBytes)
    return status(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${BUDGETS.requestBytes}`)
  if (method === 'POST' && objects >= BUDGETS.objects)
    return status(403, 'Forbidden', `exceeded quota: this practice cluster holds at most ${BUDGETS.objects} objects`)
  const replicas = mostReplicas(body)
  if (replicas > BUDGETS.replicas)
    return status(
      403,
      'Forbidden',
      `exceeded quota: this practice cluster runs at most ${BUDGETS.replicas} replicas of one object, asked for ${replicas}`,
    )
  return undefined
}

/** The largest number of replicas a body asks for, however it is written: JSON, a JSON patch, or YAML. */
function mostReplicas(body: string): number {
  if (!/replicas|\\u/.test(body)) return 0
  let most = 0
  const note = (value: unknown) => {
    if (typeof value === 'number') most = Math.max(most, value)
  }
  try {
    JSON.parse(body, function (this: { readonly path?: unknown }, key, value) {
      if (key === 'replicas') note(value)
      if (key === 'value' && typeof this.path === 'string' && this.path.endsWith('/replicas')) note(value)
      return value
    })
  } catch {
    for (const [, number] of body.matchAll(/\breplicas["']?\s*:\s*([\d.e+]+)/gi)) note(Number(number))
  }
  return most
}

function status(code: number, reason: string, message: string): ApiResponse {
  return {
    status: code,
    headers: { 'content-type': 'application/json' },
    warnings: [],
    body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code },
  }
}
