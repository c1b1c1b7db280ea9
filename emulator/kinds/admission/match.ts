/** What rules and selectors of webhooks and policies may be (upstream: pkg/apis/admissionregistration/validation). */
import { type FieldError, field } from '../../api/field.ts'
import { dns1035LabelErrors, dns1123SubdomainErrors } from '../../api/names.ts'
import type {
  MatchResources,
  NamedRuleWithOperations,
  ParamKind,
  ParamRef,
  RuleWithOperations,
} from '../../generated/types.ts'
import { labelSelectorErrors } from '../validation/selectors.ts'

type Errors = readonly FieldError[]

const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE']
const SCOPES = ['*', 'Cluster', 'Namespaced']
const MATCH_POLICIES = ['Equivalent', 'Exact']

export const chosenErrors = (path: string, value: string | undefined, supported: readonly string[]): Errors =>
  value === undefined || supported.includes(value) ? [] : [field.notSupported(path, value, supported)]

const alone = (path: string, list: readonly string[], what: string): Errors =>
  list.length > 1 && list.includes('*')
    ? [field.invalid(path, list, `if '*' is present, must not specify other ${what}`)]
    : []

export function ruleErrors(path: string, rule: RuleWithOperations): Errors {
  const { operations = [], apiGroups = [], apiVersions = [], resources = [], scope } = rule
  const missing = (name: string, list: readonly string[]): Errors =>
    list.length === 0 ? [field.required(`${path}.${name}`)] : []
  return [
    ...missing('operations', operations),
    ...alone(`${path}.operations`, operations, 'operations'),
    ...operations.flatMap((each, index) => chosenErrors(`${path}.operations[${index}]`, each, OPERATIONS)),
    ...missing('apiGroups', apiGroups),
    ...alone(`${path}.apiGroups`, apiGroups, 'API groups'),
    ...missing('apiVersions', apiVersions),
    ...alone(`${path}.apiVersions`, apiVersions, 'API versions'),
    ...apiVersions.flatMap((each, index) => (each === '' ? [field.required(`${path}.apiVersions[${index}]`)] : [])),
    ...resourceErrors(`${path}.resources`, resources),
    ...chosenErrors(`${path}.scope`, scope, SCOPES),
  ]
}

function resourceErrors(path: string, resources: readonly string[]): Errors {
  const errors: FieldError[] = resources.length === 0 ? [field.required(path)] : []
  const [all, everywhere] = [new Set<string>(), new Set<string>()]
  for (const [index, text] of resources.entries()) {
    const [resource = '', subresource] = text.split(/\/(.*)/s)
    const at = `${path}[${index}]`
    if (text === '') errors.push(field.required(at))
    if (subresource === undefined) continue
    if (all.has(resource))
      errors.push(field.invalid(at, text, `if '${resource}/*' is present, must not specify ${text}`))
    if (everywhere.has(subresource))
      errors.push(field.invalid(at, text, `if '*/${subresource}' is present, must not specify ${text}`))
    if (subresource === '*') all.add(resource)
    if (resource === '*') everywhere.add(subresource)
  }
  const plain = resources.filter((text) => !text.includes('/'))
  if (resources.length > 1 && resources.includes('*/*'))
    errors.push(field.invalid(path, resources, "if '*/*' is present, must not specify other resources"))
  if (plain.includes('*') && plain[plain.length - 1] !== '*')
    errors.push(
      field.invalid(path, resources, "if '*' is present, must not specify other resources without subresources"),
    )
  return errors
}

function namedRuleErrors(path: string, rule: NamedRuleWithOperations): Errors {
  const names = rule.resourceNames ?? []
  return [
    ...names.flatMap((name, index) => [
      ...(name === '.' || name === '..'
        ? [field.invalid(`${path}.resourceNames[${index}]`, name, `may not be '${name}'`)]
        : []),
      ...['/', '%']
        .filter((sign) => name.includes(sign))
        .map((sign) => field.invalid(`${path}.resourceNames[${index}]`, name, `may not contain '${sign}'`)),
      ...(names.indexOf(name) < index ? [field.duplicate(`${path}.resourceNames[${index}]`, name)] : []),
    ]),
    ...ruleErrors(path, rule),
  ]
}

/** What a policy or a binding matches. */
export function matchResourcesErrors(path: string, match: MatchResources): Errors {
  const list = (name: 'resourceRules' | 'excludeResourceRules'): Errors =>
    (match[name] ?? []).flatMap((rule, index) => namedRuleErrors(`${path}.${name}[${index}]`, rule))
  return [
    ...chosenErrors(`${path}.matchPolicy`, match.matchPolicy, MATCH_POLICIES),
    ...selectorErrors(path, match),
    ...list('resourceRules'),
    ...list('excludeResourceRules'),
  ]
}

export const selectorErrors = (
  path: string,
  { namespaceSelector, objectSelector }: Pick<MatchResources, 'namespaceSelector' | 'objectSelector'>,
): Errors => [
  ...(namespaceSelector ? labelSelectorErrors(`${path}.namespaceSelector`, namespaceSelector) : []),
  ...(objectSelector ? labelSelectorErrors(`${path}.objectSelector`, objectSelector) : []),
]

export const matchPolicyErrors = (path: string, policy: string | undefined): Errors =>
  chosenErrors(path, policy, MATCH_POLICIES)

/** Upstream: validateParamKind. */
export function paramKindErrors(path: string, { apiVersion = '', kind = '' }: ParamKind): Errors {
  const parts = apiVersion.split('/')
  const [group = '', version = ''] = parts.length === 1 ? ['', apiVersion] : parts
  const at = `${path}.apiVersion`
  const joined = (where: string, value: string, wrong: readonly string[], before = ''): Errors =>
    wrong.length > 0 ? [field.invalid(where, value, `${before}${wrong.join(',')}`)] : []
  const versionErrors = (): Errors => {
    if (apiVersion === '') return [field.required(at)]
    if (parts.length > 2) return [field.invalid(at, apiVersion, `unexpected GroupVersion string: ${apiVersion}`)]
    return [
      ...(group === '' ? [] : joined(at, group, dns1123SubdomainErrors(group))),
      ...(version === ''
        ? [field.invalid(at, apiVersion, 'version must be specified')]
        : joined(at, version, dns1035LabelErrors(version))),
    ]
  }
  const mixed = 'may have mixed case, but should otherwise match: '
  return [
    ...versionErrors(),
    ...(kind === ''
      ? [field.required(`${path}.kind`)]
      : joined(`${path}.kind`, kind, dns1035LabelErrors(kind.toLowerCase()), mixed)),
  ]
}

/** Upstream: validateParamRef. */
export function paramRefErrors(
  path: string,
  { name = '', selector, parameterNotFoundAction: action }: ParamRef,
): Errors {
  const errors: FieldError[] = []
  if (name !== '') {
    if (name.includes('/')) errors.push(field.invalid(`${path}.name`, name, "may not contain '/'"))
    if (selector) {
      errors.push(field.forbidden(`${path}.name`, 'name and selector are mutually exclusive'))
      errors.push(field.forbidden(`${path}.selector`, 'name and selector are mutually exclusive'))
    }
  } else if (selector) errors.push(...labelSelectorErrors(`${path}.selector`, selector))
  else errors.push(field.required(path, 'one of name or selector must be specified'))
  if (action === undefined) errors.push(field.required(`${path}.parameterNotFoundAction`))
  else errors.push(...chosenErrors(`${path}.parameterNotFoundAction`, action, ['Allow', 'Deny']))
  return errors
}
