import { timestamp } from '../api/age.ts'
import { StatusError } from '../api/errors.ts'
import { jsonEqual } from '../api/json.ts'
import { type KindDefinition, resourceName } from '../api/kind.ts'
import type { KubeObject } from '../api/types.ts'
import type { V2HorizontalPodAutoscaler, V2HorizontalPodAutoscalerStatus } from '../generated/types.ts'
import { horizontalPodAutoscaler as autoscalerKind } from '../kinds/horizontal-pod-autoscaler.ts'
import { type ControllerDefinition, defineController, type ReconcileContext } from './controller.ts'
import { decide, type MetricFailure, metricFailure, withCondition } from './horizontal-pod-autoscaler-plan.ts'
import { isDeleting, keyOf, nameOf, namespaceOf } from './metadata.ts'

type Scale = NonNullable<KindDefinition['scale']>
interface Target {
  readonly kind: KindDefinition
  readonly scale: Scale
  readonly object: KubeObject
}

/** A look comes this long after the change that asks for it (upstream: --horizontal-pod-autoscaler-sync-period). */
const syncMs = 15_000

/**
 * Holds what an autoscaler aims at within its limits (upstream: pkg/controller/podautoscaler). No metrics API is served,
 * so between the limits it says that it cannot measure. That is said once, not at every look: with nothing new to tell
 * the controller rests until the autoscaler or its target changes.
 */
export function createHorizontalPodAutoscalerController(kinds: readonly KindDefinition[]): ControllerDefinition {
  return defineController({
    name: 'horizontal-pod-autoscaler',
    for: autoscalerKind,
    watches: kinds
      .filter(({ scale }) => scale)
      .map((kind) => ({
        kind,
        keys: (object, { objects }) =>
          objects
            .list(autoscalerKind, { namespace: namespaceOf(object) })
            .filter(({ spec }) => refersTo(spec.scaleTargetRef, kind) && spec.scaleTargetRef.name === nameOf(object))
            .map(keyOf),
      })),
    delayMs: [syncMs, syncMs],
    reconcile(key, context) {
      const autoscaler = context.objects.get(autoscalerKind, key.namespace, key.name)
      if (autoscaler && !isDeleting(autoscaler)) look(autoscaler, kinds, context)
      return undefined
    },
  })
}

const groupOf = (apiVersion = ''): string => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '')

function refersTo(reference: { readonly apiVersion?: string; readonly kind: string }, kind: KindDefinition): boolean {
  return kind.kind === reference.kind && kind.group === groupOf(reference.apiVersion)
}

function look(
  autoscaler: V2HorizontalPodAutoscaler,
  kinds: readonly KindDefinition[],
  context: ReconcileContext,
): void {
  const target = findTarget(autoscaler, kinds, context)
  if (typeof target === 'string') {
    fail(autoscaler, target, context)
    return
  }
  const current = target.scale.replicas(target.object)
  const decision = decide(autoscaler.spec, current)
  const found = withCondition(
    autoscaler.status?.conditions ?? [],
    {
      type: 'AbleToScale',
      status: 'True',
      reason: 'SucceededGetScale',
      message: "the HPA controller was able to get the target's current scale",
    },
    context.now,
  )
  const status = { ...statusOf(autoscaler), conditions: found, currentReplicas: current }
  if (decision.kind === 'rescale') rescale(autoscaler, target, decision, status, context)
  else if (decision.kind === 'measure') measure(autoscaler, status, context)
  else disable(autoscaler, status, context)
}

/** Whoever scales a target to zero switches the autoscaler off. */
function disable(
  autoscaler: V2HorizontalPodAutoscaler,
  status: V2HorizontalPodAutoscalerStatus,
  context: ReconcileContext,
): void {
  const message = 'scaling is disabled since the replica count of the target is zero'
  const disabled = { type: 'ScalingActive', status: 'False', reason: 'ScalingDisabled', message }
  const conditions = withCondition(status.conditions ?? [], disabled, context.now)
  write(autoscaler, { ...status, desiredReplicas: 0, conditions }, context)
}

/** What is to be scaled, or why it cannot be found. */
function findTarget(
  { metadata, spec }: V2HorizontalPodAutoscaler,
  kinds: readonly KindDefinition[],
  { objects }: ReconcileContext,
): Target | string {
  const { apiVersion, kind: kindName, name } = spec.scaleTargetRef
  const kind = kinds.find((candidate) => refersTo(spec.scaleTargetRef, candidate))
  if (!kind) return `no matches for kind "${kindName}" in group "${groupOf(apiVersion)}"`
  if (!kind.scale) return 'the server could not find the requested resource'
  const object = objects.get(kind, metadata?.namespace, name)
  return object ? { kind, scale: kind.scale, object } : `${resourceName(kind)} "${name}" not found`
}

