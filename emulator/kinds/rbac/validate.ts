/** What can be wrong with roles and bindings (upstream: pkg/apis/rbac/validation/validation.go). */
import { type FieldError, field } from '../../api/field.ts'
import { dns1123SubdomainErrors } from '../../api/names.ts'
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  RbacV1Subject,
  Role,
  RoleBinding,
  RoleRef,
} from '../../generated/types.ts'
import { nameErrors } from '../validation/names.ts'

export const RBAC_GROUP = 'rbac.authorization.k8s.io'

/** Names of roles may hold what a path segment may (upstream: api/validation/path IsValidPathSegmentName). */
export function pathSegmentErrors(name: string): readonly string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`]
  return ['/', '%'].filter((text) => name.includes(text)).map((text) => `may not contain '${text}'`)
}

export const validateRole = ({ rules = [] }: Role): readonly FieldError[] =>
  rules.flatMap((rule, index) => ruleErrors(`rules[${index}]`, rule, true))

export function validateClusterRole({ rules = [], aggregationRule }: ClusterRole): readonly FieldError[] {
  const none = aggregationRule !== undefined && (aggregationRule.clusterRoleSelectors ?? []).length === 0
  return [
    ...rules.flatMap((rule, index) => ruleErrors(`rules[${index}]`, rule, false)),
    ...(none
      ? [
          field.required(
            'aggregationRule.clusterRoleSelectors',
            'at least one clusterRoleSelector required if aggregationRule is non-nil',
          ),
        ]
      : []),
  ]
}

function ruleErrors(path: string, rule: PolicyRule, namespaced: boolean): readonly FieldError[] {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule
  const errors: FieldError[] = []
  if (verbs.length === 0) errors.push(field.required(`${path}.verbs`, 'verbs must contain at least one value'))
  if (nonResourceURLs.length > 0) {
    const bad = (detail: string) => errors.push(field.invalid(`${path}.nonResourceURLs`, nonResourceURLs, detail))
    if (namespaced) bad('namespaced rules cannot apply to non-resource URLs')
    if (apiGroups.length + resources.length + resourceNames.length > 0)
      bad('rules cannot apply to both regular resources and non-resource URLs')
    return errors
  }
  if (apiGroups.length === 0)
    errors.push(field.required(`${path}.apiGroups`, 'resource rules must supply at least one api group'))
  if (resources.length === 0)
    errors.push(field.required(`${path}.resources`, 'resource rules must supply at least one resource'))
  return errors
}

export const validateRoleBinding = (binding: RoleBinding, old: RoleBinding | undefined): readonly FieldError[] =>
  bindingErrors(binding, old, ['Role', 'ClusterRole'])

export const validateClusterRoleBinding = (
  binding: ClusterRoleBinding,
  old: ClusterRoleBinding | undefined,
): readonly FieldError[] => bindingErrors(binding, old, ['ClusterRole'])

type Binding = RoleBinding | ClusterRoleBinding

function bindingErrors(
  { roleRef, subjects = [] }: Binding,
  old: Binding | undefined,
  kinds: readonly string[],
): readonly FieldError[] {
  return [
    ...roleRefErrors(roleRef ?? { kind: '', name: '' }, kinds),
    ...subjects.flatMap((subject, index) => subjectErrors(`subjects[${index}]`, subject, kinds.includes('Role'))),
    ...(old && refText(old.roleRef) !== refText(roleRef)
      ? [field.invalid('roleRef', goRef(roleRef), 'cannot change roleRef')]
      : []),
  ]
}

const goRef = ({ apiGroup = '', kind, name }: RoleRef) => ({ APIGroup: apiGroup, Kind: kind, Name: name })
const refText = (ref: RoleRef): string => JSON.stringify(goRef(ref))

function roleRefErrors({ apiGroup = '', kind, name = '' }: RoleRef, kinds: readonly string[]): readonly FieldError[] {
  return [
    ...(apiGroup === RBAC_GROUP ? [] : [field.notSupported('roleRef.apiGroup', apiGroup, [RBAC_GROUP])]),
    ...(kinds.includes(kind) ? [] : [field.notSupported('roleRef.kind', kind ?? '', kinds)]),
    ...(name === '' ? [field.required('roleRef.name')] : nameErrors('roleRef.name', name, pathSegmentErrors)),
  ]
}

function subjectErrors(path: string, subject: RbacV1Subject, namespaced: boolean): readonly FieldError[] {
  const { kind = '', name = '', apiGroup = '', namespace = '' } = subject
  const errors: FieldError[] = name === '' ? [field.required(`${path}.name`)] : []
  if (kind === 'ServiceAccount') {
    if (name !== '') errors.push(...nameErrors(`${path}.name`, name, dns1123SubdomainErrors))
    if (apiGroup !== '') errors.push(field.notSupported(`${path}.apiGroup`, apiGroup, ['']))
    if (!namespaced && namespace === '') errors.push(field.required(`${path}.namespace`))
  } else if (kind === 'User' || kind === 'Group') {
    if (apiGroup !== RBAC_GROUP) errors.push(field.notSupported(`${path}.apiGroup`, apiGroup, [RBAC_GROUP]))
  } else errors.push(field.notSupported(`${path}.kind`, kind, ['ServiceAccount', 'User', 'Group']))
  return errors
}
