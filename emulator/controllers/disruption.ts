import type { ObjectClient } from '../api/client.ts'
import { byLabel, labelValue } from '../api/object-index.ts'
import type { OwnerReference, Pod, PodDisruptionBudget } from '../generated/types.ts'
import { deployment as deploymentKind } from '../kinds/deployment.ts'
import { labelSelectorText, matchesLabelSelector } from '../kinds/format/labels.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { podDisruptionBudget as budgetKind } from '../kinds/pod-disruption-budget.ts'
import { replicaSet as replicaSetKind } from '../kinds/replica-set.ts'
import { replicationController as replicationControllerKind } from '../kinds/replication-controller.ts'
import { statefulSet as statefulSetKind } from '../kinds/stateful-set.ts'
import { type ControllerDefinition, defineController, type EventRecorder, type ReconcileContext } from './controller.ts'
import { disruptionStatus } from './disruption-plan.ts'
import { controllerOf, keyOf, labelsOf, namespaceOf } from './metadata.ts'
import { isPodFinished } from './pods.ts'

/** Tells how many Pods of each budget may be evicted (upstream: pkg/controller/disruption). */
export function createDisruptionController(recorder: (component: string) => EventRecorder): ControllerDefinition {
  return defineController({
    name: 'disruption-controller',
    for: budgetKind,
    watches: [
      {
        kind: podKind,
        keys: (object, { objects }) => budgetsFor(object, objects).map(keyOf),
      },
    ],
    delayMs: [5, 25],
    reconcile(key, given) {
      const context = { ...given, recorder: recorder('controllermanager') }
      const budget = context.objects.get(budgetKind, key.namespace, key.name)
      if (!budget) return undefined
      const pods = podsOf(budget, context.objects)
      const expected = expectedPods(budget, pods, context)
      const status = disruptionStatus(budget, pods, expected, context.now)
      context.objects.updateStatus(budgetKind, { ...budget, status })
      return undefined
    },
  })
}

/** The budgets that a Pod counts for; a selector that is empty means all, a missing one none. */
export function budgetsFor(pod: Pod, objects: ObjectClient): readonly PodDisruptionBudget[] {
  return objects
    .list(budgetKind, { namespace: namespaceOf(pod) })
    .filter(({ spec }) => matchesLabelSelector(spec?.selector, labelsOf(pod)))
}

function podsOf(budget: PodDisruptionBudget, objects: ObjectClient): readonly Pod[] {
  const { selector } = budget.spec ?? {}
  const [label] = Object.entries(selector?.matchLabels ?? {})
  const candidates = label
    ? objects.listBy(podKind, byLabel, labelValue(namespaceOf(budget), ...label))
    : objects.list(podKind, { namespace: namespaceOf(budget) })
  return candidates.filter((pod) => matchesLabelSelector(selector, labelsOf(pod)) && !isPodFinished(pod))
}

/** What the Pods' controllers want together. Only a share or a number that may be missing needs it. */
function expectedPods(budget: PodDisruptionBudget, pods: readonly Pod[], context: ReconcileContext): number {
  if (pods.length === 0) {
    context.recorder.event(budget, 'Normal', 'NoPods', 'No matching pods found')
    return 0
  }
  if (typeof budget.spec?.minAvailable === 'number') return pods.length
  const wanted = new Map<string, number>()
  let unmanaged = false
  for (const pod of pods) {
    const owner = controllerOf(pod)
    const scale = owner && scaleOf(owner, namespaceOf(pod), context.objects)
    if (scale) wanted.set(scale.uid, scale.replicas)
    else unmanaged = true
  }
  if (unmanaged) {
    const selector = labelSelectorText(budget.spec?.selector)
    const advice = 'To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.'
    context.recorder.event(
      budget,
      'Warning',
      'UnmanagedPods',
      `Pods selected by this PodDisruptionBudget (selector: ${selector}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. ${advice}`,
    )
  }
  return [...wanted.values()].reduce((sum, replicas) => sum + replicas, 0)
}

interface Scale {
  readonly uid: string
  readonly replicas: number
}

/** The size that a controller wants; a Deployment answers for its ReplicaSets. */
function scaleOf({ kind, name }: OwnerReference, namespace: string, objects: ObjectClient): Scale | undefined {
  const of = (found: { metadata?: { uid?: string }; spec?: { replicas?: number } } | undefined): Scale | undefined =>
    found && { uid: found.metadata?.uid ?? '', replicas: found.spec?.replicas ?? 0 }
  if (kind === 'StatefulSet') return of(objects.get(statefulSetKind, namespace, name))
  if (kind === 'ReplicationController') return of(objects.get(replicationControllerKind, namespace, name))
  if (kind !== 'ReplicaSet') return undefined
  const set = objects.get(replicaSetKind, namespace, name)
  const owner = set && controllerOf(set)
  return owner?.kind === 'Deployment' ? of(objects.get(deploymentKind, namespace, owner.name)) : of(set)
}
