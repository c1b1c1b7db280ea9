import { podsByNode } from '../controllers/indexes.ts'
import { nameOf, uidOf } from '../controllers/metadata.ts'
import { demandOf, placementOf } from '../controllers/placement.ts'
import { isPodFinished, podCondition } from '../controllers/pods.ts'
import { matchesNode } from '../controllers/scheduling.ts'
import { pod as podKind } from '../kinds/pod.ts'
import type { PodPass } from './kubelet-sync.ts'

export interface Rejection {
  readonly reason: string
  readonly message: string
}

/**
 * Why a node does not take a Pod that names the node itself, past the scheduler (upstream: pkg/kubelet/lifecycle/predicate.go).
 * Pods that the scheduler has placed fit, as do the node's own static ones.
 */
export function rejectionOf({ pod, node, objects }: PodPass): Rejection | undefined {
  const placed = podCondition(pod, 'PodScheduled') !== undefined
  if (!node || placed || pod.status?.startTime || pod.metadata?.annotations?.['kubernetes.io/config.source'])
    return undefined
  const others = objects
    .listBy(podKind, podsByNode, nameOf(node))
    .filter((other) => uidOf(other) !== uidOf(pod) && !isPodFinished(other))
  const place = placementOf(node, others)
  const asked = demandOf(pod)
  const capacityOf = (resource: string) => place.allocatable.get(resource) ?? 0n
  if (BigInt(others.length + 1) * 1000n > capacityOf('pods'))
    return outOf('pods', 1n, BigInt(others.length), capacityOf('pods') / 1000n)
  for (const [resource, amount] of asked.requests) {
    const used = place.requested.get(resource) ?? 0n
    if (amount + used <= capacityOf(resource)) continue
    const unit = resource === 'cpu' ? 1n : 1000n
    return outOf(resource, amount / unit, used / unit, capacityOf(resource) / unit)
  }
  if (!matchesNode(pod, node)) return failed('NodeAffinity', "node(s) didn't match Pod's node affinity/selector")
  if (asked.hostPorts.some((port) => place.hostPorts.has(port)))
    return failed('NodePorts', "node(s) didn't have free ports for the requested pod ports")
  return undefined
}

const outOf = (resource: string, requested: bigint, used: bigint, capacity: bigint): Rejection => ({
  reason: `OutOf${resource}`,
  message: `Node didn't have enough resource: ${resource}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
})

const failed = (predicate: string, why: string): Rejection => ({
  reason: predicate,
  message: `Predicate ${predicate} failed: ${why}`,
})
