/** RBAC over the roles and bindings in the store (upstream: plugin/pkg/auth/authorizer/rbac, registry/rbac/validation). */
import type { AccessDecision, Authorizer } from '../api/authorizer.ts'
import { alwaysAllow } from '../api/authorizer.ts'
import type { Store } from '../api/store.ts'
import type { UserInfo } from '../api/types.ts'
import type { ClusterRole, ClusterRoleBinding, PolicyRule, RbacV1Subject, RoleBinding } from '../generated/types.ts'
import { ruleAllows } from './rules.ts'

const GROUP = 'rbac.authorization.k8s.io'
/** Members pass without a look at any role. */
const SUPERUSERS = 'system:masters'

type Binding = ClusterRoleBinding | RoleBinding
type Found = { readonly rules: readonly PolicyRule[] } | { readonly missing: string }

export function createRbacAuthorizer(store: Pick<Store, 'get' | 'list'>): Authorizer {
  const roleRules = (binding: Binding, namespace: string): Found => {
    const { kind, name } = binding.roleRef
    const [resource, key] = kind === 'Role' ? ['roles', `${namespace}/${name}`] : ['clusterroles', name]
    const role = store.get(`${resource}.${GROUP}`, key) as ClusterRole | undefined
    return role ? { rules: role.rules ?? [] } : { missing: `${kind.toLowerCase()}.${GROUP} "${name}" not found` }
  }
  function* bound(user: UserInfo, namespace: string): Generator<Found> {
    for (const binding of store.list(`clusterrolebindings.${GROUP}`) as readonly ClusterRoleBinding[])
      if (appliesTo(binding, user, '')) yield roleRules(binding, '')
    if (namespace === '') return
    for (const binding of store.list(`rolebindings.${GROUP}`, namespace) as readonly RoleBinding[])
      if (appliesTo(binding, user, namespace)) yield roleRules(binding, namespace)
  }
  return {
    authorize(attributes): AccessDecision {
      const { user, resource } = attributes
      if (user.groups.includes(SUPERUSERS)) return { allowed: true, reason: '' }
      const missing: string[] = []
      for (const found of bound(user, resource?.namespace ?? '')) {
        if ('missing' in found) missing.push(found.missing)
        else if (found.rules.some((rule) => ruleAllows(rule, attributes))) return { allowed: true, reason: '' }
      }
      return { allowed: false, reason: missing.length === 0 ? '' : `RBAC: ${joined(missing)}` }
    },
    rulesFor(user, namespace) {
      if (user.groups.includes(SUPERUSERS)) return alwaysAllow.rulesFor(user, namespace)
      return [...bound(user, namespace)].flatMap((found) => ('rules' in found ? found.rules : []))
    },
  }
}

const joined = (texts: readonly string[]): string =>
  texts.length === 1 ? (texts[0] ?? '') : `[${[...new Set(texts)].join(', ')}]`

function appliesTo({ subjects = [] }: Binding, user: UserInfo, namespace: string): boolean {
  return subjects.some((subject) => isUser(subject, user, namespace))
}

function isUser(subject: RbacV1Subject, user: UserInfo, namespace: string): boolean {
  if (subject.kind === 'User') return subject.name === user.name
  if (subject.kind === 'Group') return user.groups.includes(subject.name)
  const home = subject.namespace || namespace
  return (
    subject.kind === 'ServiceAccount' && home !== '' && user.name === `system:serviceaccount:${home}:${subject.name}`
  )
}
