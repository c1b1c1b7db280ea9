import { timestamp } from '../api/age.ts'
import type { ObjectClient } from '../api/client.ts'
import type { Pod, PodCondition } from '../generated/types.ts'
import { node as nodeKind } from '../kinds/node.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { type ControllerDefinition, defineController, type ReconcileContext } from './controller.ts'
import { podsByNode } from './indexes.ts'
import { keyOf, nameOf, namespaceOf } from './metadata.ts'
import { rememberPlacements } from './placement.ts'
import { isPodFinished, podCondition } from './pods.ts'
import { choose, refusals, unschedulableMessage } from './scheduling.ts'

/** Sets a Pod's node, as POST …/binding does: no update of the Pod may. */
export type Bind = (pod: Pod, nodeName: string) => void

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
    ],
    delayMs: [8, 30],
    reconcile(key, context) {
      const pod = context.objects.get(podKind, key.namespace, key.name)
      if (!pod || !isWaiting(pod)) return undefined
      if (pod.spec?.schedulingGates?.length) return undefined
      const missing = missingClaim(pod)
      if (missing)
        return refuse(
          pod,
          `0/${context.objects.list(nodeKind).length} nodes are available: ${missing}. not found`,
          context,
        )
      const places = placements(context.objects)
      const refused = places.map((place) => refusals(pod, place, places))
      const chosen = choose(
        pod,
        places.filter((_, index) => refused[index]?.length === 0),
      )
      if (chosen) return assign(bindPod, pod, nameOf(chosen.node), context)
      return refuse(pod, unschedulableMessage(refused), context)
    },
  })
}

/** PersistentVolumeClaims are not served, so none that a Pod names can be found (upstream: plugins/volumebinding). */
function missingClaim(pod: Pod): string | undefined {
  const claim = pod.spec?.volumes?.find(({ persistentVolumeClaim }) => persistentVolumeClaim)?.persistentVolumeClaim
  return claim && `persistentvolumeclaim ${JSON.stringify(claim.claimName)} not found`
}

/** The Pods that no node has yet. */
function waiting(objects: ObjectClient): readonly Pod[] {
  return objects.listBy(podKind, podsByNode, '').filter(isWaiting)
}

function isWaiting(pod: Pod): boolean {
  const mine = (pod.spec?.schedulerName ?? 'default-scheduler') === 'default-scheduler'
  return mine && !pod.spec?.nodeName && !isPodFinished(pod) && pod.metadata?.deletionTimestamp === undefined
}

function assign(bindPod: Bind, pod: Pod, nodeName: string, { objects, recorder, now }: ReconcileContext): undefined {
  bindPod(pod, nodeName)
  const bound = objects.get(podKind, namespaceOf(pod), nameOf(pod)) ?? pod
  objects.updateStatus(podKind, withScheduled(bound, { type: 'PodScheduled', status: 'True' }, now))
  recorder.event(pod, 'Normal', 'Scheduled', `Successfully assigned ${namespaceOf(pod)}/${nameOf(pod)} to ${nodeName}`)
}

function refuse(pod: Pod, message: string, { objects, recorder, now }: ReconcileContext): undefined {
  const old = podCondition(pod, 'PodScheduled')
  const again = old?.status === 'False' && old.message === message
  const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }
  objects.updateStatus(podKind, withScheduled(pod, condition, now))
  if (!again) recorder.event(pod, 'Warning', 'FailedScheduling', message)
}

function withScheduled(pod: Pod, condition: PodCondition, now: number): Pod {
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
