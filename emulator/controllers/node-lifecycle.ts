import { timestamp } from '../api/age.ts'
import type { Node, NodeCondition, Pod, Taint } from '../generated/types.ts'
import { node as nodeKind } from '../kinds/node.ts'
import { pod as podKind } from '../kinds/pod.ts'
import {
  type ControllerDefinition,
  defineController,
  type ReconcileContext,
  type ReconcileResult,
} from './controller.ts'
import { withDisruptionTarget } from './disruption-target.ts'
import { podsByNode } from './indexes.ts'
import { isDeleting, nameOf, namespaceOf } from './metadata.ts'
import { podCondition } from './pods.ts'
import { isTolerated } from './scheduling.ts'

const gracePeriodMs = 40_000
const unreachable = 'node.kubernetes.io/unreachable'
const notReady = 'node.kubernetes.io/not-ready'

/**
 * Notices nodes whose kubelet is silent, taints them, and puts the taints of unready nodes right (upstream:
 * pkg/controller/nodelifecycle). Nothing beats here: `silentSince` says from when on a node's kubelet has been down.
 */
export function createNodeLifecycleController(silentSince: (node: string) => number | undefined): ControllerDefinition {
  return defineController({
    name: 'node-controller',
    for: nodeKind,
    delayMs: [5, 50],
    reconcile(key, context) {
      const node = context.objects.get(nodeKind, undefined, key.name)
      if (!node) return undefined
      const since = silentSince(key.name)
      if (since !== undefined && since + gracePeriodMs > context.now) {
        return { requeueAfterMs: since + gracePeriodMs - context.now }
      }
      const current = since === undefined ? node : markUnknown(node, context)
      putTaints(current, context)
      return undefined
    },
  })
}

export function readyStatus(node: Node): string {
  return node.status?.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown'
}

function markUnknown(node: Node, { objects, recorder, now }: ReconcileContext): Node {
  if (readyStatus(node) === 'Unknown') return node
  const conditions = (node.status?.conditions ?? []).map(
    (condition): NodeCondition => ({
      ...condition,
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
      lastTransitionTime: timestamp(now),
    }),
  )
  recorder.event(node, 'Normal', 'NodeNotReady', `Node ${nameOf(node)} status is now: NodeNotReady`)
  const marked = objects.updateStatus(nodeKind, { ...node, status: { ...node.status, conditions } })
  for (const pod of objects.listBy(podKind, podsByNode, nameOf(node))) markPodUnready(pod, { objects, recorder, now })
  return marked
}

function markPodUnready(
  pod: Pod,
  { objects, recorder, now }: Pick<ReconcileContext, 'objects' | 'recorder' | 'now'>,
): void {
  if (podCondition(pod, 'Ready')?.status !== 'True') return
  const conditions = (pod.status?.conditions ?? []).map((condition) =>
    condition.type === 'Ready' ? { ...condition, status: 'False', lastTransitionTime: timestamp(now) } : condition,
  )
  objects.updateStatus(podKind, { ...pod, status: { ...pod.status, conditions } })
  recorder.event(pod, 'Warning', 'NodeNotReady', 'Node is not ready')
}

/** The taints that a node's readiness and cordon call for; others stay. */
function putTaints(node: Node, { objects, now }: ReconcileContext): void {
  const status = readyStatus(node)
  const key = status === 'Unknown' ? unreachable : status === 'False' ? notReady : undefined
  const wanted: Taint[] = [
    ...(key
      ? [
          { key, effect: 'NoSchedule' },
          { key, effect: 'NoExecute' },
        ]
      : []),
    ...(node.spec?.unschedulable ? [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }] : []),
  ]
  const old = node.spec?.taints ?? []
  const same = (a: Taint, b: Taint) => a.key === b.key && a.effect === b.effect
  const kept = old.filter((taint) => !managed.has(taint.key) || wanted.some((other) => same(other, taint)))
  const added = wanted
    .filter((taint) => !old.some((other) => same(other, taint)))
    .map((taint) => ({ ...taint, timeAdded: timestamp(now) }))
  if (added.length === 0 && kept.length === old.length) return
  const { taints: _, ...spec } = node.spec ?? {}
  const taints = [...kept, ...added]
  objects.update(nodeKind, { ...node, spec: { ...spec, ...(taints.length > 0 && { taints }) } })
}

const managed: ReadonlySet<string> = new Set([unreachable, notReady, 'node.kubernetes.io/unschedulable'])

/** Deletes Pods that do not tolerate a NoExecute taint, or no longer (upstream: pkg/controller/tainteviction). */
export const taintEvictionController = defineController({
  name: 'taint-eviction-controller',
  for: podKind,
  concerns: (object, { objects }) => evictingTaints((object as Pod).spec?.nodeName, objects).length > 0,
  watches: [
    {
      kind: nodeKind,
      keys: (object, { objects }) =>
        objects
          .listBy(podKind, podsByNode, nameOf(object))
          .map((pod) => ({ namespace: namespaceOf(pod), name: nameOf(pod) })),
    },
  ],
  delayMs: [5, 30],
  reconcile(key, context) {
    const pod = context.objects.get(podKind, key.namespace, key.name)
    if (!pod || isDeleting(pod)) return undefined
    return evict(pod, evictingTaints(pod.spec?.nodeName, context.objects), context)
  },
})

function evictingTaints(nodeName: string | undefined, objects: ReconcileContext['objects']): readonly Taint[] {
  const node = nodeName ? objects.get(nodeKind, undefined, nodeName) : undefined
  return (node?.spec?.taints ?? []).filter(({ effect }) => effect === 'NoExecute')
}

function evict(
  pod: Pod,
  taints: readonly Taint[],
  { objects, recorder, now }: ReconcileContext,
): ReconcileResult | undefined {
  const due = evictionTime(pod, taints, now)
  if (due === undefined) return undefined
  if (due > now) return { requeueAfterMs: due - now }
  const message = 'Taint manager: deleting due to NoExecute taint'
  objects.updateStatus(podKind, withDisruptionTarget(pod, 'DeletionByTaintManager', message, now))
  recorder.event(pod, 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${namespaceOf(pod)}/${nameOf(pod)}`)
  objects.delete(podKind, namespaceOf(pod), nameOf(pod))
  return undefined
}

/** When the first taint that is not tolerated for ever drives the Pod out; undefined if none does. */
export function evictionTime(pod: Pod, taints: readonly Taint[], now: number): number | undefined {
  const times = taints.flatMap((taint) => {
    const tolerating = (pod.spec?.tolerations ?? []).filter((toleration) => isTolerated(taint, [toleration]))
    if (tolerating.length === 0) return [now]
    const seconds = tolerating.flatMap(({ tolerationSeconds }) => tolerationSeconds ?? [])
    if (seconds.length < tolerating.length) return []
    return [(Date.parse(taint.timeAdded ?? '') || now) + Math.max(0, Math.min(...seconds)) * 1000]
  })
  return times.length > 0 ? Math.min(...times) : undefined
}
