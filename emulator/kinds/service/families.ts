import { invalid } from '../../api/errors.ts'
import { type FieldError, field } from '../../api/field.ts'
import type { Service, ServiceSpec } from '../../generated/types.ts'
import { familyOf } from '../validation/addresses.ts'
import { isHeadless } from './traits.ts'
import { clusterIPFieldErrors } from './validate-cluster-ips.ts'

/** Fills in ipFamilies and ipFamilyPolicy on this single-stack IPv4 cluster (upstream: alloc.go initIPFamilyFields). */
export function withIPFamilies(service: Service, old: Service | undefined): Service {
  const given: ServiceSpec = service.spec ?? {}
  if (given.type === 'ExternalName') return service
  const withoutSelector = isHeadless(given) && Object.keys(given.selector ?? {}).length === 0
  const ipFamilyPolicy = given.ipFamilyPolicy ?? (withoutSelector ? 'RequireDualStack' : 'SingleStack')
  const spec = { ...given, ipFamilyPolicy }
  refuse(service, clusterIPFieldErrors(spec, old?.spec))
  refuse(service, policyErrors(spec))
  const inferred = given.ipFamilies ?? (spec.clusterIPs ?? []).filter((ip) => ip !== 'None').map(familyOf)
  const ipFamilies = inferred.length > 0 ? inferred : ['IPv4']
  if (withoutSelector) {
    const both = ipFamilies.length < 2 && ipFamilyPolicy !== 'SingleStack'
    const other = ipFamilies[0] === 'IPv4' ? 'IPv6' : 'IPv4'
    return { ...service, spec: { ...spec, ipFamilies: both ? [...ipFamilies, other] : ipFamilies } }
  }
  refuse(service, clusterSupportErrors({ ...spec, ipFamilies }))
  return { ...service, spec: { ...spec, ipFamilies } }
}

function refuse(service: Service, errors: readonly FieldError[]): void {
  if (errors.length > 0) throw invalid({ group: '', kind: 'Service' }, service.metadata?.name ?? '', errors)
}

function policyErrors({ ipFamilyPolicy, clusterIPs = [], ipFamilies = [] }: ServiceSpec): readonly FieldError[] {
  const errors: FieldError[] = []
  const multiple = (what: string): FieldError =>
    field.invalid(
      'spec.ipFamilyPolicy',
      ipFamilyPolicy,
      `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`,
    )
  if (ipFamilyPolicy === 'SingleStack' && clusterIPs.length === 2) errors.push(multiple('cluster IPs'))
  if (ipFamilyPolicy === 'SingleStack' && ipFamilies.length === 2) errors.push(multiple('IP families'))
  for (const [index, ip] of clusterIPs.entries())
    if (ip !== 'None' && index >= ipFamilies.length && familyOf(ip) === 'IPv6')
      errors.push(field.invalid(`spec.clusterIPs[${index}]`, clusterIPs, 'IPv6 is not configured on this cluster'))
  return errors
}

function clusterSupportErrors({ ipFamilyPolicy, ipFamilies = [] }: ServiceSpec): readonly FieldError[] {
  const errors: FieldError[] = []
  if (ipFamilyPolicy === 'RequireDualStack')
    errors.push(
      field.invalid('spec.ipFamilyPolicy', ipFamilyPolicy, 'this cluster is not configured for dual-stack services'),
    )
  for (const [index, family] of ipFamilies.entries())
    if (family !== 'IPv4')
      errors.push(field.invalid(`spec.ipFamilies[${index}]`, family, 'not configured on this cluster'))
  return errors
}
