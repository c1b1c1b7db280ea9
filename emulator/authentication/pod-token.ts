/** The token that a kubelet projects into a Pod (upstream: kubelet/token, admission/serviceaccount's volume). */
import { sha256 } from '../api/sha256.ts'
import { objectKey, type Store } from '../api/store.ts'
import type { Pod, ServiceAccountTokenProjection } from '../generated/types.ts'
import type { Clock } from '../sim/types.ts'
import { ISSUER, tokenClaims } from './service-account-claims.ts'
import type { TokenSigner } from './web-token.ts'

/** Tokens for the API server last a year, whatever was asked for; use after this many seconds is only noted. */
const EXTENDED_SECONDS = 31_536_000
const PROJECTED_SECONDS = 3607
/** A token is renewed once a day at least. */
const LONGEST_MS = 86_400_000

/** A Pod's token for one projection; '' while its account is missing. The same until it has to be renewed. */
export type PodToken = (pod: Pod, projection: ServiceAccountTokenProjection) => string

export function createPodToken(store: Pick<Store, 'get'>, signer: TokenSigner, clock: Pick<Clock, 'now'>): PodToken {
  return (pod, { audience, expirationSeconds = 3600 }) => {
    const { namespace, uid = '', creationTimestamp } = pod.metadata ?? {}
    const account = store.get('serviceaccounts', objectKey(namespace, pod.spec?.serviceAccountName ?? 'default'))
    if (!account) return ''
    const extended = !audience && expirationSeconds === PROJECTED_SECONDS
    const seconds = extended ? EXTENDED_SECONDS : expirationSeconds
    const node = pod.spec?.nodeName ? store.get('nodes', pod.spec.nodeName) : undefined
    const first = Date.parse(creationTimestamp ?? '') || clock.now()
    const issued = lastIssue(first, renewedEvery(expirationSeconds), clock.now())
    const claims = tokenClaims({
      account,
      audiences: [audience || ISSUER],
      seconds,
      now: issued,
      id: idOf(`${uid} ${audience ?? ''} ${issued}`),
      pod,
      node: node && { name: node.metadata?.name ?? '', uid: node.metadata?.uid ?? '' },
      ...(extended && { warnAfter: PROJECTED_SECONDS }),
    })
    return signer.sign(claims)
  }
}

/** Kubelets renew a token when four fifths of the time that was asked for are over (kubelet/token/token_manager.go). */
export function renewedEvery(expirationSeconds = 3600): number {
  return Math.min(expirationSeconds * 800, LONGEST_MS)
}

const lastIssue = (first: number, every: number, now: number): number =>
  now <= first ? first : first + Math.floor((now - first) / every) * every

/** A UUID that follows from a text. */
function idOf(text: string): string {
  const hex = sha256(text)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
