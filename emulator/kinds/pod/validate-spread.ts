import { type FieldError, field } from '../../api/field.ts'
import { qualifiedNameErrors } from '../../api/names.ts'
import type { TopologySpreadConstraint } from '../../generated/types.ts'
import { nameErrors } from '../validation/names.ts'
import { labelSelectorErrors } from '../validation/selectors.ts'

const ACTIONS = ['DoNotSchedule', 'ScheduleAnyway']
const POLICIES = ['Honor', 'Ignore']
const POSITIVE = 'must be greater than zero'

/** How a Pod is to be spread (upstream: pkg/apis/core/validation validateTopologySpreadConstraints). */
export function spreadErrors(path: string, constraints: readonly TopologySpreadConstraint[]): readonly FieldError[] {
  return constraints.flatMap((constraint, index) => {
    const { maxSkew, topologyKey, whenUnsatisfiable, labelSelector, matchLabelKeys = [] } = constraint
    const at = `${path}[${index}]`
    const again = constraints
      .slice(index + 1)
      .some((other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable)
    return [
      ...(maxSkew > 0 ? [] : [field.invalid(`${at}.maxSkew`, maxSkew, POSITIVE)]),
      ...(topologyKey ? [] : [field.required(`${at}.topologyKey`, 'can not be empty')]),
      ...(ACTIONS.includes(whenUnsatisfiable)
        ? []
        : [field.notSupported(`${at}.whenUnsatisfiable`, whenUnsatisfiable, ACTIONS)]),
      ...(again
        ? [field.duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${whenUnsatisfiable}}`)]
        : []),
      ...domainErrors(`${at}.minDomains`, constraint),
      ...policyErrors(`${at}.nodeAffinityPolicy`, constraint.nodeAffinityPolicy),
      ...policyErrors(`${at}.nodeTaintsPolicy`, constraint.nodeTaintsPolicy),
      ...keyErrors(`${at}.matchLabelKeys`, matchLabelKeys, labelSelector),
      ...(labelSelector ? labelSelectorErrors(`${at}.labelSelector`, labelSelector) : []),
    ]
  })
}

function domainErrors(path: string, constraint: TopologySpreadConstraint): readonly FieldError[] {
  const { minDomains, whenUnsatisfiable } = constraint
  if (minDomains === undefined) return []
  return [
    ...(minDomains > 0 ? [] : [field.invalid(path, minDomains, POSITIVE)]),
    ...(whenUnsatisfiable === 'DoNotSchedule'
      ? []
      : [
          field.invalid(
            path,
            minDomains,
            `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`,
          ),
        ]),
  ]
}

const policyErrors = (path: string, policy: string | undefined): readonly FieldError[] =>
  policy === undefined || POLICIES.includes(policy) ? [] : [field.notSupported(path, policy, POLICIES)]

/** Upstream: validateMatchLabelKeysInTopologySpread. */
function keyErrors(
  path: string,
  keys: readonly string[],
  selector: TopologySpreadConstraint['labelSelector'],
): readonly FieldError[] {
  if (keys.length === 0) return []
  const taken = new Set([
    ...Object.keys(selector?.matchLabels ?? {}),
    ...(selector?.matchExpressions ?? []).map(({ key }) => key),
  ])
  return [
    ...(selector ? [] : [field.forbidden(path, 'must not be specified when labelSelector is not set')]),
    ...keys.flatMap((key, index) => [
      ...nameErrors(`${path}[${index}]`, key, qualifiedNameErrors),
      ...(taken.has(key)
        ? [field.invalid(`${path}[${index}]`, key, 'exists in both matchLabelKeys and labelSelector')]
        : []),
    ]),
  ]
}
