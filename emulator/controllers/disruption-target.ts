import { timestamp } from '../api/age.ts'
import type { Pod } from '../generated/types.ts'

/** The Pod with the condition that says who is about to take it away (upstream: KEP-3329, DisruptionTarget). */
export function withDisruptionTarget(pod: Pod, reason: string, message: string, now: number): Pod {
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason,
    message,
    lastTransitionTime: timestamp(now),
    ...(pod.metadata?.generation !== undefined && { observedGeneration: pod.metadata.generation }),
  }
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== condition.type)
  return { ...pod, status: { ...pod.status, conditions: [...others, condition] } }
}
