/** Who is who in one cluster: its tokens, signed and read. */
import type { Authenticate } from '../api/access.ts'
import type { Store } from '../api/store.ts'
import type { SubresourceHandler } from '../api/subresource.ts'
import type { UserInfo } from '../api/types.ts'
import type { Clock, Random } from '../sim/types.ts'
import { type Certified, holdsAt, readCertified } from './certificate.ts'
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
  const authenticateCertificate = createCertificateAuthenticator(secrets.authority, clock)
  return {
    signer,
    authenticateToken,
    authenticate: ({ token, certificate, audiences }) =>
      (certificate === undefined ? undefined : authenticateCertificate(certificate)) ??
      (token === undefined ? undefined : authenticateToken(token, audiences)),
    podToken: createPodToken(store, signer, clock),
    subresources: [createTokenHandler(store, signer, random.fork('tokens'))],
  }
}

/** As many certificates as are in use at once, and a few. */
const MOST_REMEMBERED = 16

/**
 * A certificate's common name is the user, its organisations are the groups (upstream: authentication/request/x509).
 * What a certificate says is remembered, as a connection would, since every request shows it again.
 */
function createCertificateAuthenticator(authority: string, clock: Pick<Clock, 'now'>) {
  const remembered = new Map<string, Certified>()
  return (certificate: string): UserInfo | undefined => {
    const certified = remembered.get(certificate) ?? readCertified(authority, certificate)
    if (!certified) return undefined
    if (remembered.size >= MOST_REMEMBERED) remembered.clear()
    remembered.set(certificate, certified)
    return holdsAt(certified, clock.now()) ? userOf(certified) : undefined
  }
}

const userOf = ({ name, organizations, fingerprint }: Certified): UserInfo => ({
  name,
  groups: [...organizations, 'system:authenticated'],
  extra: { 'authentication.kubernetes.io/credential-id': [`X509SHA256=${fingerprint}`] },
})
