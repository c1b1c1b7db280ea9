/**
 * Nobody grants more than they hold (upstream: pkg/registry/rbac/*\/policybased/storage.go,
 * pkg/registry/rbac/validation/rule.go ConfirmNoEscalation and policy_compact.go).
 */
import { forbidden, notFound } from '../../api/errors.ts'
import { goQuote } from '../../api/go-text.ts'
import { jsonEqual } from '../../api/json.ts'
import type { KindDefinition, StrategyContext } from '../../api/kind.ts'
import type { ClusterRole, PolicyRule, Role, RoleRef } from '../../generated/types.ts'
import { byBytes } from '../format/labels.ts'

const GROUP = 'rbac.authorization.k8s.io'
const SUPERUSERS = 'system:masters'

type Resource = Pick<KindDefinition, 'group' | 'plural'>

/** Throws Forbidden unless the writer of a role holds its rules or may `escalate`. */
export function checkRules(
  resource: Resource,
  role: Role | ClusterRole,
  old: Role | ClusterRole | undefined,
  context: StrategyContext,
): void {
  const { name = '', namespace = '' } = role.metadata ?? {}
  const aggregates = 'aggregationRule' in role && role.aggregationRule !== undefined
  if (old && jsonEqual(role.rules ?? [], old.rules ?? []) && !aggregates) return
  if (mayAnyway('escalate', resource.plural, name, namespace, context)) return
  // What a role will gather cannot be foreseen: its writer must hold everything.
  const granted = aggregates ? EVERYTHING : (role.rules ?? [])
  confirm(resource, name, granted, namespace, context)
}

const EVERYTHING: readonly PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
]

/** Throws Forbidden unless the writer of a binding holds the role's rules or may `bind` it; NotFound without the role. */
export function checkBinding(
  resource: Resource,
  binding: { readonly metadata?: { readonly name?: string; readonly namespace?: string }; readonly roleRef: RoleRef },
  roleOf: (reference: RoleRef, namespace: string) => Role | ClusterRole | undefined,
  context: StrategyContext,
): void {
  const { name = '', namespace = '' } = binding.metadata ?? {}
  const { roleRef } = binding
  const plural = roleRef.kind === 'Role' ? 'roles' : 'clusterroles'
  if (mayAnyway('bind', plural, roleRef.name, namespace, context)) return
  const role = roleOf(roleRef, namespace)
  if (!role) throw notFound({ group: GROUP, plural }, roleRef.name)
  confirm(resource, name, role.rules ?? [], namespace, context)
}

function mayAnyway(
  verb: 'escalate' | 'bind',
  plural: string,
  name: string,
  namespace: string,
  { user, authorizer }: StrategyContext,
): boolean {
  if (user.groups.includes(SUPERUSERS)) return true
  const resource = { group: GROUP, resource: plural, subresource: '', namespace, name }
  return authorizer.authorize({ user, verb, path: '', resource }).allowed
}

function confirm(
  resource: Resource,
  name: string,
  granted: readonly PolicyRule[],
  namespace: string,
  { user, authorizer }: StrategyContext,
): void {
  const held = authorizer.rulesFor(user, namespace)
  const missing = granted.flatMap(parts).filter((part) => !held.some((rule) => covers(rule, part)))
  if (missing.length === 0) return
  const lines = [...new Set(compact(missing).map(ruleText))].sort(byBytes)
  const groups = `[${user.groups.map(goQuote).join(' ')}]`
  throw forbidden(
    resource,
    name,
    `user ${goQuote(user.name)} (groups=${groups}) is attempting to grant RBAC permissions not currently held:\n${lines.join('\n')}`,
  )
}

/** A rule as rules of one verb on one thing each. */
function parts({
  verbs,
  apiGroups = [],
  resources = [],
  resourceNames = [],
  nonResourceURLs = [],
}: PolicyRule): readonly PolicyRule[] {
  const paths = nonResourceURLs.flatMap((url) => verbs.map((verb) => ({ verbs: [verb], nonResourceURLs: [url] })))
  const names = resourceNames.length > 0 ? resourceNames.map((name) => ({ resourceNames: [name] })) : [{}]
  const things = apiGroups.flatMap((group) =>
    resources.flatMap((resource) =>
      verbs.flatMap((verb) =>
        names.map((name) => ({ verbs: [verb], apiGroups: [group], resources: [resource], ...name })),
      ),
    ),
  )
  return [...things, ...paths]
}

function covers(rule: PolicyRule, part: PolicyRule): boolean {
  const all = (held: readonly string[] = [], wanted: readonly string[] = []) =>
    held.includes('*') || wanted.every((one) => held.includes(one))
  if (!all(rule.verbs, part.verbs)) return false
  if (part.nonResourceURLs)
    return part.nonResourceURLs.every((url) =>
      (rule.nonResourceURLs ?? []).some(
        (one) => one === url || one === '*' || (one.endsWith('*') && url.startsWith(one.replace(/\*+$/, ''))),
      ),
    )
  if (!all(rule.apiGroups, part.apiGroups)) return false
  const [wanted = ''] = part.resources ?? []
  const subresource = wanted.split('/')[1]
  const resources = rule.resources ?? []
  if (!all(resources, [wanted]) && !(subresource !== undefined && resources.includes(`*/${subresource}`))) return false
  const names = rule.resourceNames ?? []
  return names.length === 0 || ((part.resourceNames?.length ?? 0) > 0 && all(names, part.resourceNames))
}

/** Rules that differ in their verbs alone become one. */
function compact(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  const found: PolicyRule[] = []
  for (const rule of rules) {
    const at = found.findIndex((other) => jsonEqual({ ...other, verbs: [] }, { ...rule, verbs: [] }))
    const same = found[at]
    if (same) found[at] = { ...same, verbs: [...same.verbs, ...rule.verbs] }
    else found.push(rule)
  }
  return found
}

/** `{APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}` */
function ruleText({ apiGroups, resources, nonResourceURLs, resourceNames, verbs }: PolicyRule): string {
  const named: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['APIGroups', apiGroups],
    ['Resources', resources],
    ['NonResourceURLs', nonResourceURLs],
    ['ResourceNames', resourceNames],
    ['Verbs', verbs],
  ]
  const texts = named.flatMap(([name, list]) => (list?.length ? [`${name}:[${list.map(goQuote).join(' ')}]`] : []))
  return `{${texts.join(', ')}}`
}
