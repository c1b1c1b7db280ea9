import { type FieldError, field } from '../../api/field.ts'
import { portNumberErrors, qualifiedNameErrors } from '../../api/names.ts'
import type { Service, ServiceSpec } from '../../generated/types.ts'
import { cidrErrors } from '../validation/addresses.ts'
import { nameErrors } from '../validation/names.ts'
import { hasInternalPolicy, isExternallyAccessible, needsHealthCheck } from './traits.ts'

/** What held the ranges before there was a field. */
const SOURCE_RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges'
const MAX_AFFINITY_SECONDS = 86400
const AFFINITIES = ['ClientIP', 'None']
const POLICIES = ['Cluster', 'Local']
const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode']

/** sessionAffinity and sessionAffinityConfig. */
export function affinityErrors({ sessionAffinity, sessionAffinityConfig }: ServiceSpec): readonly FieldError[] {
  const path = 'spec.sessionAffinityConfig'
  if (!sessionAffinity) return [field.required('spec.sessionAffinity')]
  if (!AFFINITIES.includes(sessionAffinity))
    return [field.notSupported('spec.sessionAffinity', sessionAffinity, AFFINITIES)]
  if (sessionAffinity === 'None')
    return sessionAffinityConfig ? [field.forbidden(path, 'must not be set when session affinity is None')] : []
  const required = (at: string): FieldError[] => [field.required(at, 'when session affinity type is ClientIP')]
  if (!sessionAffinityConfig) return required(path)
  if (!sessionAffinityConfig.clientIP) return required(`${path}.clientIP`)
  const seconds = sessionAffinityConfig.clientIP.timeoutSeconds
  if (seconds === undefined) return required(`${path}.clientIP.timeoutSeconds`)
  return seconds > 0 && seconds <= MAX_AFFINITY_SECONDS
    ? []
    : [
        field.invalid(
          `${path}.clientIP.timeoutSeconds`,
          seconds,
          `must be greater than 0 and less than ${MAX_AFFINITY_SECONDS}`,
        ),
      ]
}

/** Fields of load balancers. */
export function loadBalancerErrors(
  { metadata, spec = {} }: Service,
  old: ServiceSpec | undefined,
): readonly FieldError[] {
  const only = "may only be used when `type` is 'LoadBalancer'"
  const isBalancer = spec.type === 'LoadBalancer'
  const errors: FieldError[] = []
  const ranges = spec.loadBalancerSourceRanges ?? []
  const annotated = metadata?.annotations?.[SOURCE_RANGES]
  if (ranges.length === 0 && annotated !== undefined) {
    const path = `metadata.annotations[${SOURCE_RANGES}]`
    if (!isBalancer) errors.push(field.forbidden(path, only))
    const given = annotated.trim() === '' ? [] : annotated.split(',')
    errors.push(...given.flatMap((range) => cidrErrors(path, range.trim())))
  }
  if (ranges.length > 0) {
    const path = 'spec.LoadBalancerSourceRanges'
    if (!isBalancer) errors.push(field.forbidden(path, only))
    for (const [index, range] of ranges.entries())
      errors.push(...cidrErrors(`${path}[${index}]`, range.trim(), old?.loadBalancerSourceRanges))
  }
  if (!isBalancer && spec.allocateLoadBalancerNodePorts !== undefined)
    errors.push(field.forbidden('spec.allocateLoadBalancerNodePorts', only))
  if (spec.loadBalancerClass !== undefined) {
    if (isBalancer) errors.push(...nameErrors('spec.loadBalancerClass', spec.loadBalancerClass, qualifiedNameErrors))
    else errors.push(field.forbidden('spec.loadBalancerClass', only))
  }
  return errors
}

/** A load balancer's class is chosen once. */
export function loadBalancerClassUpdateErrors({ spec }: Service, { spec: old }: Service): readonly FieldError[] {
  if (spec?.type !== 'LoadBalancer' || old?.type !== 'LoadBalancer') return []
  return spec.loadBalancerClass === old.loadBalancerClass
    ? []
    : [field.invalid('spec.loadBalancerClass', spec.loadBalancerClass, 'may not change once set')]
}

/** The port that load balancers ask for health stays while it is needed. */
export function healthCheckPortUpdateErrors(
  { spec = {} }: Service,
  { spec: old = {} }: Service,
): readonly FieldError[] {
  const fixed = needsHealthCheck(spec) && needsHealthCheck(old)
  return fixed && spec.healthCheckNodePort !== old.healthCheckNodePort
    ? [field.forbidden('spec.healthCheckNodePort', 'field is immutable')]
    : []
}

/** externalTrafficPolicy, healthCheckNodePort, internalTrafficPolicy, trafficDistribution. */
export function trafficErrors(spec: ServiceSpec): readonly FieldError[] {
  return [...externalPolicyErrors(spec), ...healthCheckErrors(spec), ...internalPolicyErrors(spec)]
}

function externalPolicyErrors(spec: ServiceSpec): readonly FieldError[] {
  const path = 'spec.externalTrafficPolicy'
  const policy = spec.externalTrafficPolicy
  if (!isExternallyAccessible(spec))
    return policy ? [field.invalid(path, policy, 'may only be set for externally-accessible services')] : []
  if (!policy) return [field.required(path)]
  return POLICIES.includes(policy) ? [] : [field.notSupported(path, policy, POLICIES)]
}

function healthCheckErrors(spec: ServiceSpec): readonly FieldError[] {
  const path = 'spec.healthCheckNodePort'
  const port = spec.healthCheckNodePort ?? 0
  if (needsHealthCheck(spec))
    return port === 0
      ? [field.required(path)]
      : portNumberErrors(port).map((detail) => field.invalid(path, port, detail))
  return port === 0
    ? []
    : [
        field.invalid(
          path,
          port,
          "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
        ),
      ]
}

function internalPolicyErrors(spec: ServiceSpec): readonly FieldError[] {
  const { internalTrafficPolicy, trafficDistribution } = spec
  const errors: FieldError[] = []
  if (internalTrafficPolicy === undefined && hasInternalPolicy(spec))
    errors.push(field.required('spec.internalTrafficPolicy'))
  if (internalTrafficPolicy !== undefined && !POLICIES.includes(internalTrafficPolicy))
    errors.push(field.notSupported('spec.internalTrafficPolicy', internalTrafficPolicy, POLICIES))
  if (trafficDistribution !== undefined && !DISTRIBUTIONS.includes(trafficDistribution))
    errors.push(field.notSupported('spec.trafficDistribution', trafficDistribution, DISTRIBUTIONS))
  return errors
}
