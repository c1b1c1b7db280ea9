import { decode } from '../api/decode.ts'
import { isRecord } from '../api/json.ts'
import { annotationsOf, nameOf, namespaceOf } from '../controllers/metadata.ts'
import type { Ingress } from '../generated/types.ts'
import { ingress as ingressKind } from '../kinds/ingress.ts'
import type { Configuration } from './configuration.ts'
import { type ControllerFlags, isAtLeast } from './flags.ts'
import { pathPattern } from './patterns.ts'
import { invalidAnnotation } from './validators.ts'

/** An AdmissionReview of an Ingress, undefined for a body that is none, answered as the controller's webhook does (ingress-nginx: internal/admission/controller). */
export function reviewIngress(
  body: string,
  configuration: Configuration | undefined,
  flags: ControllerFlags,
): object | undefined {
  const request = requestOf(body)
  if (request === undefined) return undefined
  const uid = typeof request.uid === 'string' ? request.uid : ''
  const object = ingressOf(request.object)
  const warnings: string[] = []
  const problem = object && isMine(object, flags) ? problemOf(object, configuration, flags, warnings) : undefined
  const response = {
    uid,
    allowed: problem === undefined,
    ...(problem !== undefined && { status: { code: 400, reason: 'BadRequest', message: problem } }),
    ...(warnings.length > 0 && { warnings }),
  }
  return { kind: 'AdmissionReview', apiVersion: 'admission.k8s.io/v1', response }
}

/** Anybody may ask, not only the API server. */
function requestOf(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const review: unknown = JSON.parse(body)
    return isRecord(review) && isRecord(review.request) ? review.request : undefined
  } catch {
    return undefined
  }
}

function ingressOf(object: unknown): Ingress | undefined {
  const decoded = decode(ingressKind.schema, object)
  return decoded.ok ? (decoded.value as Ingress) : undefined
}

function isMine(ingress: Ingress, flags: ControllerFlags): boolean {
  const annotated = annotationsOf(ingress)['kubernetes.io/ingress.class']
  return annotated === undefined || annotated === flags.className
}

function problemOf(
  ingress: Ingress,
  configuration: Configuration | undefined,
  flags: ControllerFlags,
  warnings: string[],
): string | undefined {
  const annotations = annotationsOf(ingress)
  const snippet = Object.keys(annotations).find((key) => key.startsWith(`${flags.prefix}/`) && key.endsWith('-snippet'))
  const { snippets = false, riskLevel = 'High' } = configuration?.admits ?? {}
  if (snippet !== undefined && !snippets)
    return `${snippet} annotation cannot be used. Snippet directives are disabled by the Ingress administrator`
  if (snippet !== undefined && riskLevel !== 'Critical' && isAtLeast(flags.version, 12))
    return `annotation group ${groupOf(snippet)} contains risky annotation based on ingress configuration`
  const odd = isAtLeast(flags.version, 12) ? invalidAnnotation(annotations, flags.prefix) : undefined
  if (odd !== undefined) return `annotation ${odd} contains invalid value`
  const paths = (ingress.spec?.rules ?? []).flatMap(({ host, http }) =>
    (http?.paths ?? []).map(({ path, pathType }) => ({ host: host || '_', path: path || '/', pathType })),
  )
  const unfit = paths.filter(({ path, pathType }) => pathType !== 'ImplementationSpecific' && !PLAIN_PATH.test(path))
  const complaints = unfit.map(({ path, pathType }) => `path ${path} cannot be used with pathType ${pathType}`)
  if (complaints.length > 0 && isAtLeast(flags.version, 12))
    return `ingress contains invalid paths: ${complaints.join('\n')}`
  warnings.push(...complaints)
  const broken = paths.find(({ path, pathType }) => pathType === 'ImplementationSpecific' && !pathPattern(path, true))
  if (broken) return regexComplaint(broken.path)
  if (annotationsOf(ingress)[`${flags.prefix}/canary`] === 'true') return undefined
  return clash(ingress, paths, configuration)
}

/** `…/configuration-snippet` belongs to the group ConfigurationSnippet. */
const groupOf = (annotation: string): string =>
  annotation.slice(annotation.indexOf('/') + 1).replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())

const PLAIN_PATH = /^\/[A-Za-z0-9\-._~/]*$/

const regexComplaint = (path: string): string =>
  `\n${'-'.repeat(79)}\nError: exit status 1\nnginx: [emerg] pcre2_compile() failed: invalid pattern in "^${path}"\nnginx: configuration file /tmp/nginx/nginx-cfg test failed\n\n${'-'.repeat(79)}\n`

/** Two Ingresses may not claim the same host and path, whatever its type (controller.go, checkOverlap). */
function clash(
  ingress: Ingress,
  paths: readonly { readonly host: string; readonly path: string }[],
  configuration: Configuration | undefined,
): string | undefined {
  const key = `${namespaceOf(ingress)}/${nameOf(ingress)}`
  for (const { host, path } of paths) {
    const server = configuration?.servers.find((one) => one.host === host.toLowerCase())
    const there = server?.claims.find((one) => one.path === path && one.ingress !== key)
    if (there) return `host "${host}" and path "${path}" is already defined in ingress ${there.ingress}`
  }
  return undefined
}
