import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import { labelValueErrors, qualifiedNameErrors } from '../../api/names.ts'
import type { Node, Taint } from '../../generated/types.ts'
import { cidrErrors } from '../validation/addresses.ts'
import { nameErrors } from '../validation/names.ts'

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** What can be wrong with a Node (upstream: pkg/apis/core/validation ValidateNode, ValidateNodeUpdate). */
export function validateNode({ spec }: Node, old: Node | undefined): readonly FieldError[] {
  return [
    ...(spec?.taints ?? []).flatMap((taint, index, all) =>
      taintErrors(`metadata.taints[${index}]`, taint, all.slice(0, index)),
    ),
    ...(spec?.podCIDRs ?? []).flatMap((cidr, index) => cidrErrors(`spec.podCIDRs[${index}]`, cidr)),
    ...podCidrChangeErrors(spec, old?.spec),
  ]
}

function taintErrors(
  path: string,
  { key, value = '', effect }: Taint,
  before: readonly Taint[],
): readonly FieldError[] {
  const errors: FieldError[] = [
    ...nameErrors(`${path}.key`, key, qualifiedNameErrors),
    ...nameErrors(`${path}.value`, value, labelValueErrors),
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

/** A node's Pod network is given once. */
function podCidrChangeErrors(spec: Node['spec'], old: Node['spec']): readonly FieldError[] {
  return old?.podCIDRs?.length && !jsonEqual(spec?.podCIDRs, old.podCIDRs)
    ? [field.forbidden('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid')]
    : []
}
