import { type FieldError, field } from '../../api/field.ts'
import { dns1123LabelErrors } from '../../api/names.ts'
import { formatQuantity, parseQuantity, type Quantity } from '../../api/quantity.ts'
import type { ResourceRequirements } from '../../generated/types.ts'
import { byBytes } from '../format/labels.ts'
import { nameErrors } from '../validation/names.ts'
import {
  allowsOvercommit,
  isExtendedResource,
  isHugePages,
  isInteger,
  isNativeResource,
  isStandardContainerResource,
  resourceNameErrors,
} from '../validation/resource-names.ts'

type Amounts = { readonly [name: string]: string }
type NameRule = (path: string, name: string) => readonly FieldError[]

/** Limits and requests of one container (upstream: pkg/apis/core/validation ValidateContainerResourceRequirements). */
export const resourceErrors = (
  path: string,
  resources: ResourceRequirements | undefined,
  claims: readonly string[] = [],
): readonly FieldError[] => (resources ? requirementErrors(path, resources, claims, containerResourceNameErrors) : [])

/** Upstream: validateResourceRequirements; what names may be differs between containers and Pods. */
export function requirementErrors(
  path: string,
  resources: ResourceRequirements,
  claims: readonly string[],
  nameRule: NameRule,
): readonly FieldError[] {
  const { limits = {}, requests = {} } = resources
  const names = [...Object.keys(limits), ...Object.keys(requests)]
  if (names.length === 0 && !resources.claims?.length) return []
  const lonely = names.some(isHugePages) && !names.some((name) => name === 'cpu' || name === 'memory')
  return [
    ...sorted(limits).flatMap(([name, amount]) => amountErrors(`${path}.limits[${name}]`, name, amount, nameRule)),
    ...sorted(requests).flatMap(([name, amount]) => [
      ...amountErrors(`${path}.requests[${name}]`, name, amount, nameRule).filter(({ detail }) => !HUGE.test(detail)),
      ...overLimitErrors(path, name, parseQuantity(amount), parseQuantity(limits[name] ?? '')),
      ...amountErrors(`${path}.requests[${name}]`, name, amount, nameRule).filter(({ detail }) => HUGE.test(detail)),
    ]),
    ...(lonely ? [field.forbidden(path, 'HugePages require cpu or memory')] : []),
    ...claimErrors(`${path}.claims`, resources.claims ?? [], claims),
  ]
}

const HUGE = /is not positive integer multiple of/
const sorted = (list: Amounts) => Object.entries(list).sort(([a], [b]) => byBytes(a, b))

/** Upstream: validateContainerResourceName. */
export function containerResourceNameErrors(path: string, name: string): readonly FieldError[] {
  const errors = resourceNameErrors(path, name)
  if (!name.includes('/'))
    return isStandardContainerResource(name)
      ? errors
      : [...errors, field.invalid(path, name, 'must be a standard resource for containers')]
  return isNativeResource(name) || isExtendedResource(name)
    ? errors
    : [...errors, field.invalid(path, name, "doesn't follow extended resource name standard")]
}

function amountErrors(path: string, name: string, text: string, nameRule: NameRule): readonly FieldError[] {
  const amount = parseQuantity(text)
  if (!amount) return nameRule(path, name)
  const shown = formatQuantity(amount)
  return [
    ...nameRule(path, name),
    ...(amount.nano < 0n ? [field.invalid(path, shown, 'must be greater than or equal to 0')] : []),
    ...(isInteger(name) && amount.nano % 1_000_000_000n !== 0n
      ? [field.invalid(path, shown, 'must be an integer')]
      : []),
    ...hugePageErrors(path, name, amount),
  ]
}

function hugePageErrors(path: string, name: string, amount: Quantity): readonly FieldError[] {
  if (!isHugePages(name)) return []
  const page = parseQuantity(name.slice('hugepages-'.length))
  if (page && page.nano > 0n && amount.nano % page.nano === 0n && amount.nano >= 0n) return []
  const shown = formatQuantity(amount)
  return [field.invalid(path, shown, `${shown} is not positive integer multiple of ${name}`)]
}

function overLimitErrors(
  path: string,
  name: string,
  request: Quantity | undefined,
  limit: Quantity | undefined,
): readonly FieldError[] {
  if (!request) return []
  const overcommit = allowsOvercommit(name)
  if (!limit)
    return overcommit ? [] : [field.required(`${path}.limits`, 'Limit must be set for non overcommitable resources')]
  if (request.nano === limit.nano || (overcommit && request.nano < limit.nano)) return []
  const relation = overcommit ? 'must be less than or equal to' : 'must be equal to'
  const detail = `${relation} ${name} limit of ${formatQuantity(limit)}`
  return [field.invalid(`${path}.requests`, formatQuantity(request), detail)]
}

/** Claims that the Pod has, each asked for once (upstream: validateResourceClaimNames). */
function claimErrors(
  path: string,
  wanted: NonNullable<ResourceRequirements['claims']>,
  known: readonly string[],
): readonly FieldError[] {
  const taken = new Set<string>()
  return wanted.flatMap(({ name, request = '' }, index) => {
    const at = `${path}[${index}]`
    if (!name) return [field.required(at)]
    const key = request === '' ? name : `${name}/${request}`
    const again = taken.has(name) ? name : taken.has(key) ? key : ''
    const parts = request === '' ? [...taken].filter((other) => other.startsWith(`${name}/`)) : []
    const errors: FieldError[] = taken.has(name) ? [] : nameErrors(`${at}.request`, request || 'r', dns1123LabelErrors)
    if (again) errors.push(field.duplicate(at, again))
    else errors.push(...parts.map(() => field.duplicate(at, name)))
    taken.add(key)
    if (!known.includes(name)) {
      const list = known.length === 0 ? ' which is empty' : `: ${[...known].sort(byBytes).join(', ')}`
      errors.push({
        ...field.notFound(at, name),
        detail: `must be one of the names in pod.spec.resourceClaims${list}`,
      })
    }
    return errors
  })
}

const POD_RESOURCES = ['cpu', 'memory']

/** What a Pod as a whole may ask for (upstream: validatePodResourceName). */
export function podResourceNameErrors(path: string, name: string): readonly FieldError[] {
  const errors = resourceNameErrors(path, name)
  if (errors.length > 0 || POD_RESOURCES.includes(name) || isHugePages(name)) return errors
  return [field.notSupported(path, name, [...POD_RESOURCES, 'hugepages-'].sort(byBytes))]
}
