/** Bearer tokens into users (upstream: pkg/serviceaccount/jwt.go, claims.go; authenticator/token). */
import { isRecord } from '../api/json.ts'
import { objectKey, type Store } from '../api/store.ts'
import type { KubeObject, UserInfo } from '../api/types.ts'
import type { Clock } from '../sim/types.ts'
import { ISSUER, LEGACY, LEGACY_ISSUER } from './service-account-claims.ts'
import type { Claims, TokenSigner } from './web-token.ts'

/** Whom a token stands for, if it is good for one of `audiences` (default: the API server itself). */
export type TokenAuthenticator = (token: string, audiences?: readonly string[]) => UserInfo | undefined

const EXTRA = 'authentication.kubernetes.io'

/** Tokens of accounts and bound objects that are gone are as bad as forged ones. */
export function createTokenAuthenticator(
  store: Pick<Store, 'get'>,
  signer: TokenSigner,
  clock: Pick<Clock, 'now'>,
): TokenAuthenticator {
  return (token, audiences = [ISSUER]) => {
    const claims = signer.read(token)
    if (!claims) return undefined
    return claims.iss === LEGACY_ISSUER ? legacyUser(store, claims) : boundUser(store, claims, clock.now(), audiences)
  }
}

function boundUser(
  store: Pick<Store, 'get'>,
  claims: Claims,
  now: number,
  audiences: readonly string[],
): UserInfo | undefined {
  const { aud, exp, iss, jti } = claims
  const own = isRecord(claims['kubernetes.io']) ? claims['kubernetes.io'] : {}
  const namespace = String(own.namespace)
  if (iss !== ISSUER || typeof exp !== 'number' || exp * 1000 <= now) return undefined
  if (!Array.isArray(aud) || !aud.some((one) => audiences.includes(String(one)))) return undefined
  const account = named(own.serviceaccount)
  if (!account || !stands(store.get('serviceaccounts', objectKey(namespace, account.name)), account)) return undefined
  const [pod, secret, node] = [named(own.pod), named(own.secret), named(own.node)]
  if (pod && !stands(store.get('pods', objectKey(namespace, pod.name)), pod)) return undefined
  if (secret && !stands(store.get('secrets', objectKey(namespace, secret.name)), secret)) return undefined
  if (node && !pod && !stands(store.get('nodes', node.name), node)) return undefined
  return userOf(namespace, account, {
    [`${EXTRA}/credential-id`]: [`JTI=${String(jti)}`],
    ...(node && { [`${EXTRA}/node-name`]: [node.name], [`${EXTRA}/node-uid`]: [node.uid] }),
    ...(pod && { [`${EXTRA}/pod-name`]: [pod.name], [`${EXTRA}/pod-uid`]: [pod.uid] }),
  })
}

function legacyUser(store: Pick<Store, 'get'>, claims: Claims): UserInfo | undefined {
  const claim = (name: string): string => String(claims[`${LEGACY}/${name}`])
  const namespace = claim('namespace')
  const account = { name: claim('service-account.name'), uid: claim('service-account.uid') }
  if (!stands(store.get('serviceaccounts', objectKey(namespace, account.name)), account)) return undefined
  return store.get('secrets', objectKey(namespace, claim('secret.name'))) && userOf(namespace, account)
}

interface Named {
  readonly name: string
  readonly uid: string
}

function named(value: unknown): Named | undefined {
  return isRecord(value) && typeof value.name === 'string' ? { name: value.name, uid: String(value.uid) } : undefined
}

const stands = (object: KubeObject | undefined, { uid }: Named): boolean =>
  object?.metadata?.uid === uid && object.metadata.deletionTimestamp === undefined

const userOf = (namespace: string, { name, uid }: Named, extra?: UserInfo['extra']): UserInfo => ({
  name: `system:serviceaccount:${namespace}:${name}`,
  uid,
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  ...(extra && { extra }),
})
