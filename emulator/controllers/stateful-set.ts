import { StatusError } from '../api/errors.ts'
import type { ControllerRevision, Pod, StatefulSet, StatefulSetStatus } from '../generated/types.ts'
import { matchesLabelSelector } from '../kinds/format/labels.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { statefulSet as setKind } from '../kinds/stateful-set.ts'
import { claimable, controlledBy } from './controlled.ts'
import { defineController, type ReconcileContext, type ReconcileResult } from './controller.ts'
import {
  controllerOf,
  controllerReference,
  isControlledBy,
  isDeleting,
  labelsOf,
  nameOf,
  namespaceOf,
} from './metadata.ts'
import { isPodActive, isPodAvailable, isPodReady, podFromTemplate, readySince } from './pods.ts'
import { createClaims, ownClaims, withClaimVolumes } from './stateful-set-claims.ts'
import {
  isRunningAndReady,
  ordinalOf,
  partitionOf,
  planStatefulSet,
  revisionOf,
  type StatefulStep,
  startOrdinal,
} from './stateful-set-plan.ts'
import { type Revisions, revisionsOf, truncateHistory } from './stateful-set-revisions.ts'
import { revisionLabel, templateOf } from './template-revisions.ts'
import { watchOrphans } from './watch-orphans.ts'

/** Keeps numbered Pods, each with a name and a host name of its own (upstream: pkg/controller/statefulset). */
export const statefulSetController = defineController({
  name: 'statefulset-controller',
  for: setKind,
  owns: [podKind],
  watches: [watchOrphans(setKind)],
  delayMs: [5, 20],
  reconcile(key, context) {
    const set = context.objects.get(setKind, key.namespace, key.name)
    if (!set) return undefined
    const pods = claimPods(set, context)
    if (isDeleting(set)) return undefined
    ownClaims(set, pods, context)
    const revisions = revisionsOf(set, context)
    const failed = planStatefulSet(set, pods, nameOf(revisions.update), context.now).some(
      (step) => !take(step, set, revisions, context),
    )
    const now = controlledBy(context.objects, podKind, set)
    writeStatus(set, revisions, now, context)
    truncateHistory(set, revisions, new Set(now.map(revisionOf)), context)
    if (failed) return { requeueAfterMs: 15_000, background: true }
    return whenAvailable(set, now, context.now)
  },
})

/** The set's own Pods; orphans with its labels and one of its names are adopted. */
function claimPods(set: StatefulSet, { objects }: ReconcileContext): readonly Pod[] {
  return claimable(objects, podKind, set).flatMap((pod) => {
    if (ordinalOf(set, pod) === undefined || !matchesLabelSelector(set.spec?.selector, labelsOf(pod))) return []
    if (isControlledBy(pod, set)) return [pod]
    if (controllerOf(pod) || !isPodActive(pod) || isDeleting(set)) return []
    const ownerReferences = [...(pod.metadata?.ownerReferences ?? []), controllerReference(set, setKind)]
    return [objects.update(podKind, { ...pod, metadata: { ...pod.metadata, ownerReferences } })]
  })
}

/** Takes one step and tells of it; false if the API refused. */
function take(step: StatefulStep, set: StatefulSet, revisions: Revisions, context: ReconcileContext): boolean {
  const name = step.do === 'create' ? `${nameOf(set)}-${step.ordinal}` : nameOf(step.pod)
  const about = `${step.do} Pod ${name} in StatefulSet ${nameOf(set)}`
  const [verb, done] =
    step.do === 'create' ? ['FailedCreate', 'SuccessfulCreate'] : ['FailedDelete', 'SuccessfulDelete']
  try {
    if (step.do === 'create') {
      createClaims(set, step.ordinal, context)
      context.objects.create(podKind, newPod(set, step.ordinal, revisions))
    } else remove(step, set, context)
    context.recorder.event(set, 'Normal', done, `${about} successful`)
    return true
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    context.recorder.event(set, 'Warning', verb, `${about} failed error: ${error.message}`)
    return false
  }
}

