/** What a StatefulSet does next, without a cluster (upstream: pkg/controller/statefulset/stateful_set_control.go). */
import type { Pod, StatefulSet } from '../generated/types.ts'
import { isDeleting, labelsOf, nameOf } from './metadata.ts'
import { isPodAvailable, isPodFinished, isPodReady } from './pods.ts'
import { revisionLabel } from './template-revisions.ts'

export type StatefulStep =
  | { readonly do: 'create'; readonly ordinal: number }
  | { readonly do: 'delete'; readonly pod: Pod; readonly because: 'failed' | 'terminated' | 'condemned' | 'outdated' }

export const startOrdinal = (set: StatefulSet): number => set.spec?.ordinals?.start ?? 0
export const wantedReplicas = (set: StatefulSet): number => set.spec?.replicas ?? 1
export const partitionOf = (set: StatefulSet): number => set.spec?.updateStrategy?.rollingUpdate?.partition ?? 0
export const revisionOf = (pod: Pod): string => labelsOf(pod)[revisionLabel] ?? ''

/** `web-3` of the set `web` is 3; undefined for a name that is none of its. */
export function ordinalOf(set: StatefulSet, pod: Pod): number | undefined {
  const prefix = `${nameOf(set)}-`
  const rest = nameOf(pod).startsWith(prefix) ? nameOf(pod).slice(prefix.length) : ''
  return /^\d+$/.test(rest) ? Number(rest) : undefined
}

export const isRunningAndReady = (pod: Pod): boolean => pod.status?.phase === 'Running' && isPodReady(pod)

/** No more than this in one look; what they change brings the next. */
const maxSteps = 500

/** The steps to be taken now; one at a time and in order, unless Pods are managed in parallel. */
export function planStatefulSet(
  set: StatefulSet,
  pods: readonly Pod[],
  updateRevision: string,
  now: number,
): readonly StatefulStep[] {
  const byOrdinal = new Map(pods.map((pod) => [ordinalOf(set, pod), pod]))
  const inOrder = set.spec?.podManagementPolicy !== 'Parallel'
  const steps: StatefulStep[] = []
  const end = startOrdinal(set) + wantedReplicas(set)
  for (let ordinal = startOrdinal(set); ordinal < end && steps.length < maxSteps; ordinal++) {
    const pod = byOrdinal.get(ordinal)
    const step = replicaStep(pod, ordinal)
    if (step) steps.push(step)
    const available =
      pod && !isDeleting(pod) && isRunningAndReady(pod) && isPodAvailable(pod, set.spec?.minReadySeconds ?? 0, now)
    if (inOrder && (step || !available)) return steps
  }
  const scaleDown = condemnedSteps(set, pods, inOrder)
  if (scaleDown === 'wait') return steps
  steps.push(...scaleDown)
  if (steps.length > 0 && inOrder) return steps
  return [...steps, ...updateSteps(set, pods, updateRevision)]
}

function replicaStep(pod: Pod | undefined, ordinal: number): StatefulStep | undefined {
  if (!pod) return { do: 'create', ordinal }
  if (isDeleting(pod) || !isPodFinished(pod)) return undefined
  return { do: 'delete', pod, because: pod.status?.phase === 'Failed' ? 'failed' : 'terminated' }
}

/** Pods beyond the wanted number, highest first; in order, each waits until the one before it has gone. */
function condemnedSteps(set: StatefulSet, pods: readonly Pod[], inOrder: boolean): readonly StatefulStep[] | 'wait' {
  const first = startOrdinal(set)
  const ordinal = (pod: Pod) => ordinalOf(set, pod) ?? 0
  const condemned = pods
    .filter((pod) => ordinal(pod) < first || ordinal(pod) >= first + wantedReplicas(set))
    .sort((a, b) => ordinal(b) - ordinal(a))
  const unhealthy = condemned.filter((pod) => !isRunningAndReady(pod) || isDeleting(pod))
  const firstUnhealthy = unhealthy.at(-1)
  const steps: StatefulStep[] = []
  for (const pod of condemned) {
    if (isDeleting(pod)) {
      if (inOrder) return 'wait'
      continue
    }
    if (inOrder && !isRunningAndReady(pod) && pod !== firstUnhealthy) return 'wait'
    steps.push({ do: 'delete', pod, because: 'condemned' })
    if (inOrder) return steps
  }
  return steps
}

/** Outdated Pods from the highest ordinal down to the partition, no more at a time than may be missing. */
function updateSteps(set: StatefulSet, pods: readonly Pod[], updateRevision: string): readonly StatefulStep[] {
  if (set.spec?.updateStrategy?.type === 'OnDelete') return []
  const first = startOrdinal(set)
  const ordinal = (pod: Pod) => ordinalOf(set, pod) ?? -1
  const replicas = pods
    .filter((pod) => ordinal(pod) >= first && ordinal(pod) < first + wantedReplicas(set))
    .sort((a, b) => ordinal(b) - ordinal(a))
  let room = maxUnavailable(set) - (wantedReplicas(set) - replicas.length)
  const steps: StatefulStep[] = []
  for (const pod of replicas) {
    if (room <= 0 || ordinal(pod) < first + partitionOf(set)) break
    const outdated = !isDeleting(pod) && revisionOf(pod) !== updateRevision
    if (outdated) steps.push({ do: 'delete', pod, because: 'outdated' })
    if (outdated || isDeleting(pod) || !isRunningAndReady(pod)) room--
  }
  return steps
}

function maxUnavailable(set: StatefulSet): number {
  const limit = set.spec?.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1
  if (typeof limit === 'number') return limit
  return Math.max(1, Math.floor((Number.parseInt(limit, 10) * wantedReplicas(set)) / 100))
}
