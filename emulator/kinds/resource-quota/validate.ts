import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import { parseQuantity } from '../../api/quantity.ts'
import type { ResourceQuota, ResourceQuotaSpec, ScopedResourceSelectorRequirement } from '../../generated/types.ts'
import { byBytes } from '../format/labels.ts'
import { amountErrors } from '../validation/quantities.ts'
import { isInteger, resourceNameErrors } from '../validation/resource-names.ts'
import { isQuotaResource, scopeFits } from './names.ts'

const SCOPES = [
  'BestEffort',
  'CrossNamespacePodAffinity',
  'NotBestEffort',
  'NotTerminating',
  'PriorityClass',
  'Terminating',
  'VolumeAttributesClass',
]
const OPPOSITES = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const

/** Everything that can be wrong with a quota (upstream: pkg/apis/core/validation ValidateResourceQuota and its update). */
export function validateResourceQuota(
  { spec = {} }: ResourceQuota,
  old: ResourceQuota | undefined,
): readonly FieldError[] {
  return [
    ...Object.entries(spec.hard ?? {})
      .sort(([a], [b]) => byBytes(a, b))
      .flatMap(([name, amount]) => [...resourceErrors(name), ...hardErrors(name, amount)]),
    ...scopeErrors(spec),
    ...selectorErrors(spec),
    ...(old ? updateErrors(spec, old.spec ?? {}) : []),
  ]
}

function resourceErrors(name: string): readonly FieldError[] {
  const path = `spec.hard[${name}]`
  const wrong = resourceNameErrors(path, name)
  return name.includes('/') || isQuotaResource(name)
    ? wrong
    : [...wrong, field.invalid(path, name, 'must be a standard resource for quota')]
}

function hardErrors(name: string, amount: string): readonly FieldError[] {
  const path = `spec.hard[${name}]`
  const fraction = (parseQuantity(amount)?.nano ?? 0n) % 1_000_000_000n !== 0n
  return [
    ...amountErrors(path, amount, 'nonnegative'),
    ...(isInteger(name) && fraction ? [field.invalid(path, amount, 'must be an integer')] : []),
  ]
}

function scopeErrors({ scopes = [], hard = {} }: ResourceQuotaSpec): readonly FieldError[] {
  const path = 'spec.scopes'
  if (scopes.length === 0) return []
  return [
    ...scopes.flatMap((scope) => {
      if (!SCOPES.includes(scope)) return [field.invalid(path, scopes, 'unsupported scope')]
      return Object.keys(hard)
        .filter((resource) => isQuotaResource(resource) && !scopeFits(scope, resource))
        .map(() => field.invalid(path, scopes, 'unsupported scope applied to resource'))
    }),
    ...OPPOSITES.flatMap(([one, other]) =>
      scopes.includes(one) && scopes.includes(other) ? [field.invalid(path, scopes, 'conflicting scopes')] : [],
    ),
  ]
}

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist']

function selectorErrors({ scopeSelector, scopes, hard = {} }: ResourceQuotaSpec): readonly FieldError[] {
  const path = 'spec.scopeSelector.matchExpressions'
  const expressions = scopeSelector?.matchExpressions ?? []
  const named = expressions.map(({ scopeName }) => scopeName)
  return [
    ...expressions.flatMap((requirement) => [
      ...(SCOPES.includes(requirement.scopeName)
        ? []
        : [field.invalid(`${path}.scopeName`, requirement.scopeName, 'unsupported scope')]),
      ...Object.keys(hard)
        .filter((resource) => isQuotaResource(resource) && !scopeFits(requirement.scopeName, resource))
        .map(() => field.invalid(path, internalSelector(expressions), 'unsupported scope applied to resource')),
      ...requirementErrors(path, requirement),
    ]),
    ...OPPOSITES.flatMap(([one, other]) =>
      named.includes(one) && named.includes(other) ? [field.invalid(path, scopes ?? null, 'conflicting scopes')] : [],
    ),
  ]
}

/** As the API server prints its own form of it. */
const internalSelector = (expressions: readonly ScopedResourceSelectorRequirement[]): object => ({
  MatchExpressions: expressions.map(({ scopeName, operator, values }) => ({
    ScopeName: scopeName,
    Operator: operator,
    Values: values ?? null,
  })),
})

/** Scopes that are there or not, without values. */
const WITHOUT_VALUES = ['BestEffort', 'NotBestEffort', 'Terminating', 'NotTerminating', 'CrossNamespacePodAffinity']

function requirementErrors(
  path: string,
  { scopeName, operator, values = [] }: ScopedResourceSelectorRequirement,
): readonly FieldError[] {
  const errors: FieldError[] = []
  if (WITHOUT_VALUES.includes(scopeName) && operator !== 'Exists')
    errors.push(
      field.invalid(
        `${path}.operator`,
        operator,
        "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity",
      ),
    )
  if ((operator === 'In' || operator === 'NotIn') && values.length === 0)
    errors.push(
      field.required(
        `${path}.values`,
        "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
      ),
    )
  if ((operator === 'Exists' || operator === 'DoesNotExist') && values.length > 0)
    errors.push(
      field.invalid(
        `${path}.values`,
        values,
        "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
      ),
    )
  if (!OPERATORS.includes(operator))
    errors.push(field.invalid(`${path}.operator`, operator, 'not a valid selector operator'))
  return errors
}

function updateErrors(spec: ResourceQuotaSpec, old: ResourceQuotaSpec): readonly FieldError[] {
  const sorted = (scopes: readonly string[] | undefined) => [...(scopes ?? [])].sort(byBytes)
  return jsonEqual(sorted(spec.scopes), sorted(old.scopes))
    ? []
    : [field.invalid('spec.scopes', spec.scopes ?? [], 'field is immutable')]
}
