/** What an autoscaler decides, and in which words it fails (upstream: pkg/controller/podautoscaler/horizontal.go). */
import { timestamp } from '../api/age.ts'
import type {
  LabelSelector,
  V2HorizontalPodAutoscalerCondition,
  V2HorizontalPodAutoscalerSpec,
  V2MetricSpec,
} from '../generated/types.ts'

export interface MetricFailure {
  readonly reason: string
  /** As condition and first event tell it. */
  readonly message: string
  /** As the summing-up event tells it. */
  readonly summary: string
}

export type Decision =
  | { readonly kind: 'disabled' }
  | { readonly kind: 'rescale'; readonly replicas: number; readonly reason: string }
  | { readonly kind: 'measure' }

/** The limits come first; only between them are metrics asked for. A target at zero is left alone. */
export function decide({ minReplicas = 1, maxReplicas }: V2HorizontalPodAutoscalerSpec, current: number): Decision {
  const rescale = (replicas: number, reason: string): Decision => ({ kind: 'rescale', replicas, reason })
  if (current === 0 && minReplicas !== 0) return { kind: 'disabled' }
  if (current > maxReplicas) return rescale(maxReplicas, 'Current number of replicas above Spec.MaxReplicas')
  if (current < minReplicas) return rescale(minReplicas, 'Current number of replicas below Spec.MinReplicas')
  return { kind: 'measure' }
}

/** What the client of the metrics API says when it cannot be asked. */
export const noAnswer = {
  absent:
    'unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)',
  unavailable:
    'unable to fetch metrics from resource metrics API: the server is currently unable to handle the request (get pods.metrics.k8s.io)',
} as const
const NO_CUSTOM_METRICS =
  'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered'

/** Why a metric has no value; `why` is what the resource metrics said. */
export function metricFailure(spec: V2MetricSpec, namespace: string, why: string): MetricFailure {
  const { resource, containerResource, pods, object, external } = spec
  if (resource || containerResource) return resourceFailure(spec, why)
  if (pods) {
    const message = `unable to get metric ${pods.metric.name}: ${NO_CUSTOM_METRICS}`
    return { reason: 'FailedGetPodsMetric', message, summary: `failed to get pods metric value: ${message}` }
  }
  if (object) {
    // Upstream's format string has its last two places the other way round.
    const { kind, name } = object.describedObject
    const message = `unable to get metric ${object.metric.name}: ${kind} on ${namespace} ${name}/${NO_CUSTOM_METRICS}`
    return { reason: 'FailedGetObjectMetric', message, summary: `failed to get object metric value: ${message}` }
  }
  const { name = '', selector } = external?.metric ?? {}
  const message = `unable to get external metric ${namespace}/${name}/${selectorText(selector)}: unable to fetch metrics from external metrics API: the server could not find the requested resource (get ${name}.external.metrics.k8s.io)`
  return {
    reason: 'FailedGetExternalMetric',
    message,
    summary: `failed to get ${name} external metric value: ${message}`,
  }
}

function resourceFailure({ resource, containerResource }: V2MetricSpec, why: string): MetricFailure {
  const { name = '', target } = resource ?? containerResource ?? {}
  const what = target?.averageValue === undefined ? 'utilization' : 'usage'
  const message = `failed to get ${name} ${what}: ${why}`
  return {
    reason: resource ? 'FailedGetResourceMetric' : 'FailedGetContainerResourceMetric',
    message,
    summary: `failed to get ${name} ${resource ? 'resource' : 'container'} metric value: ${message}`,
  }
}

/** Go's `%+v` of a label selector. */
function selectorText(selector: LabelSelector | undefined): string {
  if (!selector) return 'nil'
  const labels = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => `${key}: ${value},`)
  const expressions = (selector.matchExpressions ?? []).map(
    ({ key, operator, values = [] }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`,
  )
  return `&LabelSelector{MatchLabels:map[string]string{${labels.join('')}},MatchExpressions:[]LabelSelectorRequirement{${expressions.join('')}},}`
}

type Conditions = readonly V2HorizontalPodAutoscalerCondition[]

/** The list with one condition set; its time moves only with its status. */
export function withCondition(
  conditions: Conditions,
  { type, status, reason, message }: Omit<V2HorizontalPodAutoscalerCondition, 'lastTransitionTime'>,
  now: number,
): Conditions {
  const old = conditions.find((condition) => condition.type === type)
  const lastTransitionTime = old?.status === status ? old.lastTransitionTime : timestamp(now)
  const next = { type, status, reason, message, ...(lastTransitionTime !== undefined && { lastTransitionTime }) }
  return old ? conditions.map((condition) => (condition === old ? next : condition)) : [...conditions, next]
}
