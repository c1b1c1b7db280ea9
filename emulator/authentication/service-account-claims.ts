/** What the tokens of ServiceAccounts say (upstream: pkg/serviceaccount/claims.go, legacy.go). */
import type { KubeObject } from '../api/types.ts'
import type { Claims } from './web-token.ts'

export const ISSUER = 'https://kubernetes.default.svc.cluster.local'
/** The issuer of tokens that stand in Secrets. */
export const LEGACY_ISSUER = 'kubernetes/serviceaccount'
/** Within this prefix the legacy claims have their names. */
export const LEGACY = 'kubernetes.io/serviceaccount'

export interface TokenRequestClaims {
  readonly account: KubeObject
  readonly audiences: readonly string[]
  readonly seconds: number
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly id: string
  readonly pod?: KubeObject | undefined
  readonly node?: { readonly name: string; readonly uid?: string } | undefined
  readonly secret?: KubeObject | undefined
  /** Seconds after which use of a long-lived token is warned of: tokens that kubelets project. */
  readonly warnAfter?: number
}

/** A token that ends, names whom it is for, and may be bound to another object's life. */
export function tokenClaims(request: TokenRequestClaims): Claims {
  const { account, audiences, seconds, pod, node, secret, warnAfter } = request
  const now = Math.floor(request.now / 1000)
  const namespace = account.metadata?.namespace ?? ''
  return {
    aud: audiences,
    exp: now + seconds,
    iat: now,
    iss: ISSUER,
    jti: request.id,
    'kubernetes.io': {
      namespace,
      ...(node && { node }),
      ...(pod && { pod: reference(pod) }),
      ...(secret && { secret: reference(secret) }),
      serviceaccount: reference(account),
      ...(warnAfter !== undefined && { warnafter: now + warnAfter }),
    },
    nbf: now,
    sub: subjectOf(account),
  }
}

/** A token without an end, as it stands in a Secret of type kubernetes.io/service-account-token. */
export function legacyClaims(account: KubeObject, secret: KubeObject): Claims {
  return {
    iss: LEGACY_ISSUER,
    [`${LEGACY}/namespace`]: account.metadata?.namespace ?? '',
    [`${LEGACY}/secret.name`]: secret.metadata?.name ?? '',
    [`${LEGACY}/service-account.name`]: account.metadata?.name ?? '',
    [`${LEGACY}/service-account.uid`]: account.metadata?.uid ?? '',
    sub: subjectOf(account),
  }
}

const reference = ({ metadata }: KubeObject) => ({ name: metadata?.name ?? '', uid: metadata?.uid ?? '' })

export const subjectOf = ({ metadata }: KubeObject): string =>
  `system:serviceaccount:${metadata?.namespace ?? ''}:${metadata?.name ?? ''}`
