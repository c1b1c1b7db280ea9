import { type FieldError, field } from '../../api/field.ts'
import { dns1123SubdomainErrors } from '../../api/names.ts'
import type { Service, ServiceSpec } from '../../generated/types.ts'
import { endpointIPErrors, ipErrors } from '../validation/addresses.ts'
import { labelErrors, nameErrors } from '../validation/names.ts'
import { isHeadless } from './traits.ts'
import { clusterIPFieldErrors, clusterIPUpdateErrors } from './validate-cluster-ips.ts'
import { duplicatePortErrors, forbiddenNodePortErrors, portErrors } from './validate-ports.ts'
import { loadBalancerStatusErrors } from './validate-status.ts'
import {
  affinityErrors,
  healthCheckPortUpdateErrors,
  loadBalancerClassUpdateErrors,
  loadBalancerErrors,
  trafficErrors,
} from './validate-traffic.ts'

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']

/** Everything that can be wrong with a Service, in the API server's order (upstream: pkg/apis/core/validation ValidateService). */
export function validateService(service: Service, old: Service | undefined): readonly FieldError[] {
  const spec: ServiceSpec = service.spec ?? {}
  const ports = spec.ports ?? []
  return [
    ...(old
      ? [
          ...clusterIPUpdateErrors(service, old),
          ...loadBalancerClassUpdateErrors(service, old),
          ...healthCheckPortUpdateErrors(service, old),
          ...loadBalancerStatusErrors(service, old),
        ]
      : []),
    ...(ports.length === 0 && !isHeadless(spec) && spec.type !== 'ExternalName' ? [field.required('spec.ports')] : []),
    ...typeRuleErrors(spec),
    ...portErrors(ports),
    ...labelErrors('spec.selector', spec.selector),
    ...affinityErrors(spec),
    ...clusterIPFieldErrors(spec, old?.spec),
    ...externalIPErrors(spec, old?.spec),
    ...typeErrors(spec),
    ...forbiddenNodePortErrors(spec),
    ...duplicatePortErrors(ports),
    ...loadBalancerErrors(service, old?.spec),
    ...trafficErrors(spec),
  ]
}

/** What each type demands of the rest. */
function typeRuleErrors(spec: ServiceSpec): readonly FieldError[] {
  switch (spec.type) {
    case 'LoadBalancer':
    case 'NodePort':
      return headlessErrors(spec)
    case 'ExternalName':
      return externalNameErrors(spec)
    default:
      return []
  }
}

const headlessErrors = (spec: ServiceSpec): readonly FieldError[] =>
  isHeadless(spec)
    ? [field.invalid('spec.clusterIPs[0]', spec.clusterIPs?.[0], `may not be set to 'None' for ${spec.type} services`)]
    : []

function externalNameErrors({ clusterIPs, ipFamilies, ipFamilyPolicy, externalName }: ServiceSpec): FieldError[] {
  const errors: FieldError[] = []
  const not = (name: string): FieldError => field.forbidden(`spec.${name}`, 'may not be set for ExternalName services')
  if (clusterIPs?.length) errors.push(not('clusterIPs'))
  if (ipFamilies?.length) errors.push(not('ipFamilies'))
  if (ipFamilyPolicy !== undefined) errors.push(not('ipFamilyPolicy'))
  const name = (externalName ?? '').replace(/\.$/, '')
  if (name === '') errors.push(field.required('spec.externalName'))
  else errors.push(...nameErrors('spec.externalName', name, dns1123SubdomainErrors))
  return errors
}

const externalIPErrors = ({ externalIPs = [] }: ServiceSpec, old: ServiceSpec | undefined): readonly FieldError[] =>
  externalIPs.flatMap((ip, index) => {
    const path = `spec.externalIPs[${index}]`
    const malformed = ipErrors(path, ip, old?.externalIPs)
    return malformed.length > 0 ? malformed : endpointIPErrors(path, ip)
  })

function typeErrors({ type }: ServiceSpec): readonly FieldError[] {
  if (!type) return [field.required('spec.type')]
  return TYPES.includes(type) ? [] : [field.notSupported('spec.type', type, TYPES)]
}
