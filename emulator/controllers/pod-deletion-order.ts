import type { Pod } from '../generated/types.ts'
import { annotationsOf, createdAt, nameOf } from './metadata.ts'
import { isPodReady, readySince } from './pods.ts'

const phaseRank: ReadonlyMap<string | undefined, number> = new Map([
  ['Pending', 0],
  ['Unknown', 1],
  ['Running', 2],
])

/**
 * Pods in the order in which a scale-down deletes them: unassigned, then not running, then unready, then cheaper by
 * annotation, then from the fuller node, then ready for less long, more restarts, younger (upstream:
 * controller_utils.go ActivePodsWithRanks). `related` are all Pods of the same workload, for the nodes' fullness.
 */
export function deletionOrder(pods: readonly Pod[], related: readonly Pod[], now: number): readonly Pod[] {
  const onNode = new Map<string, number>()
  for (const pod of related) {
    const node = pod.spec?.nodeName ?? ''
    onNode.set(node, (onNode.get(node) ?? 0) + 1)
  }
  const keys = new Map(pods.map((pod) => [pod, sortKey(pod, onNode.get(pod.spec?.nodeName ?? '') ?? 0, now)]))
  return [...pods].sort((a, b) => compare(keys.get(a) ?? [], keys.get(b) ?? []) || (nameOf(a) < nameOf(b) ? -1 : 1))
}

function sortKey(pod: Pod, rank: number, now: number): readonly number[] {
  const ready = isPodReady(pod)
  return [
    pod.spec?.nodeName ? 1 : 0,
    phaseRank.get(pod.status?.phase) ?? 1,
    ready ? 1 : 0,
    Number(annotationsOf(pod)['controller.kubernetes.io/pod-deletion-cost'] ?? 0) || 0,
    -rank,
    ready ? logarithmicAge(now - readySince(pod)) : 0,
    -Math.max(0, ...(pod.status?.containerStatuses ?? []).map((status) => status.restartCount)),
    logarithmicAge(now - createdAt(pod)),
  ]
}

/** Ages count by order of magnitude only (LogarithmicScaleDown), so that victims differ from run to run upstream. */
function logarithmicAge(ms: number): number {
  return Math.floor(Math.log2(Math.max(1, ms)))
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
