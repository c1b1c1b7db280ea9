import type { Pod } from '../../generated/types.ts'
import { qosClass } from './qos.ts'

/** A new Pod waits to be scheduled, whatever status its author wrote (upstream: pkg/registry/core/pod/strategy.go PrepareForCreate). */
export function preparePodForCreate(pod: Pod): Pod {
  return { ...pod, status: { phase: 'Pending', qosClass: qosClass(pod) } }
}