function remove(
  step: StatefulStep & { do: 'delete' },
  set: StatefulSet,
  { objects, recorder }: ReconcileContext,
): void {
  const { pod, because } = step
  const about = `StatefulSet ${namespaceOf(set)}/${nameOf(set)} is recreating`
  if (because === 'failed') recorder.event(set, 'Warning', 'RecreatingFailedPod', `${about} failed Pod ${nameOf(pod)}`)
  if (because === 'terminated')
    recorder.event(set, 'Normal', 'RecreatingTerminatedPod', `${about} terminated Pod ${nameOf(pod)}`)
  objects.delete(podKind, namespaceOf(pod), nameOf(pod))
}

/** Below the partition a Pod comes back with the template it had (upstream: newVersionedStatefulSetPod). */
function newPod(set: StatefulSet, ordinal: number, { current, update }: Revisions): Pod {
  const { type, rollingUpdate } = set.spec?.updateStrategy ?? {}
  const limit = rollingUpdate ? partitionOf(set) : (set.status?.currentReplicas ?? 0)
  const old = type === 'RollingUpdate' && ordinal < startOrdinal(set) + limit
  return podOf(set, ordinal, old ? current : update)
}

function podOf(set: StatefulSet, ordinal: number, revision: ControllerRevision): Pod {
  const template = podFromTemplate(templateOf(revision))
  const name = `${nameOf(set)}-${ordinal}`
  const volumes = withClaimVolumes(template.spec?.volumes, set, ordinal)
  return {
    ...template,
    metadata: {
      ...template.metadata,
      name,
      generateName: `${nameOf(set)}-`,
      namespace: namespaceOf(set),
      labels: {
        ...template.metadata?.labels,
        'apps.kubernetes.io/pod-index': String(ordinal),
        [revisionLabel]: nameOf(revision),
        'statefulset.kubernetes.io/pod-name': name,
      },
      ownerReferences: [controllerReference(set, setKind)],
    },
    spec: {
      ...template.spec,
      containers: template.spec?.containers ?? [],
      ...(volumes && { volumes }),
      hostname: name,
      ...(set.spec?.serviceName && { subdomain: set.spec.serviceName }),
    },
  }
}

function writeStatus(set: StatefulSet, revisions: Revisions, pods: readonly Pod[], context: ReconcileContext): void {
  const status = statefulSetStatus(set, nameOf(revisions.current), nameOf(revisions.update), pods, context.now)
  context.objects.updateStatus(setKind, { ...set, status })
}

/** The status that these Pods amount to (upstream: updateStatus, completeRollingUpdate). */
export function statefulSetStatus(
  set: StatefulSet,
  current: string,
  update: string,
  pods: readonly Pod[],
  now: number,
): StatefulSetStatus {
  const ready = pods.filter(isRunningAndReady)
  const available = ready.filter((pod) => isPodAvailable(pod, set.spec?.minReadySeconds ?? 0, now))
  const living = pods.filter((pod) => !isDeleting(pod))
  const of = (revision: string) => living.filter((pod) => revisionOf(pod) === revision).length
  const complete =
    set.spec?.updateStrategy?.type === 'RollingUpdate' &&
    of(update) === pods.length &&
    ready.length === pods.length &&
    pods.length === (set.spec.replicas ?? 1)
  const shown = complete ? update : current
  return {
    availableReplicas: available.length,
    collisionCount: set.status?.collisionCount ?? 0,
    ...(of(shown) > 0 && { currentReplicas: of(shown) }),
    currentRevision: shown,
    ...(set.metadata?.generation !== undefined && { observedGeneration: set.metadata.generation }),
    ...(ready.length > 0 && { readyReplicas: ready.length }),
    replicas: pods.length,
    updateRevision: update,
    ...(of(update) > 0 && { updatedReplicas: of(update) }),
  }
}

/** Looks again when the next ready Pod becomes available. */
function whenAvailable(set: StatefulSet, pods: readonly Pod[], now: number): ReconcileResult | undefined {
  const minimum = set.spec?.minReadySeconds ?? 0
  const waiting = pods.filter((pod) => isPodActive(pod) && isPodReady(pod) && !isPodAvailable(pod, minimum, now))
  if (waiting.length === 0) return undefined
  return { requeueAfterMs: Math.min(...waiting.map((pod) => readySince(pod) + minimum * 1000 - now)) }
}
