/** What several controllers ask of a Pod (upstream: pkg/api/v1/pod and pkg/controller/controller_utils.go). */
import type { Pod, PodCondition, PodTemplateSpec } from '../generated/types.ts'
import { isDeleting } from './metadata.ts'

export function podCondition(pod: Pod, type: string): PodCondition | undefined {
  for (const condition of pod.status?.conditions ?? []) if (condition.type === type) return condition
  return undefined
}

export function isPodReady(pod: Pod): boolean {
  return podCondition(pod, 'Ready')?.status === 'True'
}

/** Ready for at least `minReadySeconds`. */
export function isPodAvailable(pod: Pod, minReadySeconds: number, now: number): boolean {
  if (!isPodReady(pod)) return false
  return minReadySeconds === 0 || readySince(pod) + minReadySeconds * 1000 <= now
}

/** When the Pod became ready, ms since the epoch. */
export function readySince(pod: Pod): number {
  return Date.parse(podCondition(pod, 'Ready')?.lastTransitionTime ?? '') || 0
}

export function isPodFinished(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'
}

/** Counts towards a workload's replicas: neither finished nor going. */
export function isPodActive(pod: Pod): boolean {
  return !isPodFinished(pod) && !isDeleting(pod)
}

/** The Pod that a template describes, before its name and owner are set. */
export function podFromTemplate(template: PodTemplateSpec | undefined): Pod {
  const { labels, annotations, finalizers } = template?.metadata ?? {}
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(finalizers && { finalizers }),
    },
    ...(template?.spec && { spec: template.spec }),
  }
}
