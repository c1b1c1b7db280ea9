import { INTEGER_RESOURCES } from '../validation/resource-names.ts'

/** The resources that a quota may limit (upstream: pkg/apis/core/helper, standardQuotaResources and object counts). */
const STANDARD = new Set([
  ...INTEGER_RESOURCES,
  'cpu',
  'memory',
  'ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
])

export const isQuotaResource = (name: string): boolean => STANDARD.has(name) || /^(requests\.)?hugepages-/.test(name)

/** Scopes that only Pods have; such a quota may only limit what Pods use (upstream: IsResourceQuotaScopeValidForResource). */
const POD_RESOURCES = new Set([
  'pods',
  'cpu',
  'memory',
  'requests.cpu',
  'requests.memory',
  'limits.cpu',
  'limits.memory',
])

export function scopeFits(scope: string, resource: string): boolean {
  if (scope === 'BestEffort') return resource === 'pods'
  if (scope === 'VolumeAttributesClass') return resource === 'persistentvolumeclaims' || resource.includes('storage')
  return POD_RESOURCES.has(resource) || resource.startsWith('requests.') || resource.startsWith('limits.')
}
