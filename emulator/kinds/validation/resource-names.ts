/** What names of resources are (upstream: pkg/apis/core/helper/helpers.go and validation.go validateResourceName). */
import { type FieldError, field } from '../../api/field.ts'
import { qualifiedNameErrors } from '../../api/names.ts'
import { nameErrors } from './names.ts'

const CONTAINER = new Set(['cpu', 'memory', 'ephemeral-storage'])
/** Counted, never divided (upstream: integerResources). */
export const INTEGER_RESOURCES: ReadonlySet<string> = new Set([
  'pods',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
])
const STANDARD = new Set([
  ...CONTAINER,
  ...INTEGER_RESOURCES,
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'storage',
  'requests.storage',
])

export const isHugePages = (name: string): boolean => name.startsWith('hugepages-')
const isQuotaHugePages = (name: string): boolean => isHugePages(name) || name.startsWith('requests.hugepages-')

/** Without a domain, or with Kubernetes' own. */
export const isNativeResource = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/')

export const isExtendedResource = (name: string): boolean =>
  !isNativeResource(name) && !name.startsWith('requests.') && qualifiedNameErrors(`requests.${name}`).length === 0

export const isStandardContainerResource = (name: string): boolean => CONTAINER.has(name) || isHugePages(name)

/** May more be promised than there is? */
export const allowsOvercommit = (name: string): boolean => isNativeResource(name) && !isHugePages(name)

export const isInteger = (name: string): boolean => INTEGER_RESOURCES.has(name) || isExtendedResource(name)

/** Upstream: validateResourceName. */
export function resourceNameErrors(path: string, name: string): readonly FieldError[] {
  const errors = nameErrors(path, name, qualifiedNameErrors)
  if (errors.length > 0 || name.includes('/') || STANDARD.has(name) || isQuotaHugePages(name)) return errors
  return [field.invalid(path, name, 'must be a standard resource type or fully qualified')]
}
