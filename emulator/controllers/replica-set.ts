import { timestamp } from '../api/age.ts'
import { StatusError } from '../api/errors.ts'
import type { KindDefinition } from '../api/kind.ts'
import type { KubeObject } from '../api/types.ts'
import type { Pod, ReplicaSet, ReplicaSetCondition, ReplicaSetStatus } from '../generated/types.ts'
import { matchesLabelSelector } from '../kinds/format/labels.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { replicaSet as replicaSetKind } from '../kinds/replica-set.ts'
import { claimable, controlledBy } from './controlled.ts'
import {
  type ControllerDefinition,
  defineController,
  type ReconcileContext,
  type ReconcileResult,
} from './controller.ts'
import {
  controllerOf,
  controllerReference,
  isControlledBy,
  isDeleting,
  labelsOf,
  nameOf,
  namespaceOf,
} from './metadata.ts'
import { deletionOrder } from './pod-deletion-order.ts'
import { isPodActive, isPodAvailable, isPodReady, podFromTemplate, readySince } from './pods.ts'
import { watchOrphans } from './watch-orphans.ts'

/** A kind that keeps a number of Pods, as a ReplicaSet sees it. */
export interface ReplicaKind<T extends KubeObject> {
  /** Upstream's name of its controller. */
  readonly controller: string
  readonly kind: KindDefinition<T>
  readonly asReplicaSet: (object: T) => ReplicaSet
  readonly withStatus: (object: T, status: ReplicaSetStatus) => T
}

interface Context extends ReconcileContext {
  readonly kind: KindDefinition
}

/** Keeps the wanted number of Pods (upstream: pkg/controller/replicaset). */
export function createReplicaController<T extends KubeObject>(replicas: ReplicaKind<T>): ControllerDefinition {
  const { kind, asReplicaSet } = replicas
  return defineController({
    name: replicas.controller,
    for: kind,
    owns: [podKind],
    watches: [watchOrphans(kind, (object) => asReplicaSet(object).spec?.selector)],
    delayMs: [5, 20],
    reconcile(key, given) {
      const object = given.objects.get(kind, key.namespace, key.name)
      if (!object) return undefined
      const context = { ...given, kind }
      const set = asReplicaSet(object)
      const claimed = claimPods(set, context)
      const active = claimed.filter(isPodActive)
      const failure = isDeleting(set) ? undefined : adjustReplicas(set, active, context)
      const pods = controlledBy(given.objects, podKind, set)
      const status = replicaSetStatus(set, pods, failure, given.now)
      given.objects.updateStatus(kind, replicas.withStatus(object, status))
      return nextLook(set, pods, failure, given.now)
    },
  })
}

export const replicaSetController = createReplicaController({
  controller: 'replicaset-controller',
  kind: replicaSetKind,
  asReplicaSet: (set) => set,
  withStatus: (set, status) => ({ ...set, status }),
})

/** Adopts matching orphans and releases Pods that match no longer (upstream: PodControllerRefManager). */
function claimPods(set: ReplicaSet, context: Context): readonly Pod[] {
  const claimed: Pod[] = []
  for (const pod of claimable(context.objects, podKind, set)) {
    const matches = matchesLabelSelector(set.spec?.selector, labelsOf(pod))
    const owners = pod.metadata?.ownerReferences ?? []
    if (isControlledBy(pod, set)) {
      if (matches) claimed.push(pod)
      else if (!isDeleting(set)) {
        const ownerReferences = owners.filter((owner) => owner.uid !== set.metadata?.uid)
        context.objects.update(podKind, { ...pod, metadata: { ...pod.metadata, ownerReferences } })
      }
    } else if (matches && !controllerOf(pod) && isPodActive(pod) && !isDeleting(set)) {
      const ownerReferences = [...owners, controllerReference(set, context.kind)]
      claimed.push(context.objects.update(podKind, { ...pod, metadata: { ...pod.metadata, ownerReferences } }))
    }
  }
  return claimed
}

