/** One webhook: whether it is asked, how, and what its answer means (upstream: apiserver/pkg/admission/plugin/webhook). */
import type { AdmissionRequest } from '../api/admission.ts'
import { decodeBase64 } from '../api/base64.ts'
import { forbidden, internalError, StatusError } from '../api/errors.ts'
import { isRecord } from '../api/json.ts'
import { chainProblem, isNamed } from '../authentication/verify.ts'
import { readCertificates } from '../authentication/x509.ts'
import type { MutatingWebhook, Service, ValidatingWebhook } from '../generated/types.ts'
import { service as serviceKind } from '../kinds/service.ts'
import { validatingWebhookConfiguration as configurationKind } from '../kinds/validating-webhook-configuration.ts'
import type { Exchange, Network, Place } from '../network/types.ts'
import { activationOf, conditionsMet, requestOf } from './evaluation.ts'
import { ruleMatches, selectorsMatch } from './matching.ts'

export type Webhook = ValidatingWebhook | MutatingWebhook

/** From where webhooks are asked. */
export interface Caller {
  readonly network: () => Pick<Network, 'fetch'>
  readonly host: Place
}

/** Is the webhook about this request? Webhooks are not asked about webhooks and policies. */
export function concerns(webhook: Webhook, request: AdmissionRequest): boolean {
  if (request.kind.group === configurationKind.group) return false
  if (!(webhook.rules ?? []).some((rule) => ruleMatches(rule, request)) || !selectorsMatch(webhook, request))
    return false
  const met = conditionsMet(webhook.matchConditions, () => activationOf(request))
  if (!('error' in met)) return met.met
  if (webhook.failurePolicy === 'Ignore') return false
  throw forbidden(request.kind, request.name, met.error)
}

/** Asks, and throws if the answer is no, or if there is none and there must be one; `undefined` if there need not be one. */
export function consult(
  webhook: Webhook,
  request: AdmissionRequest,
  { network, host }: Caller,
): Exclude<Answer, { failure: string }> | undefined {
  const result = ask(webhook, request, network(), host)
  if ('failure' in result) {
    if (webhook.failurePolicy === 'Ignore') return undefined
    const name = JSON.stringify(webhook.name)
    throw internalError(`failed calling webhook ${name}: failed to call webhook: ${result.failure}`)
  }
  for (const warning of result.warnings) request.warn(warning)
  if (result.allowed) return result
  const { code = 403, reason, message = '' } = result.status
  const why = message === '' ? 'denied the request without explanation' : `denied the request: ${message}`
  throw new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: `admission webhook ${JSON.stringify(webhook.name)} ${why}`,
    reason: reason ?? 'Forbidden',
    code,
  })
}

/** What a webhook said, or why it said nothing. */
export type Answer =
  | {
      readonly allowed: boolean
      readonly warnings: readonly string[]
      readonly status: { readonly code?: number; readonly reason?: string; readonly message?: string }
      /** Operations of a JSON patch. */
      readonly patch?: unknown
    }
  | { readonly failure: string }

function ask(webhook: Webhook, request: AdmissionRequest, network: Pick<Network, 'fetch'>, host: Place): Answer {
  const { clientConfig, timeoutSeconds = 10 } = webhook
  const to = clientConfig.service
  const base = to
    ? `https://${to.name}.${to.namespace}.svc:${to.port ?? 443}${to.path ?? ''}`
    : (clientConfig.url ?? '')
  const url = `${base}?timeout=${timeoutSeconds}s`
  const post = `Post "${url}"`
  const service = to && request.objects.get(serviceKind, to.namespace, to.name)
  if (to && service === undefined) return { failure: `${post}: service "${to.name}" not found` }
  const name = to ? `${to.name}.${to.namespace}.svc` : ''
  let distrust: string | undefined
  const exchange = network.fetch(host, url, {
    method: 'POST',
    headers: [['Content-Type', 'application/json']],
    body: JSON.stringify(review(request)),
    ...(to && service && { resolve: { [`${name}:${to.port ?? 443}`]: service.spec?.clusterIP ?? '' } }),
    distrusts(certificate) {
      distrust = distrustOf(certificate, decodeBase64(clientConfig.caBundle ?? '') ?? '', name, request.now)
      return distrust
    },
  })
  if (distrust !== undefined) return { failure: `${post}: tls: failed to verify certificate: x509: ${distrust}` }
  return answerOf(exchange, post, service, to?.port ?? 443)
}

const review = (request: AdmissionRequest): object => ({
  kind: 'AdmissionReview',
  apiVersion: 'admission.k8s.io/v1',
  request: { ...requestOf(request), object: request.object ?? null, oldObject: request.old ?? null },
})

/** In Go's words (crypto/x509/verify.go). */
function distrustOf(certificate: string, authorities: string, name: string, now: number): string | undefined {
  const chain = readCertificates(certificate)
  const problem = chainProblem(chain, readCertificates(authorities), now)
  if (problem?.includes('expired')) return 'certificate has expired or is not yet valid'
  if (problem !== undefined) return 'certificate signed by unknown authority'
  const [leaf] = chain
  return leaf === undefined || isNamed(leaf, name)
    ? undefined
    : `certificate is valid for ${leaf.names.join(', ')}, not ${name}`
}

function answerOf(
  { outcome, response, tlsFailed }: Exchange,
  post: string,
  service: Service | undefined,
  port: number,
): Answer {
  const address = `${service?.spec?.clusterIP ?? ''}:${port}`
  if (outcome === 'refused') return { failure: `${post}: dial tcp ${address}: connect: connection refused` }
  if (outcome === 'unresolved') return { failure: `${post}: dial tcp: lookup failed: no such host` }
  if (outcome === 'unreachable') return { failure: `${post}: dial tcp ${address}: connect: no route to host` }
  if (outcome === 'timed-out') return { failure: `${post}: context deadline exceeded` }
  if (tlsFailed) return { failure: `${post}: tls: first record does not look like a TLS handshake` }
  if (response === undefined) return { failure: `${post}: EOF` }
  if (response.status !== 200) return { failure: 'the server could not find the requested resource' }
  return (
    readAnswer(response.body) ?? {
      failure: 'expected webhook response of kind admission.k8s.io/v1, Kind=AdmissionReview',
    }
  )
}

function readAnswer(body: string): Answer | undefined {
  try {
    const given: unknown = JSON.parse(body)
    if (!isRecord(given) || !isRecord(given.response)) return undefined
    const { allowed, warnings, status, patch } = given.response
    const { code, reason, message } = isRecord(status) ? status : {}
    return {
      allowed: allowed === true,
      warnings: Array.isArray(warnings) ? warnings.map(String) : [],
      ...(typeof patch === 'string' && patch !== '' && { patch: JSON.parse(decodeBase64(patch) ?? 'null') as unknown }),
      status: {
        ...(typeof code === 'number' && { code }),
        ...(typeof reason === 'string' && { reason }),
        ...(typeof message === 'string' && { message }),
      },
    }
  } catch {
    return undefined
  }
}
