import { timestamp } from '../api/age.ts'
import { StatusError } from '../api/errors.ts'
import { jsonEqual } from '../api/json.ts'
import { type KindDefinition, resourceName } from '../api/kind.ts'
import { milliValue, parseQuantity } from '../api/quantity.ts'
import type { KubeObject } from '../api/types.ts'
import type {
  V2HorizontalPodAutoscaler,
  V2HorizontalPodAutoscalerStatus,
  V2MetricSpec,
  V2MetricStatus,
} from '../generated/types.ts'
import { horizontalPodAutoscaler as autoscalerKind } from '../kinds/horizontal-pod-autoscaler.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { type ControllerDefinition, defineController, type ReconcileContext } from './controller.ts'
import { type AutoscalerMemory, normalize, nothingRemembered, remember } from './horizontal-pod-autoscaler-limits.ts'
import { decide, type MetricFailure, metricFailure, noAnswer, withCondition } from './horizontal-pod-autoscaler-plan.ts'
import { type Proposal, proposeReplicas } from './horizontal-pod-autoscaler-replicas.ts'
import { isDeleting, keyOf, nameOf, namespaceOf, uidOf } from './metadata.ts'
import type { ResourceMetrics } from './metrics.ts'

type Scale = NonNullable<KindDefinition['scale']>
interface Target {
  readonly kind: KindDefinition
  readonly scale: Scale
  readonly object: KubeObject
}

/** A look comes this long after the change that asks for it (upstream: --horizontal-pod-autoscaler-sync-period). */
const syncMs = 15_000

export interface AutoscalerOptions {
  readonly kinds: readonly KindDefinition[]
  /** Kinds that CustomResourceDefinitions have brought by now; their scale subresources count too. */
  readonly customKinds?: () => readonly KindDefinition[]
  readonly metrics: ResourceMetrics
  /** What it remembers of each autoscaler, by uid; part of a snapshot. */
  readonly memory: Map<string, AutoscalerMemory>
}

type AutoscalerContext = ReconcileContext & Omit<AutoscalerOptions, 'kinds' | 'customKinds'>

/**
 * Scales a target by what its Pods use, within limits (upstream: pkg/controller/podautoscaler). While nobody serves
 * metrics it says so once, not at every look, and rests until the autoscaler, its target or a registered API changes.
 */
export function createHorizontalPodAutoscalerController(options: AutoscalerOptions): ControllerDefinition {
  const { kinds, customKinds = () => [], metrics, memory } = options
  const registrations = kinds.filter(({ group }) => group === 'apiregistration.k8s.io')
  return defineController({
    name: 'horizontal-pod-autoscaler',
    for: autoscalerKind,
    watches: [
      ...registrations.map((kind) => ({
        kind,
        keys: (_: KubeObject, { objects }: Pick<ReconcileContext, 'objects'>) =>
          objects.list(autoscalerKind).map(keyOf),
      })),
      ...kinds.filter(({ scale }) => scale).map(targetWatch),
    ],
    watchesCustom: (kind, object, context) => (kind.scale ? targetWatch(kind).keys(object, context) : []),
    delayMs: [syncMs, syncMs],
    reconcile(key, context) {
      const autoscaler = context.objects.get(autoscalerKind, key.namespace, key.name)
      if (!autoscaler || isDeleting(autoscaler)) return undefined
      look(autoscaler, [...kinds, ...customKinds()], { ...context, metrics, memory })
      return metrics.state() === 'absent' ? undefined : { requeueAfterMs: syncMs, background: true }
    },
  })
}

/** A change of what an autoscaler aims at is news for it. */
function targetWatch(kind: KindDefinition): NonNullable<ControllerDefinition['watches']>[number] {
  return {
    kind,
    keys: (object, { objects }) =>
      objects
        .list(autoscalerKind, { namespace: namespaceOf(object) })
        .filter(({ spec }) => refersTo(spec.scaleTargetRef, kind) && spec.scaleTargetRef.name === nameOf(object))
        .map(keyOf),
  }
}

const groupOf = (apiVersion = ''): string => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '')

function refersTo(reference: { readonly apiVersion?: string; readonly kind: string }, kind: KindDefinition): boolean {
  return kind.kind === reference.kind && kind.group === groupOf(reference.apiVersion)
}

