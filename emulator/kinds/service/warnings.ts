import type { Service } from '../../generated/types.ts'
import { cidrWarnings, ipWarnings } from '../validation/address-warnings.ts'
import { isHeadless } from './traits.ts'

const OLD_HINTS = 'service.kubernetes.io/topology-aware-hints'

/** Warnings that come with a write (upstream: pkg/api/service/warnings.go GetWarningsForService). */
export function serviceWarnings({ metadata, spec = {} }: Service): readonly string[] {
  const { externalIPs = [], externalName, loadBalancerIP, loadBalancerSourceRanges = [], type } = spec
  const headless = type === 'ClusterIP' && isHeadless(spec)
  const given = headless ? [] : (spec.clusterIPs ?? [])
  const warnings: string[] = []
  const warn = (when: boolean, text: string) => when && warnings.push(text)
  warn(
    Object.hasOwn(metadata?.annotations ?? {}, OLD_HINTS),
    `annotation ${OLD_HINTS} is deprecated, please use service.kubernetes.io/topology-mode instead`,
  )
  warn(externalIPs.length > 0, 'spec.externalIPs is deprecated')
  warnings.push(...given.flatMap((ip, index) => ipWarnings(`spec.clusterIPs[${index}]`, ip)))
  warn(headless && !!loadBalancerIP, 'spec.loadBalancerIP is ignored for headless services')
  warn(headless && externalIPs.length > 0, 'spec.externalIPs is ignored for headless services')
  warn(headless && spec.sessionAffinity !== 'None', 'spec.SessionAffinity is ignored for headless services')
  warnings.push(...externalIPs.flatMap((ip, index) => ipWarnings(`spec.externalIPs[${index}]`, ip)))
  if (loadBalancerIP) warnings.push(...ipWarnings('spec.loadBalancerIP', loadBalancerIP))
  warnings.push(
    ...loadBalancerSourceRanges.flatMap((range, index) =>
      cidrWarnings(`spec.loadBalancerSourceRanges[${index}]`, range),
    ),
  )
  const only = 'is ignored when spec.type is'
  warn(type === 'ExternalName' && externalIPs.length > 0, `spec.externalIPs ${only} "ExternalName"`)
  warn(type !== 'ExternalName' && !!externalName, `spec.externalName ${only} not "ExternalName"`)
  warn(
    spec.trafficDistribution === 'PreferClose',
    'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"',
  )
  return warnings
}
