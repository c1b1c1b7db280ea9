import type { DescribeContext } from '../../api/kind.ts'
import type {
  V2HorizontalPodAutoscaler,
  V2HPAScalingRules,
  V2MetricSpec,
  V2MetricStatus,
  V2MetricTarget,
  V2MetricValueStatus,
} from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, indent, labelLines, nameLines } from '../describe/lines.ts'
import { rfc1123 } from '../format/time.ts'
import { percent } from './metrics-text.ts'

const UNKNOWN = '<unknown>'

/** `kubectl describe hpa` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeHorizontalPodAutoscalerV2). */
export function describeHorizontalPodAutoscaler(
  autoscaler: V2HorizontalPodAutoscaler,
  context: DescribeContext,
): readonly string[] {
  const { metadata, spec, status } = autoscaler
  const { kind, name } = spec.scaleTargetRef
  return [
    ...nameLines(autoscaler),
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    `CreationTimestamp:\t${rfc1123(metadata?.creationTimestamp)}`,
    `Reference:\t${kind}/${name}`,
    'Metrics:\t( current / target )',
    ...indent(
      1,
      (spec.metrics ?? []).map((metric, index) => metricLine(metric, status?.currentMetrics?.[index])),
    ),
    `Min replicas:\t${spec.minReplicas ?? '<unset>'}`,
    `Max replicas:\t${spec.maxReplicas}`,
    ...(spec.behavior
      ? [
          'Behavior:',
          ...ruleLines('Scale Up', spec.behavior.scaleUp),
          ...ruleLines('Scale Down', spec.behavior.scaleDown),
        ]
      : []),
    `${kind} pods:\t${status?.currentReplicas ?? 0} current / ${status?.desiredReplicas ?? 0} desired`,
    ...conditionLines(autoscaler),
    ...eventLines('HorizontalPodAutoscaler', autoscaler, context),
  ]
}

function metricLine(spec: V2MetricSpec, status: V2MetricStatus | undefined): string {
  const { resource, containerResource, pods, object, external } = spec
  if (resource) return `resource ${resource.name} on pods${usage(resource.target, status?.resource?.current)}`
  if (containerResource) {
    const { name, container, target } = containerResource
    return `resource ${name} of container "${container}" on pods${usage(target, status?.containerResource?.current)}`
  }
  if (pods)
    return `"${pods.metric.name}" on pods:\t${status?.pods?.current.averageValue ?? UNKNOWN} / ${pods.target.averageValue}`
  if (object) {
    const { kind, name } = object.describedObject
    return `"${object.metric.name}" on ${kind}/${name} ${amount(object.target, status?.object?.current)}`
  }
  if (external) return `"${external.metric.name}" ${amount(external.target, status?.external?.current)}`
  return `<unknown metric type "${spec.type}">`
}

/** Upstream sets the words about the percentage in by one more step. */
function usage(target: V2MetricTarget, current: V2MetricValueStatus | undefined): string {
  if (target.averageValue !== undefined) return `:\t${current?.averageValue ?? UNKNOWN} / ${target.averageValue}`
  const share = percent(current?.averageUtilization)
  const text = share === undefined ? UNKNOWN : `${share} (${current?.averageValue ?? '0'})`
  return `  (as a percentage of request):\t${text} / ${percent(target.averageUtilization) ?? '<auto>'}`
}

function amount(target: V2MetricTarget, current: V2MetricValueStatus | undefined): string {
  return target.averageValue === undefined
    ? `(target value):\t${current?.value ?? UNKNOWN} / ${target.value}`
    : `(target average value):\t${current?.averageValue ?? UNKNOWN} / ${target.averageValue}`
}

function ruleLines(direction: string, rules: V2HPAScalingRules | undefined): readonly string[] {
  if (!rules) return []
  const { stabilizationWindowSeconds: window, policies = [], selectPolicy = 'Max' } = rules
  return [
    ...indent(1, [`${direction}:`]),
    ...(window === undefined ? [] : indent(2, [`Stabilization Window: ${window} seconds`])),
    ...(policies.length > 0 ? indent(2, [`Select Policy: ${selectPolicy}`, 'Policies:']) : []),
    ...indent(
      3,
      policies.map(
        ({ type, value, periodSeconds }) => `- Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds`,
      ),
    ),
  ]
}

function conditionLines({ status }: V2HorizontalPodAutoscaler): readonly string[] {
  const conditions = status?.conditions ?? []
  if (conditions.length === 0) return []
  return [
    'Conditions:',
    ...indent(1, [
      'Type\tStatus\tReason\tMessage',
      '----\t------\t------\t-------',
      ...conditions.map(({ type, status, reason = '', message = '' }) => `${type}\t${status}\t${reason}\t${message}`),
    ]),
  ]
}
