/** Who is who in one cluster: its tokens, signed and read. */
import type { Authenticate } from '../api/access.ts'
import type { Store } from '../api/store.ts'
import type { SubresourceHandler } from '../api/subresource.ts'
import type { UserInfo } from '../api/types.ts'
import type { Clock, Random } from '../sim/types.ts'
import { certifiedSubject } from './certificate.ts'
import { createPodToken, type PodToken } from './pod-token.ts'
import { createTokenAuthenticator, type TokenAuthenticator } from './token-authenticator.ts'
import { createTokenHandler } from './token-handler.ts'
import { createTokenSigner, type TokenSigner } from './web-token.ts'

export interface Authentication {
  readonly signer: TokenSigner
  readonly authenticate: Authenticate
  readonly authenticateToken: TokenAuthenticator
  readonly podToken: PodToken
  readonly subresources: readonly SubresourceHandler[]
}

export interface Secrets {
  /** Signs tokens. */
  readonly tokens: string
  /** Signs certificates. */
  readonly authority: string
}

export function createAuthentication(
  store: Pick<Store, 'get'>,
  clock: Pick<Clock, 'now'>,
  random: Random,
  secrets: Secrets,
): Authentication {
  const signer = createTokenSigner(secrets.tokens)
  const authenticateToken = createTokenAuthenticator(store, signer, clock)
  return {
    signer,
    authenticateToken,
    authenticate: ({ token, certificate, audiences }) =>
      (certificate === undefined ? undefined : certified(secrets.authority, certificate, clock.now())) ??
      (token === undefined ? undefined : authenticateToken(token, audiences)),
    podToken: createPodToken(store, signer, clock),
    subresources: [createTokenHandler(store, signer, random.fork('tokens'))],
  }
}

/** A certificate's common name is the user, its organisations are the groups (upstream: authentication/request/x509). */
function certified(authority: string, certificate: string, now: number): UserInfo | undefined {
  const subject = certifiedSubject(authority, certificate, now)
  return (
    subject && {
      name: subject.name,
      groups: [...subject.organizations, 'system:authenticated'],
      extra: { 'authentication.kubernetes.io/credential-id': [`X509SHA256=${subject.fingerprint}`] },
    }
  )
}
