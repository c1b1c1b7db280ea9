import { timestamp } from '../api/age.ts'
import type { ObjectClient } from '../api/client.ts'
import type { KubeObject } from '../api/types.ts'
import type { Pod, PodCondition } from '../generated/types.ts'
import { event as eventKind } from '../kinds/event.ts'
import { node as nodeKind } from '../kinds/node.ts'
import { persistentVolume as volumeKind } from '../kinds/persistent-volume.ts'
import { persistentVolumeClaim as claimKind } from '../kinds/persistent-volume-claim.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { podDisruptionBudget as budgetKind } from '../kinds/pod-disruption-budget.ts'
import { storageClass as classKind } from '../kinds/storage-class.ts'
import { placesWithNamespaces, withNamespaces } from './affinity-namespaces.ts'
import {
  type ControllerDefinition,
  defineController,
  type ReconcileContext,
  type ReconcileResult,
} from './controller.ts'
import { withDisruptionTarget } from './disruption-target.ts'
import { aboutValue, eventsByObject, nominatedPods, podsByNode } from './indexes.ts'
import { keyOf, nameOf, namespaceOf, uidOf } from './metadata.ts'
import { type Placement, rememberPlacements } from './placement.ts'
import { isPodFinished, podCondition } from './pods.ts'
import { awaitsVictims, planPreemption, withNominated } from './preemption.ts'
import { choose, type Refusal, refusals, unschedulableMessage } from './scheduling.ts'
import { claimsOf } from './volume-indexes.ts'
import { volumesOf } from './volume-scheduling.ts'

/** Sets a Pod's node, as POST …/binding does: no update of the Pod may. */
export type Bind = (pod: Pod, nodeName: string, now: number) => void

/** Binds Pods to nodes (upstream: kube-scheduler). */
export function createSchedulerController(bindPod: Bind): ControllerDefinition {
  const placements = rememberPlacements()
  return defineController({
    name: 'default-scheduler',
    for: podKind,
    watches: [
      {
        // A node that changes, and a Pod that goes, may make room for those that wait.
        kind: nodeKind,
        keys: (_, { objects }) => waiting(objects).map(keyOf),
      },
      {
        kind: podKind,
        keys: (object, { objects }) => {
          const left = !objects.get(podKind, namespaceOf(object), nameOf(object))
          return left ? waiting(objects).map(keyOf) : []
        },
      },
      // So may a volume or a claim that was missing.
      ...[claimKind, volumeKind, classKind].map((kind) => ({
        kind,
        keys: (_: KubeObject, { objects }: Pick<ReconcileContext, 'objects'>) =>
          waiting(objects).filter(mountsClaims).map(keyOf),
      })),
    ],
    delayMs: [8, 30],
    reconcile(key, context) {
      const pod = context.objects.get(podKind, key.namespace, key.name)
      if (!pod || !isWaiting(pod)) return undefined
      if (pod.spec?.schedulingGates?.length) return gate(pod, context)
      const volumes = volumesOf(pod, context.objects)
      if (volumes?.problem !== undefined)
        return refuse(
          pod,
          `0/${context.objects.list(nodeKind).length} nodes are available: ${volumes.problem}. not found`,
          context,
        )
      const nodes = placesWithNamespaces(placements(context.objects), context.objects)
      if (awaitsVictims(pod, nodes)) return undefined
      const places = withNominated(pod, nodes, context.objects.listBy(podKind, nominatedPods, ''))
      const asked = withNamespaces(pod, context.objects)
      const refused = places.map((place) => {
        const found = refusals(asked, place, places)
        return found.length === 0 && volumes ? volumes.refusals(place.node) : found
      })
      const fitting = places.filter((_, index) => refused[index]?.length === 0)
      const chosen = choose(asked, fitting, places)
      if (chosen && volumes?.reserve(chosen.node)) return undefined
      if (chosen) return assign(bindPod, pod, nameOf(chosen.node), context)
      return refuse(pod, postFilter(asked, places, refused, context), context)
    },
  })
}

