import type { AdmissionPlugin, AdmissionRequest } from '../api/admission.ts'
import { decodeBase64 } from '../api/base64.ts'
import { internalError, StatusError } from '../api/errors.ts'
import { isRecord } from '../api/json.ts'
import { chainProblem, isNamed } from '../authentication/verify.ts'
import { readCertificates } from '../authentication/x509.ts'
import type { RuleWithOperations, Service, ValidatingWebhook } from '../generated/types.ts'
import { service as serviceKind } from '../kinds/service.ts'
import { validatingWebhookConfiguration as configurationKind } from '../kinds/validating-webhook-configuration.ts'
import type { Exchange, Network, Place } from '../network/types.ts'

/**
 * Asks the Services behind ValidatingWebhookConfigurations about a write, over the network, as any client reaches them
 * (upstream: apiserver/pkg/admission/plugin/webhook/validating/dispatcher.go). Selectors of namespaces and objects and
 * match conditions are not looked at.
 */
export function validatingWebhooks(network: () => Network, host: Place): AdmissionPlugin {
  return {
    name: 'ValidatingAdmissionWebhook',
    validate(request) {
      for (const { webhooks = [] } of request.objects.list(configurationKind))
        for (const webhook of webhooks) if (concerns(webhook, request)) call(webhook, request, network(), host)
    },
  }
}

function concerns(
  { rules = [] }: ValidatingWebhook,
  { kind, operation, subresource, namespace }: AdmissionRequest,
): boolean {
  if (kind.group === configurationKind.group) return false
  const resource = subresource === undefined ? kind.plural : `${kind.plural}/${subresource}`
  const has = (list: readonly string[] | undefined, value: string): boolean =>
    list?.some((one) => one === '*' || one === value) === true
  return rules.some(
    (rule: RuleWithOperations) =>
      has(rule.apiGroups, kind.group) &&
      has(rule.apiVersions, kind.version) &&
      has(rule.operations, operation) &&
      (rule.resources?.includes('*/*') === true || has(rule.resources, resource)) &&
      (rule.scope === undefined || rule.scope === '*' || (rule.scope === 'Namespaced') === (namespace !== undefined)),
  )
}

function call(webhook: ValidatingWebhook, request: AdmissionRequest, network: Network, host: Place): void {
  const result = ask(webhook, request, network, host)
  if ('failure' in result) {
    if (webhook.failurePolicy === 'Ignore') return
    throw internalError(
      `failed calling webhook ${JSON.stringify(webhook.name)}: failed to call webhook: ${result.failure}`,
    )
  }
  for (const warning of result.warnings) request.warn(warning)
  if (result.allowed) return
  const { code = 403, reason, message = '' } = result.status
  const why = message === '' ? 'without explanation' : `denied the request: ${message}`
  throw new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: `admission webhook ${JSON.stringify(webhook.name)} ${message === '' ? `denied the request ${why}` : why}`,
    reason: reason ?? 'Forbidden',
    code,
  })
}

type Answer =
  | {
      readonly allowed: boolean
      readonly warnings: readonly string[]
      readonly status: { readonly code?: number; readonly reason?: string; readonly message?: string }
    }
  | { readonly failure: string }

function ask(webhook: ValidatingWebhook, request: AdmissionRequest, network: Network, host: Place): Answer {
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
    accepts(certificate) {
      distrust = distrustOf(certificate, decodeBase64(clientConfig.caBundle ?? '') ?? '', name, request.now)
      return distrust === undefined
    },
  })
  if (distrust !== undefined) return { failure: `${post}: tls: failed to verify certificate: x509: ${distrust}` }
  return answerOf(exchange, post, service, to?.port ?? 443)
}

function review({ kind, operation, namespace, name, object, old, user, dryRun }: AdmissionRequest): object {
  const { group, version } = kind
  return {
    kind: 'AdmissionReview',
    apiVersion: 'admission.k8s.io/v1',
    request: {
      uid: object?.metadata?.uid ?? '',
      kind: { group, version, kind: kind.kind },
      resource: { group, version, resource: kind.plural },
      name,
      ...(namespace !== undefined && { namespace }),
      operation,
      userInfo: { username: user.name, groups: user.groups },
      object: object ?? null,
      oldObject: old ?? null,
      dryRun,
    },
  }
}

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
    const { allowed, warnings, status } = given.response
    const { code, reason, message } = isRecord(status) ? status : {}
    return {
      allowed: allowed === true,
      warnings: Array.isArray(warnings) ? warnings.map(String) : [],
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
