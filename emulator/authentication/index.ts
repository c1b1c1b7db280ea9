/** Who is who in one cluster: its tokens, signed and read. */
import type { Store } from '../api/store.ts'
import type { SubresourceHandler } from '../api/subresource.ts'
import type { Clock, Random } from '../sim/types.ts'
import { createPodToken, type PodToken } from './pod-token.ts'
import { createTokenAuthenticator, type TokenAuthenticator } from './token-authenticator.ts'
import { createTokenHandler } from './token-handler.ts'
import { createTokenSigner, type TokenSigner } from './web-token.ts'

export interface Authentication {
  readonly signer: TokenSigner
  readonly authenticate: TokenAuthenticator
  readonly podToken: PodToken
  readonly subresources: readonly SubresourceHandler[]
}

/** `secret` names the cluster; whoever has it could sign. */
export function createAuthentication(
  store: Pick<Store, 'get'>,
  clock: Pick<Clock, 'now'>,
  random: Random,
  secret: string,
): Authentication {
  const signer = createTokenSigner(secret)
  return {
    signer,
    authenticate: createTokenAuthenticator(store, signer, clock),
    podToken: createPodToken(store, signer, clock),
    subresources: [createTokenHandler(store, signer, random.fork('tokens'))],
  }
}
