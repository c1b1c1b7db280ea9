import { type FieldError, field } from '../../api/field.ts'
import { qualifiedNameErrors } from '../../api/names.ts'
import { formatQuantity, parseQuantity, type Quantity } from '../../api/quantity.ts'
import type { ResourceRequirements } from '../../generated/types.ts'
import { byBytes } from '../format/labels.ts'
import { nameErrors } from '../validation/names.ts'

const STANDARD = new Set(['cpu', 'memory', 'ephemeral-storage'])
const WELL_KNOWN = new Set([
  'cpu',
  'memory',
  'ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'persistentvolumeclaims',
  'configmaps',
  'services.nodeports',
  'services.loadbalancers',
])

/** Limits and requests of one container (upstream: pkg/apis/core/validation ValidateResourceRequirements). */
export function resourceErrors(path: string, resources: ResourceRequirements | undefined): readonly FieldError[] {
  const limits = resources?.limits ?? {}
  const requests = resources?.requests ?? {}
  const sorted = (list: { readonly [name: string]: string }) => Object.entries(list).sort(([a], [b]) => byBytes(a, b))
  return [
    ...sorted(limits).flatMap(([name, amount]) => amountErrors(`${path}.limits[${name}]`, name, amount)),
    ...sorted(requests).flatMap(([name, amount]) => [
      ...amountErrors(`${path}.requests[${name}]`, name, amount),
      ...overLimitErrors(`${path}.requests`, name, parseQuantity(amount), parseQuantity(limits[name] ?? '')),
    ]),
  ]
}

function amountErrors(path: string, name: string, text: string): readonly FieldError[] {
  const errors = nameErrors(path, name, qualifiedNameErrors)
  const huge = name.startsWith('hugepages-')
  if (!name.includes('/') && !huge) {
    if (!WELL_KNOWN.has(name))
      errors.push(field.invalid(path, name, 'must be a standard resource type or fully qualified'))
    if (!STANDARD.has(name)) errors.push(field.invalid(path, name, 'must be a standard resource for containers'))
  }
  const amount = parseQuantity(text)
  if (amount && amount.nano < 0n)
    errors.push(field.invalid(path, formatQuantity(amount), 'must be greater than or equal to 0'))
  if (amount && name.includes('/') && amount.nano % 1_000_000_000n !== 0n)
    errors.push(field.invalid(path, formatQuantity(amount), 'must be an integer'))
  return errors
}

function overLimitErrors(
  path: string,
  name: string,
  request: Quantity | undefined,
  limit: Quantity | undefined,
): readonly FieldError[] {
  if (!request || !limit || request.nano === limit.nano) return []
  const fixed = name.includes('/') || name.startsWith('hugepages-')
  if (!fixed && request.nano < limit.nano) return []
  const relation = fixed ? 'must be equal to' : 'must be less than or equal to'
  return [field.invalid(path, formatQuantity(request), `${relation} ${name} limit of ${formatQuantity(limit)}`)]
}
