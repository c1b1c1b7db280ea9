/** Containers get more or less of their node while they run (upstream: pkg/kubelet/allocation, kuberuntime doPodResizeAction). */
import { timestamp } from '../api/age.ts'
import { jsonEqual } from '../api/json.ts'
import { podsByNode } from '../controllers/indexes.ts'
import { nameOf, uidOf } from '../controllers/metadata.ts'
import { demandOf, placementOf } from '../controllers/placement.ts'
import { isPodFinished } from '../controllers/pods.ts'
import type { ContainerStatus, Container as ContainerTemplate, PodCondition } from '../generated/types.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { limitsOf, stopForRestart } from './kubelet-container.ts'
import type { PodPass } from './kubelet-sync.ts'

const resized = (template: ContainerTemplate, status: ContainerStatus | undefined): boolean =>
  status?.state?.running !== undefined &&
  status.resources !== undefined &&
  !jsonEqual(template.resources ?? {}, status.resources)

/** Gives running containers what their Pod says now, if the node has it. */
export function resizeContainers(pass: PodPass): void {
  const { initContainers = [], containers = [] } = pass.pod.spec ?? {}
  const changed = [...initContainers, ...containers].filter((one) => resized(one, pass.statuses.get(one.name)))
  pass.own.resizePending = changed.length === 0 ? undefined : (hindrance(pass) ?? undefined)
  if (changed.length === 0 || pass.own.resizePending) return
  const text = messageOf(pass)
  pass.event('Normal', 'ResizeStarted', `Pod resize started: ${text}`)
  for (const template of changed) apply(template, pass)
  pass.event('Normal', 'ResizeCompleted', `Pod resize completed: ${text}`)
}

function apply(template: ContainerTemplate, pass: PodPass): void {
  const status = pass.statuses.get(template.name)
  if (!status) return
  const before = status.resources ?? {}
  const restarts = (template.resizePolicy ?? []).some(
    ({ resourceName, restartPolicy }) =>
      restartPolicy === 'RestartContainer' &&
      (['limits', 'requests'] as const).some(
        (part) => before[part]?.[resourceName] !== template.resources?.[part]?.[resourceName],
      ),
  )
  if (restarts) {
    stopForRestart(template, status, `Container ${template.name} resize requires restart`, pass)
    return
  }
  pass.runtime.byId(status.containerID?.replace('containerd://', '') ?? '')?.resize(limitsOf(template).limits ?? {})
  pass.statuses.set(template.name, { ...status, ...allocation(template) })
}

/** What a status tells of the resources that a container has. */
export function allocation({
  resources,
}: ContainerTemplate): Pick<ContainerStatus, 'allocatedResources' | 'resources'> {
  return { ...(resources?.requests && { allocatedResources: resources.requests }), resources: resources ?? {} }
}

/** Why the node cannot give what is asked for: never, or not now. */
function hindrance({ pod, node, objects }: PodPass): { readonly reason: string; readonly message: string } | undefined {
  if (!node) return undefined
  const others = objects
    .listBy(podKind, podsByNode, nameOf(node))
    .filter((other) => uidOf(other) !== uidOf(pod) && !isPodFinished(other))
  const { allocatable, requested } = placementOf(node, others)
  for (const [resource, amount] of demandOf(pod).requests) {
    const unit = resource === 'cpu' ? 1n : 1000n
    const capacity = allocatable.get(resource) ?? 0n
    const used = requested.get(resource) ?? 0n
    const asked = `${resource}, requested: ${amount / unit}`
    if (amount > capacity)
      return {
        reason: 'Infeasible',
        message: `Node didn't have enough capacity: ${asked}, capacity: ${capacity / unit}`,
      }
    if (amount + used > capacity)
      return {
        reason: 'Deferred',
        message: `Node didn't have enough resource: ${asked}, used: ${used / unit}, capacity: ${capacity / unit}`,
      }
  }
  return undefined
}

function messageOf({ pod }: PodPass): string {
  const containers = (pod.spec?.containers ?? []).map(({ name, resources }) => ({
    name,
    resources: {
      ...(resources?.limits && { limits: resources.limits }),
      ...(resources?.requests && { requests: resources.requests }),
    },
  }))
  return JSON.stringify({ containers, generation: pod.metadata?.generation ?? 1 })
}

/** The condition that tells of a resize that has to wait. */
export function resizeConditions({ pod, own, now }: PodPass): readonly PodCondition[] {
  if (!own.resizePending) return []
  const old = pod.status?.conditions?.find(({ type }) => type === 'PodResizePending')
  return [
    {
      type: 'PodResizePending',
      status: 'True',
      ...own.resizePending,
      lastProbeTime: timestamp(now),
      lastTransitionTime: old?.lastTransitionTime ?? timestamp(now),
      ...(pod.metadata?.generation !== undefined && { observedGeneration: pod.metadata.generation }),
    },
  ]
}