/** Creates or deletes the difference; answers the condition that tells of a failure. */
function adjustReplicas(set: ReplicaSet, active: readonly Pod[], context: Context): ReplicaSetCondition | undefined {
  const difference = (set.spec?.replicas ?? 1) - active.length
  if (difference < 0) {
    for (const pod of deletionOrder(active, relatedTo(set, context), context.now).slice(0, -difference)) {
      context.objects.delete(podKind, namespaceOf(pod), nameOf(pod))
      context.recorder.event(set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${nameOf(pod)}`)
    }
  }
  for (let missing = difference; missing > 0; missing--) {
    const failed = createPod(set, context)
    if (failed) return failed
  }
  return undefined
}

/** Pods of the ReplicaSets that share this one's controller: their density on a node decides who goes first. */
function relatedTo(set: ReplicaSet, { objects }: ReconcileContext): readonly Pod[] {
  const labels = Object.fromEntries(Object.entries(labelsOf(set)).filter(([key]) => key !== 'pod-template-hash'))
  return objects.list(podKind, { namespace: namespaceOf(set), labels }).filter(isPodActive)
}

function createPod(set: ReplicaSet, context: Context): ReplicaSetCondition | undefined {
  const template = podFromTemplate(set.spec?.template)
  try {
    const pod = context.objects.create(podKind, {
      ...template,
      metadata: {
        ...template.metadata,
        generateName: `${nameOf(set)}-`,
        namespace: namespaceOf(set),
        ownerReferences: [controllerReference(set, context.kind)],
      },
    })
    context.recorder.event(set, 'Normal', 'SuccessfulCreate', `Created pod: ${nameOf(pod)}`)
    return undefined
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    context.recorder.event(set, 'Warning', 'FailedCreate', `Error creating: ${error.message}`)
    return {
      type: 'ReplicaFailure',
      status: 'True',
      reason: 'FailedCreate',
      message: error.message,
      lastTransitionTime: timestamp(context.now),
    }
  }
}

/** When to look again although nothing changes: a failure is tried anew, a ready Pod becomes available. */
function nextLook(
  set: ReplicaSet,
  pods: readonly Pod[],
  failure: ReplicaSetCondition | undefined,
  now: number,
): ReconcileResult | undefined {
  if (failure) return { requeueAfterMs: 15_000, background: true }
  const minReady = set.spec?.minReadySeconds ?? 0
  if (minReady === 0) return undefined
  const waiting = pods.filter((pod) => isPodActive(pod) && isPodReady(pod) && !isPodAvailable(pod, minReady, now))
  if (waiting.length === 0) return undefined
  return { requeueAfterMs: Math.min(...waiting.map((pod) => readySince(pod) + minReady * 1000 - now)) }
}

/** The status that these Pods amount to (upstream: replica_set_utils.go calculateStatus). */
export function replicaSetStatus(
  set: ReplicaSet,
  pods: readonly Pod[],
  failure: ReplicaSetCondition | undefined,
  now: number,
): ReplicaSetStatus {
  const labels = { matchLabels: set.spec?.template?.metadata?.labels ?? {} }
  const minReady = set.spec?.minReadySeconds ?? 0
  const counts = {
    replicas: 0,
    fullyLabeledReplicas: 0,
    readyReplicas: 0,
    availableReplicas: 0,
    terminatingReplicas: 0,
  }
  for (const pod of pods) {
    if (isDeleting(pod)) counts.terminatingReplicas++
    if (!isPodActive(pod)) continue
    counts.replicas++
    if (matchesLabelSelector(labels, labelsOf(pod))) counts.fullyLabeledReplicas++
    if (!isPodReady(pod)) continue
    counts.readyReplicas++
    if (minReady === 0 || isPodAvailable(pod, minReady, now)) counts.availableReplicas++
  }
  const old = set.status?.conditions?.find((condition) => condition.type === 'ReplicaFailure')
  // A failure that lasts keeps its first words: each attempt names another Pod, and a new text would call for another.
  const condition = failure && (old ?? failure)
  return {
    ...counts,
    ...(set.metadata?.generation !== undefined && { observedGeneration: set.metadata.generation }),
    ...(condition && { conditions: [condition] }),
  }
}
