import { jsonEqual } from '../api/json.ts'
import type { CustomResourceDefinition, CustomResourceDefinitionNames } from '../generated/types.ts'
import { isTrue, withCondition } from '../kinds/custom-resource-definition/conditions.ts'

/** Takes the names that nobody else in the group has (upstream: controller/status/naming_controller.go). */
export function acceptNames(
  definition: CustomResourceDefinition,
  all: readonly CustomResourceDefinition[],
  now: number,
): CustomResourceDefinition {
  const wanted = definition.spec.names
  const accepted = definition.status?.acceptedNames
  if (jsonEqual(wanted, accepted)) return definition
  const taken = takenNames(definition, all)
  const conflicts: { readonly reason: string; readonly message: string }[] = []
  const take = (name: 'plural' | 'singular' | 'kind' | 'listKind', used: ReadonlySet<string>): string => {
    const value = wanted[name] ?? ''
    if (value === accepted?.[name] || !used.has(value)) return value
    const reason = `${name.charAt(0).toUpperCase()}${name.slice(1)}Conflict`
    conflicts.push({ reason, message: `${JSON.stringify(value)} is already in use` })
    return accepted?.[name] ?? ''
  }
  const plural = take('plural', taken.resources)
  const singular = take('singular', taken.resources)
  const clash = (wanted.shortNames ?? []).filter((name) => taken.resources.has(name))
  if (clash.length > 0) {
    const texts = clash.map((name) => `${JSON.stringify(name)} is already in use`)
    conflicts.push({
      reason: 'ShortNamesConflict',
      message: texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`,
    })
  }
  const kind = take('kind', taken.kinds)
  const listKind = take('listKind', taken.kinds)
  const shortNames = clash.length > 0 ? accepted?.shortNames : wanted.shortNames
  const names: CustomResourceDefinitionNames = {
    ...(wanted.categories && { categories: wanted.categories }),
    kind,
    ...(listKind !== '' && { listKind }),
    plural,
    ...(shortNames && { shortNames }),
    ...(singular !== '' && { singular }),
  }
  return withNames(definition, names, conflicts[conflicts.length - 1], now)
}

function withNames(
  definition: CustomResourceDefinition,
  acceptedNames: CustomResourceDefinitionNames,
  conflict: { readonly reason: string; readonly message: string } | undefined,
  now: number,
): CustomResourceDefinition {
  const named = { ...definition, status: { ...definition.status, acceptedNames } }
  const condition = conflict
    ? { type: 'NamesAccepted', status: 'False', ...conflict }
    : { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' }
  const next = withCondition(named, condition, now)
  if (!conflict || isTrue(next, 'Established')) return next
  const established = { reason: 'NotAccepted', message: 'not all names are accepted' }
  return withCondition(next, { type: 'Established', status: 'False', ...established }, now)
}

/** What the other definitions of the group have been given. */
function takenNames(definition: CustomResourceDefinition, all: readonly CustomResourceDefinition[]) {
  const others = all
    .filter(
      ({ metadata, spec }) => spec.group === definition.spec.group && metadata?.name !== definition.metadata?.name,
    )
    .flatMap(({ status }) => status?.acceptedNames ?? [])
  return {
    resources: new Set(
      others.flatMap(({ plural, singular = '', shortNames = [] }) => [plural, singular, ...shortNames]),
    ),
    kinds: new Set(others.flatMap(({ kind, listKind = '' }) => [kind, listKind])),
  }
}
