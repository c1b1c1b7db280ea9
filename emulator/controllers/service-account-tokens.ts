import { encodeBase64 } from '../api/base64.ts'
import { legacyClaims } from '../authentication/service-account-claims.ts'
import type { TokenSigner } from '../authentication/web-token.ts'
import type { Secret } from '../generated/types.ts'
import { secret as secretKind } from '../kinds/secret.ts'
import { serviceAccount as serviceAccountKind } from '../kinds/service-account.ts'
import { type ControllerDefinition, defineController } from './controller.ts'
import { annotationsOf, isDeleting, keyOf, nameOf, namespaceOf, uidOf } from './metadata.ts'

const TOKEN_TYPE = 'kubernetes.io/service-account-token'
const ACCOUNT_NAME = 'kubernetes.io/service-account.name'
const ACCOUNT_UID = 'kubernetes.io/service-account.uid'

/** Fills Secrets that ask for an account's token, and takes those away whose account is gone (upstream: pkg/controller/serviceaccount/tokens_controller.go). */
export function createServiceAccountTokensController(signer: TokenSigner, certificate: string): ControllerDefinition {
  return defineController({
    name: 'serviceaccount-token-controller',
    for: secretKind,
    watches: [
      {
        kind: serviceAccountKind,
        keys: (account, { objects }) =>
          objects
            .list(secretKind, { namespace: namespaceOf(account) })
            .filter((secret) => isTokenOf(secret, nameOf(account)))
            .map(keyOf),
      },
    ],
    delayMs: [10, 40],
    reconcile(key, { objects }) {
      const secret = objects.get(secretKind, key.namespace, key.name)
      if (!secret || secret.type !== TOKEN_TYPE || isDeleting(secret)) return undefined
      const account = objects.get(serviceAccountKind, key.namespace, annotationsOf(secret)[ACCOUNT_NAME] ?? '')
      const uid = annotationsOf(secret)[ACCOUNT_UID]
      if (!account || (uid !== undefined && uid !== uidOf(account))) {
        objects.delete(secretKind, key.namespace, key.name)
        return undefined
      }
      const filled = withToken(secret, uidOf(account), () => signer.sign(legacyClaims(account, secret)), certificate)
      if (filled !== secret) objects.update(secretKind, filled)
      return undefined
    },
  })
}

const isTokenOf = (secret: Secret, account: string): boolean =>
  secret.type === TOKEN_TYPE && annotationsOf(secret)[ACCOUNT_NAME] === account

/** The Secret with everything it lacks; itself if it lacks nothing. */
function withToken(secret: Secret, uid: string, token: () => string, certificate: string): Secret {
  const { data = {} } = secret
  const authority = encodeBase64(certificate)
  const whole = data.token && data.namespace && data['ca.crt'] === authority
  if (whole && annotationsOf(secret)[ACCOUNT_UID] === uid) return secret
  return {
    ...secret,
    metadata: { ...secret.metadata, annotations: { ...annotationsOf(secret), [ACCOUNT_UID]: uid } },
    data: {
      ...data,
      'ca.crt': authority,
      namespace: data.namespace || encodeBase64(namespaceOf(secret)),
      token: data.token || encodeBase64(token()),
    },
  }
}