function look(
  autoscaler: V2HorizontalPodAutoscaler,
  kinds: readonly KindDefinition[],
  context: AutoscalerContext,
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
  else if (decision.kind === 'measure') measure(autoscaler, target, current, status, context)
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

interface Reading {
  readonly proposal?: Proposal
  readonly failure?: MetricFailure
  readonly status: V2MetricStatus
}

/** Asks each metric, takes the highest number, and goes there as fast as it may (upstream: reconcileAutoscaler). */
function measure(
  autoscaler: V2HorizontalPodAutoscaler,
  target: Target,
  current: number,
  status: V2HorizontalPodAutoscalerStatus,
  own: AutoscalerContext,
): void {
  const metrics = autoscaler.spec.metrics ?? []
  const readings = metrics.map((metric) => readingOf(metric, autoscaler, target, current, own))
  const failures = readings.flatMap(({ failure }) => failure ?? [])
  const best = readings.flatMap(({ proposal }) => proposal ?? []).toSorted((a, b) => b.replicas - a.replicas)[0]
  const [first] = failures
  const measured = { ...status, currentMetrics: readings.map((reading) => reading.status) }
  if (first && (!best || best.replicas < current)) {
    const message = `the HPA was unable to compute the replica count: ${first.message}`
    const condition = { type: 'ScalingActive', status: 'False', reason: first.reason, message }
    const conditions = withCondition(status.conditions ?? [], condition, own.now)
    if (write(autoscaler, { ...measured, conditions }, own)) report(autoscaler, failures, metrics.length, first, own)
    return
  }
  if (best) follow(autoscaler, target, current, best, measured, own)
}

function readingOf(
  metric: V2MetricSpec,
  autoscaler: V2HorizontalPodAutoscaler,
  target: Target,
  current: number,
  { metrics, objects, now }: AutoscalerContext,
): Reading {
  const {
    name = '',
    target: goal,
    container,
  } = { container: undefined, ...(metric.containerResource ?? metric.resource) }
  const namespace = namespaceOf(autoscaler)
  const state = metrics.state()
  const failed = (why: string): Reading => ({
    failure: metricFailure(metric, namespace, why),
    // Upstream keeps the empty places of what it could not measure.
    status: { type: '' },
  })
  if (!goal) return failed('')
  if (state !== 'serving') return failed(`unable to get metrics for resource ${name}: ${noAnswer[state]}`)
  const proposal = proposeReplicas({
    resource: name,
    ...(container !== undefined && { container }),
    target: goal,
    pods: objects.list(podKind, { namespace, labels: target.scale.selector(target.object) }),
    samples: metrics.pods(namespace),
    current,
    tolerances: tolerancesOf(autoscaler),
    now,
  })
  if (typeof proposal === 'string') return failed(proposal)
  return { proposal, status: metricStatus(metric, name, container, proposal) }
}

const tolerance = (text: string | undefined): number => {
  const quantity = parseQuantity(text ?? '100m')
  return quantity ? Number(milliValue(quantity)) / 1000 : 0.1
}

const tolerancesOf = ({ spec }: V2HorizontalPodAutoscaler) => ({
  up: tolerance(spec.behavior?.scaleUp?.tolerance),
  down: tolerance(spec.behavior?.scaleDown?.tolerance),
})

function metricStatus(
  { type }: V2MetricSpec,
  name: string,
  container: string | undefined,
  { utilization, averageMilli }: Proposal,
): V2MetricStatus {
  const averageValue = averageMilli % 1000 === 0 ? String(averageMilli / 1000) : `${averageMilli}m`
  const current = { ...(utilization !== undefined && { averageUtilization: utilization }), averageValue }
  if (container !== undefined) return { type, containerResource: { name, container, current } }
  return { type, resource: { name, current } }
}

/** Sets the number that the metrics ask for, within what stabilisation, rules and limits let through. */
function follow(
  autoscaler: V2HorizontalPodAutoscaler,
  target: Target,
  current: number,
  best: Proposal,
  status: V2HorizontalPodAutoscalerStatus,
  own: AutoscalerContext,
): void {
  const { memory, now } = own
  const key = uidOf(autoscaler)
  const seen = remember(memory.get(key) ?? nothingRemembered, 'recommendations', best.replicas, now)
  memory.set(key, seen)
  const { replicas, able, limited } = normalize(autoscaler.spec, current, best.replicas, seen, now)
  const valid = {
    type: 'ScalingActive',
    status: 'True',
    reason: 'ValidMetricFound',
    message: `the HPA was able to successfully calculate a replica count from ${best.name}`,
  }
  const conditions = [valid, { type: 'AbleToScale', ...able }, { type: 'ScalingLimited', ...limited }].reduce(
    (list, condition) => withCondition(list, condition, now),
    status.conditions ?? [],
  )
  const next = { ...status, conditions, desiredReplicas: replicas }
  if (replicas === current) {
    write(autoscaler, next, own)
    return
  }
  const reason = best.replicas > current ? `${best.name} above target` : 'All metrics below target'
  rescale(autoscaler, target, { replicas, reason }, next, own)
  memory.set(key, remember(seen, replicas > current ? 'ups' : 'downs', Math.abs(replicas - current), now))
}

function report(
  autoscaler: V2HorizontalPodAutoscaler,
  failures: readonly MetricFailure[],
  asked: number,
  first: MetricFailure,
  { recorder }: ReconcileContext,
): void {
  for (const { reason, message } of failures) recorder.event(autoscaler, 'Warning', reason, message)
  const summary = `invalid metrics (${failures.length} invalid out of ${asked}), first error is: ${first.summary}`
  recorder.event(autoscaler, 'Warning', 'FailedComputeMetricsReplicas', summary)
}
