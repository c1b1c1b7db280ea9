import type { Pod, Service } from '../../generated/types.ts'
import { formatLabels } from '../../kinds/format/labels.ts'
import { serviceName } from '../service-match.ts'
import { isFinished, type World } from '../world.ts'
import type { Explanation } from './explanation.ts'

type Labels = { readonly [key: string]: string }

/** Why a selector finds no Pod: they are elsewhere, the labels are on the workload only, or one is misspelt. */
export function explainSelector(service: Service, world: World): Explanation {
  const { namespace = '' } = service.metadata ?? {}
  const selector = service.spec?.selector ?? {}
  const params = { service: serviceName(service), namespace, selector: formatLabels(selector) }
  const pods = world.objects.podsIn(namespace).filter((pod) => !isFinished(pod))
  const workload = world.objects.workloadsIn(namespace).find(({ metadata }) => hasAll(selector, metadata?.labels))
  const nearest = nearestPod(selector, pods)
  if (workload !== undefined) {
    const { kind = '', metadata, spec } = workload
    const named = { ...params, workload: `${kind} ${metadata?.name ?? ''}` }
    if (!hasAll(selector, spec?.template?.metadata?.labels)) {
      return {
        code: 'no-endpoints-labels-on-workload',
        params: { ...named, labels: formatLabels(spec?.template?.metadata?.labels) },
      }
    }
    if (spec?.replicas === 0) return { code: 'no-endpoints-scaled-to-zero', params: named }
  }
  const scaledAway = world.objects
    .workloadsIn(namespace)
    .find(({ spec }) => spec?.replicas === 0 && hasAll(selector, spec.template?.metadata?.labels))
  if (scaledAway !== undefined) {
    const { kind = '', metadata } = scaledAway
    return { code: 'no-endpoints-scaled-to-zero', params: { ...params, workload: `${kind} ${metadata?.name ?? ''}` } }
  }
  const elsewhere = world.objects.pods().find((pod) => !isFinished(pod) && hasAll(selector, pod.metadata?.labels))
  if (elsewhere !== undefined && shared(selector, nearest) === 0) {
    return {
      code: 'no-endpoints-pods-elsewhere',
      params: { ...params, pod: elsewhere.metadata?.name ?? '', elsewhere: elsewhere.metadata?.namespace ?? '' },
    }
  }
  if (nearest === undefined) return { code: 'no-endpoints-no-pods', params }
  const labels = formatLabels(ownLabels(nearest))
  const pod = nearest.metadata?.name ?? ''
  const other = Object.entries(selector).filter(([key, value]) => nearest.metadata?.labels?.[key] !== value)
  const [key, value] = other[0] ?? ['', '']
  if (other.length === 1 && Object.keys(selector).length > 1) {
    const found = nearest.metadata?.labels?.[key]
    const differing = { ...params, pod, key, wanted: `${key}=${value}` }
    return found === undefined
      ? { code: 'no-endpoints-label-missing', params: { ...differing, labels } }
      : { code: 'no-endpoints-label-differs', params: { ...differing, found: `${key}=${found}` } }
  }
  return {
    code: 'no-endpoints-selector-matches-nothing',
    params: { ...params, pod, labels },
  }
}

/** A Pod's labels without those that controllers add. */
function ownLabels({ metadata }: Pod): Labels {
  return Object.fromEntries(Object.entries(metadata?.labels ?? {}).filter(([key]) => !ADDED.has(key)))
}

const ADDED: ReadonlySet<string> = new Set(['pod-template-hash', 'controller-revision-hash', 'pod-template-generation'])

/** Whether labels satisfy a selector. */
export function hasAll(selector: Labels, labels: Labels | undefined): boolean {
  return Object.entries(selector).every(([key, value]) => labels?.[key] === value)
}

function nearestPod(selector: Labels, pods: readonly Pod[]): Pod | undefined {
  const [first, ...others] = pods
  if (first === undefined) return undefined
  return others.reduce((best, pod) => (nearness(selector, pod) > nearness(selector, best) ? pod : best), first)
}

function nearness(selector: Labels, pod: Pod): number {
  const labels = pod.metadata?.labels ?? {}
  const equal = Object.entries(selector).filter(([key, value]) => labels[key] === value).length
  const alike = Object.entries(selector).filter(([key, value]) => isAlike(value, labels[key]))
  return equal * 10 + shared(selector, pod) + alike.length
}

/** How many keys or values of a selector a Pod has. */
function shared(selector: Labels, pod: Pod | undefined): number {
  const labels = pod?.metadata?.labels ?? {}
  const keys = Object.keys(selector).filter((key) => Object.hasOwn(labels, key)).length
  return keys * 2 + Object.values(selector).filter((value) => Object.values(labels).includes(value)).length
}

/** A value that begins like the one that was meant: `web` and `webapp`, `frontend` and `front-end`. */
function isAlike(value: string, other: string | undefined): boolean {
  return other !== undefined && value.length > 1 && other.slice(0, 2) === value.slice(0, 2)
}
