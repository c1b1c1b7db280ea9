import { type FieldError, field } from '../../api/field.ts'
import { parseQuantity } from '../../api/quantity.ts'
import type {
  V2CrossVersionObjectReference,
  V2HorizontalPodAutoscaler,
  V2HPAScalingPolicy,
  V2HPAScalingRules,
} from '../../generated/types.ts'
import { metricErrors, pathSegmentErrors } from './validate-metrics.ts'

const SELECT_POLICIES = ['Disabled', 'Max', 'Min']
const POLICY_TYPES = ['Percent', 'Pods']
const MAX_WINDOW = 3600
const MAX_PERIOD = 1800

/** Everything that can be wrong with an autoscaler (upstream: pkg/apis/autoscaling/validation ValidateHorizontalPodAutoscaler). */
export function validateHorizontalPodAutoscaler({ spec }: V2HorizontalPodAutoscaler): readonly FieldError[] {
  const { minReplicas = 1, maxReplicas, metrics = [], behavior } = spec
  const external = metrics.some(({ type }) => type === 'Object' || type === 'External')
  return [
    ...(minReplicas < 1 ? [field.invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1')] : []),
    ...(maxReplicas < 1 ? [field.invalid('spec.maxReplicas', maxReplicas, 'must be greater than 0')] : []),
    ...(maxReplicas < minReplicas
      ? [field.invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`')]
      : []),
    ...referenceErrors('spec.scaleTargetRef', spec.scaleTargetRef),
    ...metrics.flatMap((metric, index) => metricErrors(`spec.metrics[${index}]`, metric)),
    ...(minReplicas === 0 && !external
      ? [
          field.forbidden(
            'spec.metrics',
            'must specify at least one Object or External metric to support scaling to zero replicas',
          ),
        ]
      : []),
    ...ruleErrors('spec.behavior.scaleUp', behavior?.scaleUp),
    ...ruleErrors('spec.behavior.scaleDown', behavior?.scaleDown),
  ]
}

function referenceErrors(path: string, { kind, name }: V2CrossVersionObjectReference): readonly FieldError[] {
  return [...pathSegmentErrors(`${path}.kind`, kind), ...pathSegmentErrors(`${path}.name`, name)]
}

function ruleErrors(path: string, rules: V2HPAScalingRules | undefined): readonly FieldError[] {
  if (!rules) return []
  const { stabilizationWindowSeconds: window = 0, selectPolicy, policies = [], tolerance } = rules
  const windowPath = `${path}.stabilizationWindowSeconds`
  return [
    ...(window < 0 ? [field.invalid(windowPath, window, 'must be greater than or equal to zero')] : []),
    ...(window > MAX_WINDOW ? [field.invalid(windowPath, window, `must be less than or equal to ${MAX_WINDOW}`)] : []),
    ...(selectPolicy === undefined || SELECT_POLICIES.includes(selectPolicy)
      ? []
      : [field.notSupported(`${path}.selectPolicy`, selectPolicy, SELECT_POLICIES)]),
    ...(policies.length === 0 ? [field.required(`${path}.policies`, 'must specify at least one Policy')] : []),
    ...policies.flatMap((policy, index) => policyErrors(`${path}.policies[${index}]`, policy)),
    ...(tolerance !== undefined && (parseQuantity(tolerance)?.nano ?? 0n) < 0n
      ? [field.invalid(`${path}.tolerance`, tolerance, 'must be greater than or equal to 0')]
      : []),
  ]
}

function policyErrors(path: string, policy: Partial<V2HPAScalingPolicy>): readonly FieldError[] {
  const { type = '', value = 0, periodSeconds: period = 0 } = policy
  return [
    ...(POLICY_TYPES.includes(type) ? [] : [field.notSupported(`${path}.type`, type, POLICY_TYPES)]),
    ...(value <= 0 ? [field.invalid(`${path}.value`, value, 'must be greater than zero')] : []),
    ...(period <= 0 ? [field.invalid(`${path}.periodSeconds`, period, 'must be greater than zero')] : []),
    ...(period > MAX_PERIOD
      ? [field.invalid(`${path}.periodSeconds`, period, `must be less than or equal to ${MAX_PERIOD}`)]
      : []),
  ]
}
