import type { Authorizer } from '../api/authorizer.ts'
import type { Store } from '../api/store.ts'
import { createNodeAuthorizer } from './node.ts'
import { createRbacAuthorizer } from './rbac.ts'

/** `--authorization-mode=Node,RBAC`: the first that allows decides, and all say why not (upstream: apiserver/pkg/authorization/union). */
export function createAuthorizer(store: Pick<Store, 'get' | 'list'>): Authorizer {
  const [node, rbac] = [createNodeAuthorizer(store), createRbacAuthorizer(store)]
  return {
    authorize(attributes) {
      const first = node.authorize(attributes)
      if (first.allowed) return first
      const second = rbac.authorize(attributes)
      if (second.allowed || first.reason === '') return second
      return { allowed: false, reason: [first.reason, second.reason].filter((reason) => reason !== '').join('\n') }
    },
    rulesFor: (user, namespace) => rbac.rulesFor(user, namespace),
  }
}
