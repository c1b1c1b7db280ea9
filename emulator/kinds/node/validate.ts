import { type FieldError, field } from '../../api/field.ts'
import { labelValueErrors, qualifiedNameErrors } from '../../api/names.ts'
import { parseQuantity } from '../../api/quantity.ts'
import type { Node, NodeAddress, Taint } from '../../generated/types.ts'
import { byBytes } from '../format/labels.ts'
import { cidrErrors, familyOf } from '../validation/addresses.ts'
import { nameErrors } from '../validation/names.ts'
import { amountErrors } from '../validation/quantities.ts'
import { isInteger } from '../validation/resource-names.ts'

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** What can be wrong with a Node (upstream: pkg/apis/core/validation ValidateNode, ValidateNodeUpdate). */
export function validateNode({ spec, status }: Node, old: Node | undefined): readonly FieldError[] {
  const taints = (spec?.taints ?? []).flatMap((taint, index, all) =>
    taintErrors(`metadata.taints[${index}]`, taint, all.slice(0, index)),
  )
  const resources = (['capacity', 'allocatable'] as const).flatMap((list) =>
    Object.entries(status?.[list] ?? {})
      .sort(([a], [b]) => byBytes(a, b))
      .flatMap(([name, amount]) => resourceErrors(`status.${list}.${name}`, name, amount)),
  )
  if (!old) return [...taints, ...resources, ...podCidrErrors(spec?.podCIDRs ?? [])]
  return [
    ...resources,
    ...addressErrors(status?.addresses ?? []),
    ...podCidrChangeErrors(spec?.podCIDRs ?? [], old.spec?.podCIDRs ?? []),
    ...(old.spec?.providerID && old.spec.providerID !== spec?.providerID
      ? [field.forbidden('spec.providerID', 'node updates may not change providerID except from "" to valid')]
      : []),
    ...taints,
  ]
}

function resourceErrors(path: string, name: string, text: string): readonly FieldError[] {
  const fraction = (parseQuantity(text)?.nano ?? 0n) % 1_000_000_000n !== 0n
  return [
    ...amountErrors(path, text, 'nonnegative'),
    ...(isInteger(name) && fraction ? [field.invalid(path, text, 'must be an integer')] : []),
  ]
}

const addressErrors = (addresses: readonly NodeAddress[]): readonly FieldError[] =>
  addresses.flatMap(({ type, address }, index) =>
    addresses.slice(0, index).some((other) => other.type === type && other.address === address)
      ? [field.duplicate(`status.addresses[${index}]`, { Type: type, Address: address })]
      : [],
  )

function podCidrErrors(cidrs: readonly string[]): readonly FieldError[] {
  const families = new Set(cidrs.map(familyOf))
  const both = cidrs.length <= 1 || (cidrs.length === 2 && families.size === 2)
  return [
    ...cidrs.flatMap((cidr, index) => cidrErrors(`spec.podCIDRs[${index}]`, cidr)),
    ...(both ? [] : [field.invalid('spec.podCIDRs', cidrs, 'may specify no more than one CIDR for each IP family')]),
    ...cidrs.flatMap((cidr, index) =>
      cidrs.indexOf(cidr) < index ? [field.duplicate(`spec.podCIDRs[${index}]`, cidr)] : [],
    ),
  ]
}

function taintErrors(
  path: string,
  { key, value = '', effect }: Taint,
  before: readonly Taint[],
): readonly FieldError[] {
  const errors: FieldError[] = [
    ...nameErrors(`${path}.key`, key, qualifiedNameErrors),
    ...(labelValueErrors(value).length > 0
      ? [field.invalid(`${path}.value`, value, labelValueErrors(value).join(';'))]
      : []),
  ]
  if (!effect) errors.push(field.required(`${path}.effect`))
  else if (!EFFECTS.includes(effect)) errors.push(field.notSupported(`${path}.effect`, effect, EFFECTS))
  if (before.some((other) => other.key === key && other.effect === effect))
    errors.push({
      ...field.duplicate(path, { Key: key, Value: value, Effect: effect, TimeAdded: null }),
      detail: 'taints must be unique by key and effect pair',
    })
  return errors
}

/** A node's Pod network is given once; each part of it that changes is an error of its own. */
function podCidrChangeErrors(next: readonly string[], old: readonly string[]): readonly FieldError[] {
  const refused = field.forbidden('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid')
  if (old.length === 0) return []
  if (next.length !== old.length) return [refused]
  return old.flatMap((cidr, index) => (cidr === next[index] ? [] : [refused]))
}
