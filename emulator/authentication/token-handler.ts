/** serviceaccounts/token: a token on request (upstream: pkg/registry/core/serviceaccount/storage/token.go). */
import { timestamp } from '../api/age.ts'
import { decode } from '../api/decode.ts'
import { badRequest, conflict, forbidden, invalid, notFound } from '../api/errors.ts'
import { type FieldError, field } from '../api/field.ts'
import { isRecord } from '../api/json.ts'
import { generateUid } from '../api/operations/metadata.ts'
import { objectKey, type Store } from '../api/store.ts'
import type { SubresourceHandler } from '../api/subresource.ts'
import type { KubeObject } from '../api/types.ts'
import type { AuthenticationV1TokenRequest, BoundObjectReference, Pod, TokenRequestSpec } from '../generated/types.ts'
import type { Random } from '../sim/types.ts'
import { ISSUER, type TokenRequestClaims, tokenClaims } from './service-account-claims.ts'
import type { TokenSigner } from './web-token.ts'

const KIND = { group: 'authentication.k8s.io', kind: 'TokenRequest' }
const HOUR = 3600
const MIN_SECONDS = 600
const MAX_SECONDS = 2 ** 32

type Bound = Pick<TokenRequestClaims, 'pod' | 'node' | 'secret'>

export function createTokenHandler(store: Pick<Store, 'get'>, signer: TokenSigner, random: Random): SubresourceHandler {
  return {
    resource: 'serviceaccounts',
    subresource: 'token',
    methods: ['POST'],
    speaks: { group: KIND.group, version: 'v1', kind: KIND.kind },
    handle({ object: account, body, namespace, name, now }) {
      const { boundObjectRef, expirationSeconds: seconds = HOUR, audiences: asked } = readSpec(body)
      const audiences = asked?.length ? asked : [ISSUER]
      const errors = durationErrors(seconds)
      if (errors.length > 0) throw invalid(KIND, '', errors)
      const bound = boundObjectRef ? boundObject(store, account, boundObjectRef) : {}
      const id = generateUid(random)
      const token = signer.sign(tokenClaims({ account, audiences, seconds, now, id, ...bound }))
      return {
        status: 201,
        body: {
          kind: KIND.kind,
          apiVersion: `${KIND.group}/v1`,
          metadata: { name, namespace, creationTimestamp: timestamp(now) },
          spec: { audiences, expirationSeconds: seconds, boundObjectRef: boundObjectRef ?? null },
          status: { token, expirationTimestamp: timestamp(now + seconds * 1000) },
        },
      }
    },
  }
}

function readSpec(body: unknown): Partial<TokenRequestSpec> {
  if (!isRecord(body)) throw badRequest('a TokenRequest must be sent')
  const decoded = decode('AuthenticationV1TokenRequest', body)
  if (!decoded.ok) throw badRequest(decoded.message)
  return (decoded.value as AuthenticationV1TokenRequest).spec ?? {}
}

function durationErrors(seconds: number): readonly FieldError[] {
  const path = 'spec.expirationSeconds'
  if (seconds < MIN_SECONDS) return [field.invalid(path, seconds, 'may not specify a duration less than 10 minutes')]
  return seconds > MAX_SECONDS
    ? [field.invalid(path, seconds, 'may not specify a duration larger than 2^32 seconds')]
    : []
}

/** The object that the token's life depends on; throws where there is none such. */
function boundObject(store: Pick<Store, 'get'>, account: KubeObject, reference: BoundObjectReference): Bound {
  const { kind, apiVersion, name = '', uid } = reference
  const namespace = account.metadata?.namespace
  const find = (plural: string, key: string): KubeObject => {
    const resource = { group: '', plural }
    const found = store.get(plural, key)
    if (!found) throw notFound(resource, name)
    if (uid && uid !== found.metadata?.uid)
      throw conflict(
        resource,
        name,
        `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`,
      )
    return found
  }
  if (apiVersion === 'v1' && kind === 'Pod') return boundPod(store, account, find('pods', objectKey(namespace, name)))
  if (apiVersion === 'v1' && kind === 'Secret') return { secret: find('secrets', objectKey(namespace, name)) }
  if (apiVersion === 'v1' && kind === 'Node') return { node: nodeReference(find('nodes', name)) }
  throw badRequest(
    `cannot bind token to object of type ${apiVersion === undefined || apiVersion === '' ? '' : apiVersion}, Kind=${kind ?? ''}`,
  )
}

const nodeReference = ({ metadata }: KubeObject) => ({ name: metadata?.name ?? '', uid: metadata?.uid ?? '' })

function boundPod(store: Pick<Store, 'get'>, account: KubeObject, pod: Pod): Bound {
  const name = account.metadata?.name ?? ''
  const own = pod.spec?.serviceAccountName ?? ''
  if (own !== name)
    throw forbidden(
      { group: '', plural: 'serviceaccounts' },
      name,
      `cannot bind token for serviceaccount ${JSON.stringify(name)} to pod running with different serviceaccount name.`,
    )
  const node = pod.spec?.nodeName ? store.get('nodes', pod.spec.nodeName) : undefined
  return { pod, ...(node && { node: nodeReference(node) }) }
}
