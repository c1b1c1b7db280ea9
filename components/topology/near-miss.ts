import type { TopologyView } from '../../server/protocol.ts'

type Pod = TopologyView['pods'][number]
type Service = TopologyView['services'][number]

/** Why a Pod that looks meant for a Service is not selected by it. */
export type NearMiss =
  | { readonly kind: 'value'; readonly pod: string; readonly wanted: string; readonly has: string }
  | { readonly kind: 'key'; readonly pod: string; readonly wanted: string; readonly has: string }
  | { readonly kind: 'missing'; readonly pod: string; readonly wanted: string }
  | { readonly kind: 'namespace'; readonly pod: string; readonly namespace: string }

export const formatLabel = (key: string, value: string) => `${key}=${value}`
export const formatLabels = (labels: { readonly [key: string]: string }) =>
  Object.entries(labels)
    .map(([key, value]) => formatLabel(key, value))
    .join(',')

const holds = (pod: Pod, key: string, value: string) => Object.hasOwn(pod.labels, key) && pod.labels[key] === value

/** Does the selector match? An empty one selects nothing here: its endpoints are written by hand. */
export function selects(service: Service, pod: Pod): boolean {
  const wanted = Object.entries(service.selector)
  return (
    wanted.length > 0 && pod.namespace === service.namespace && wanted.every(([key, value]) => holds(pod, key, value))
  )
}

/**
 * For a Service whose selector matches no Pod: the Pods that nearly match, nearest first, one a workload. Near means
 * one letter or two off, the same value under another key, one pair missing, or the right labels in another namespace.
 */
export function nearMisses(service: Service, pods: readonly Pod[], most = 3): readonly NearMiss[] {
  if (Object.keys(service.selector).length === 0 || pods.some((pod) => selects(service, pod))) return []
  const found = pods.flatMap((pod) => {
    const miss = missOf(service, pod)
    return miss ? [{ ...miss, workload: `${pod.namespace}/${pod.workload ?? pod.name}` }] : []
  })
  const nearest = found.sort((a, b) => a.distance - b.distance)
  const firsts = nearest.filter((miss, i) => nearest.findIndex((other) => other.workload === miss.workload) === i)
  return firsts.slice(0, most).map(({ miss }) => miss)
}

function missOf(service: Service, pod: Pod): { miss: NearMiss; distance: number } | undefined {
  const unmet = Object.entries(service.selector).filter(([key, value]) => !holds(pod, key, value))
  if (pod.namespace !== service.namespace)
    return unmet.length === 0
      ? { miss: { kind: 'namespace', pod: pod.name, namespace: pod.namespace }, distance: 0 }
      : undefined
  const met = Object.keys(service.selector).length - unmet.length
  const reasons = unmet.map(([key, value]) => reasonOf(pod, key, value))
  const nearest = reasons.toSorted((a, b) => a.distance - b.distance)[0]
  if (!nearest) return undefined
  const distance = reasons.reduce((sum, reason) => sum + reason.distance, 0) - met
  return nearest.distance <= 3 || met > 0 ? { miss: nearest.miss, distance } : undefined
}

function reasonOf(pod: Pod, key: string, value: string): { miss: NearMiss; distance: number } {
  const wanted = formatLabel(key, value)
  const own = Object.hasOwn(pod.labels, key) ? pod.labels[key] : undefined
  if (own !== undefined)
    return {
      miss: { kind: 'value', pod: pod.name, wanted, has: formatLabel(key, own) },
      distance: likeness(value, own),
    }
  const other = Object.entries(pod.labels).find(([, has]) => has === value)
  if (other) return { miss: { kind: 'key', pod: pod.name, wanted, has: formatLabel(...other) }, distance: 2 }
  return { miss: { kind: 'missing', pod: pod.name, wanted }, distance: 4 }
}

/** Small for a slip of the pen: case, a part of the other, or one or two edits. */
function likeness(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()]
  if (x === y) return 1
  if (x.length > 1 && y.length > 1 && (x.includes(y) || y.includes(x))) return 2
  return 1 + editDistance(x.slice(0, 63), y.slice(0, 63))
}

/** Levenshtein's distance, one row at a time. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const [left = 0, above = 0, diagonal = 0] = [next[j - 1], row[j], row[j - 1]]
      next.push(Math.min(left + 1, above + 1, diagonal + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length] ?? 0
}
