/** Who may do what: the question every request asks, and who answers it. */
import type { PolicyRule } from '../generated/types.ts'
import type { UserInfo } from './types.ts'

/** What a request wants to do (upstream: apiserver/pkg/authorization/authorizer Attributes). */
export interface AccessAttributes {
  readonly user: UserInfo
  readonly verb: string
  /** Absent for a path that names no resource. */
  readonly resource?: ResourceAccess
  readonly path: string
  /** The field selector of a list or watch: a node may ask for its own Pods. */
  readonly fields?: string
}

export interface ResourceAccess {
  readonly group: string
  readonly resource: string
  readonly subresource: string
  /** Empty for the whole cluster. */
  readonly namespace: string
  readonly name: string
}

export interface AccessDecision {
  readonly allowed: boolean
  readonly reason: string
}

export interface Authorizer {
  authorize(attributes: AccessAttributes): AccessDecision
  /** Everything that `user` may do in `namespace`. */
  rulesFor(user: UserInfo, namespace: string): readonly PolicyRule[]
}

const EVERYTHING: readonly PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
]

/** An API server without authorization (upstream: --authorization-mode=AlwaysAllow). */
export const alwaysAllow: Authorizer = {
  authorize: () => ({ allowed: true, reason: '' }),
  rulesFor: () => EVERYTHING,
}
