import { type FieldError, field } from '../../api/field.ts'
import type { Service, ServiceSpec } from '../../generated/types.ts'
import { familyOf, ipErrors } from '../validation/addresses.ts'
import { isHeadless } from './traits.ts'

const FAMILIES = ['IPv4', 'IPv6']
const POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack']

/** clusterIP, clusterIPs, ipFamilies, ipFamilyPolicy (upstream: ValidateServiceClusterIPsRelatedFields). */
export function clusterIPFieldErrors(spec: ServiceSpec, old: ServiceSpec | undefined): readonly FieldError[] {
  if (spec.type === 'ExternalName') return []
  const ips = spec.clusterIPs ?? []
  const errors = [...syncErrors(spec), ...familyErrors(spec)]
  const format = ips.flatMap((ip, index) => {
    if (index > 0 || ip !== 'None') return ipErrors(`spec.clusterIPs[${index}]`, ip, old?.clusterIPs)
    return ips.length > 1 ? [field.invalid('spec.clusterIPs', ips, "'None' must be the first and only value")] : []
  })
  errors.push(...format)
  if (ips.length > 2) errors.push(field.invalid('spec.clusterIPs', ips, 'may only hold up to 2 values'))
  if (format.length > 0) return errors
  if (ips.length > 1 && new Set(ips.map(familyOf)).size !== 2)
    errors.push(field.invalid('spec.clusterIPs', ips, 'may specify no more than one IP for each IP family'))
  if (!isHeadless(spec)) errors.push(...matchErrors(ips, spec.ipFamilies ?? []))
  return errors
}

function syncErrors({ clusterIP = '', clusterIPs = [] }: ServiceSpec): readonly FieldError[] {
  if (clusterIP === '')
    return clusterIPs.length > 0
      ? [field.invalid('spec.clusterIPs', clusterIPs, 'must be empty when `clusterIP` is not specified')]
      : []
  if (clusterIPs.length === 0) return [field.required('spec.clusterIPs')]
  return clusterIPs[0] === clusterIP
    ? []
    : [field.invalid('spec.clusterIPs', clusterIPs, 'first value must match `clusterIP`')]
}

function familyErrors({ ipFamilies = [], ipFamilyPolicy }: ServiceSpec): FieldError[] {
  const errors: FieldError[] = []
  for (const [index, family] of ipFamilies.entries()) {
    const path = `spec.ipFamilies[${index}]`
    if (!FAMILIES.includes(family)) errors.push(field.notSupported(path, family, FAMILIES))
    if (ipFamilies.indexOf(family) < index) errors.push(field.duplicate(path, family))
  }
  if (ipFamilyPolicy !== undefined && !POLICIES.includes(ipFamilyPolicy))
    errors.push(field.notSupported('spec.ipFamilyPolicy', ipFamilyPolicy, POLICIES))
  return errors
}

const matchErrors = (ips: readonly string[], families: readonly string[]): readonly FieldError[] =>
  ips
    .slice(0, families.length)
    .flatMap((ip, index) =>
      familyOf(ip) === families[index]
        ? []
        : [
            field.invalid(
              `spec.clusterIPs[${index}]`,
              ip,
              `expected an ${families[index]} value as indicated by \`ipFamilies[${index}]\``,
            ),
          ],
    )

/** A cluster IP may not change while a Service has one (upstream: validateUpgradeDowngradeClusterIPs and …IPFamilies). */
export function clusterIPUpdateErrors({ spec = {} }: Service, { spec: old = {} }: Service): readonly FieldError[] {
  if (spec.type === 'ExternalName' || old.type === 'ExternalName') return []
  const families = familyUpdateErrors(spec, old)
  if (isHeadless(spec) && isHeadless(old)) return families
  const before = old.clusterIPs ?? []
  const after = spec.clusterIPs ?? []
  const fixed = (index: number): FieldError =>
    field.invalid(`spec.clusterIPs[${index}]`, after, 'may not change once set')
  if (before.length === after.length)
    return [...before.flatMap((ip, index) => (ip === after[index] ? [] : [fixed(index)])), ...families]
  if (before.length > after.length && after.length === 0)
    return [field.invalid('spec.clusterIPs[0]', after, 'primary clusterIP can not be unset'), ...families]
  return before.length > 0 && before[0] !== after[0] ? [fixed(0), ...families] : families
}

function familyUpdateErrors(spec: ServiceSpec, old: ServiceSpec): readonly FieldError[] {
  const before = old.ipFamilies ?? []
  const after = spec.ipFamilies ?? []
  // A headless Service without selector may change its families freely.
  const free = (candidate: ServiceSpec): boolean =>
    isHeadless(candidate) && Object.keys(candidate.selector ?? {}).length === 0
  if (free(spec) || free(old)) return []
  if (before.length > 0 && after.length === 0)
    return [field.invalid('spec.ipFamilies[0]', after, 'primary ipFamily can not be unset')]
  return before.length > 0 && before[0] !== after[0]
    ? [field.invalid('spec.ipFamilies[0]', after, 'may not change once set')]
    : []
}