/** Makes room by taking lesser Pods away, if that helps; answers what the Pod is told. */
function postFilter(
  pod: Pod,
  places: readonly Placement[],
  refused: readonly (readonly Refusal[])[],
  context: ReconcileContext,
): string {
  if (pod.spec?.preemptionPolicy === 'Never') return unschedulableMessage(refused, 'never-preempts')
  const helpful = places.filter((_, index) => refused[index]?.every(({ preemptable }) => preemptable))
  const budgets = context.objects.list(budgetKind)
  const fits = (place: Placement, all: readonly Placement[]) => refusals(pod, place, all).length === 0
  const plan = planPreemption(pod, helpful, places, budgets, fits)
  if (!plan) return unschedulableMessage(refused)
  for (const victim of plan.victims) preempt(victim, pod, plan.node, context)
  const current = context.objects.get(podKind, namespaceOf(pod), nameOf(pod)) ?? pod
  context.objects.updateStatus(podKind, { ...current, status: { ...current.status, nominatedNodeName: plan.node } })
  return unschedulableMessage(refused, 'victims')
}

function preempt(victim: Pod, pod: Pod, node: string, { objects, recorder, now }: ReconcileContext): void {
  const message = 'default-scheduler: preempting to accommodate a higher priority pod'
  objects.updateStatus(podKind, withDisruptionTarget(victim, 'PreemptionByScheduler', message, now))
  objects.delete(podKind, namespaceOf(victim), nameOf(victim))
  recorder.event(victim, 'Normal', 'Preempted', `Preempted by pod ${uidOf(pod)} on node ${node}`)
}

/** Gates keep a Pod from being looked at (upstream: registry/core/pod strategy applySchedulingGatedCondition). */
function gate(pod: Pod, { objects, now }: ReconcileContext): undefined {
  const message = 'Scheduling is blocked due to non-empty scheduling gates'
  const condition = { type: 'PodScheduled', status: 'False', reason: 'SchedulingGated', message }
  objects.updateStatus(podKind, withScheduled(pod, condition, now))
}

/** The Pods that no node has yet. */
function waiting(objects: ObjectClient): readonly Pod[] {
  return objects.listBy(podKind, podsByNode, '').filter(isWaiting)
}

const mountsClaims = (pod: Pod): boolean => claimsOf(pod).length > 0

function isWaiting(pod: Pod): boolean {
  const mine = (pod.spec?.schedulerName ?? 'default-scheduler') === 'default-scheduler'
  return mine && !pod.spec?.nodeName && !isPodFinished(pod) && pod.metadata?.deletionTimestamp === undefined
}

function assign(bindPod: Bind, pod: Pod, nodeName: string, { recorder, now }: ReconcileContext): undefined {
  bindPod(pod, nodeName, now)
  recorder.event(pod, 'Normal', 'Scheduled', `Successfully assigned ${namespaceOf(pod)}/${nameOf(pod)} to ${nodeName}`)
}

/** How long a Pod that fits nowhere rests before it is tried again (upstream: --pod-max-in-unschedulable-pods-duration). */
const retryMs = 300_000

/** Says why, at once and at every later attempt; a change elsewhere that changes nothing for this Pod is none. */
function refuse(before: Pod, message: string, { objects, recorder, now }: ReconcileContext): ReconcileResult {
  const pod = objects.get(podKind, namespaceOf(before), nameOf(before)) ?? before
  const old = podCondition(pod, 'PodScheduled')
  const again = old?.status === 'False' && old.message === message
  const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }
  objects.updateStatus(podKind, withScheduled(pod, condition, now))
  const last = again ? lastTold(pod, message, objects) : undefined
  if (last !== undefined && now - last < retryMs) return { requeueAfterMs: last + retryMs - now, background: true }
  recorder.event(pod, 'Warning', 'FailedScheduling', message)
  return { requeueAfterMs: retryMs, background: true }
}

/** When the Pod was last told this; undefined once the event has expired. */
function lastTold(pod: Pod, message: string, objects: ObjectClient): number | undefined {
  const told = objects
    .listBy(eventKind, eventsByObject, aboutValue(namespaceOf(pod), nameOf(pod)))
    .filter((event) => event.reason === 'FailedScheduling' && event.message === message)
    .map((event) => Date.parse(event.series?.lastObservedTime ?? event.eventTime ?? '') || 0)
  return told.length > 0 ? Math.max(...told) : undefined
}

/** The Pod with its PodScheduled condition; the time moves with the status. */
export function withScheduled(pod: Pod, condition: PodCondition, now: number): Pod {
  const old = podCondition(pod, 'PodScheduled')
  const changed = old?.status !== condition.status
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'PodScheduled')
  const fresh = {
    ...condition,
    lastTransitionTime: changed ? timestamp(now) : old?.lastTransitionTime,
    ...(pod.metadata?.generation !== undefined && { observedGeneration: pod.metadata.generation }),
  }
  return { ...pod, status: { ...pod.status, conditions: [...others, fresh] } }
}