/** The status without what each look decides anew. */
function statusOf({ status }: V2HorizontalPodAutoscaler): V2HorizontalPodAutoscalerStatus {
  const { currentMetrics: _metrics, ...rest } = status ?? { desiredReplicas: 0 }
  return rest
}

/** Tells whether there was anything new. */
function write(
  autoscaler: V2HorizontalPodAutoscaler,
  status: V2HorizontalPodAutoscalerStatus,
  { objects }: ReconcileContext,
): boolean {
  if (jsonEqual(autoscaler.status, status)) return false
  objects.updateStatus(autoscalerKind, { ...autoscaler, status })
  return true
}

function fail(autoscaler: V2HorizontalPodAutoscaler, why: string, context: ReconcileContext): void {
  const message = `the HPA controller was unable to get the target's current scale: ${why}`
  const condition = { type: 'AbleToScale', status: 'False', reason: 'FailedGetScale', message }
  const conditions = withCondition(autoscaler.status?.conditions ?? [], condition, context.now)
  if (write(autoscaler, { ...autoscaler.status, desiredReplicas: desired(autoscaler), conditions }, context))
    context.recorder.event(autoscaler, 'Warning', 'FailedGetScale', why)
}

const desired = ({ status }: V2HorizontalPodAutoscaler): number => status?.desiredReplicas ?? 0

function rescale(
  autoscaler: V2HorizontalPodAutoscaler,
  { kind, scale, object }: Target,
  { replicas, reason }: { readonly replicas: number; readonly reason: string },
  status: V2HorizontalPodAutoscalerStatus,
  context: ReconcileContext,
): void {
  const able = { type: 'AbleToScale', status: 'True', reason: 'SucceededRescale' }
  const set = (condition: Parameters<typeof withCondition>[1]) =>
    withCondition(status.conditions ?? [], condition, context.now)
  try {
    context.objects.update(kind, scale.withReplicas(object, replicas))
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    const message = `the HPA controller was unable to update the target scale: ${error.message}`
    const conditions = set({ ...able, status: 'False', reason: 'FailedUpdateScale', message })
    const words = `New size: ${replicas}; reason: ${reason}; error: ${error.message}`
    if (write(autoscaler, { ...status, conditions }, context))
      context.recorder.event(autoscaler, 'Warning', 'FailedRescale', words)
    return
  }
  const message = `the HPA controller was able to update the target scale to ${replicas}`
  context.recorder.event(autoscaler, 'Normal', 'SuccessfulRescale', `New size: ${replicas}; reason: ${reason}`)
  const conditions = set({ ...able, message })
  write(
    autoscaler,
    { ...status, conditions, desiredReplicas: replicas, lastScaleTime: timestamp(context.now) },
    context,
  )
}

/** Each metric fails; the first names the reason (upstream: computeReplicasForMetrics). */
function measure(
  autoscaler: V2HorizontalPodAutoscaler,
  status: V2HorizontalPodAutoscalerStatus,
  context: ReconcileContext,
): void {
  const metrics = autoscaler.spec.metrics ?? []
  const failures = metrics.map((metric) => metricFailure(metric, namespaceOf(autoscaler)))
  const [first] = failures
  if (!first) return
  const message = `the HPA was unable to compute the replica count: ${first.message}`
  const condition = { type: 'ScalingActive', status: 'False', reason: first.reason, message }
  const next = {
    ...status,
    // Upstream keeps the empty places of what it could not measure.
    currentMetrics: metrics.map(() => ({ type: '' })),
    conditions: withCondition(status.conditions ?? [], condition, context.now),
  }
  if (write(autoscaler, next, context)) report(autoscaler, failures, first, context)
}

function report(
  autoscaler: V2HorizontalPodAutoscaler,
  failures: readonly MetricFailure[],
  first: MetricFailure,
  { recorder }: ReconcileContext,
): void {
  for (const { reason, message } of failures) recorder.event(autoscaler, 'Warning', reason, message)
  const count = failures.length
  const summary = `invalid metrics (${count} invalid out of ${count}), first error is: ${first.summary}`
  recorder.event(autoscaler, 'Warning', 'FailedComputeMetricsReplicas', summary)
}
