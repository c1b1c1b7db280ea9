import { namespaceOf } from '../controllers/metadata.ts'
import type { Secret } from '../generated/types.ts'
import { certificateOf } from '../ingress-nginx/certificates.ts'
import { no, type Said, yes } from './conditions.ts'
import { isGranted } from './grants.ts'
import { overlap } from './hostnames.ts'
import { type Gateway, GROUP, type Listener, type ReferenceGrant, type RouteKind } from './objects.ts'

/** A listener and what the controller thinks of it (nginx-gateway-fabric: state/graph/gateway_listener.go). */
export interface JudgedListener {
  readonly listener: Listener
  readonly conditions: readonly Said[]
  readonly supportedKinds: readonly RouteKind[]
  readonly valid: boolean
  /** May routes attach? An invalid listener can still take them. */
  readonly attachable: boolean
  /** PEM, of HTTPS listeners. */
  readonly certificate?: string
}

interface Sources {
  readonly grants: readonly ReferenceGrant[]
  secret(namespace: string, name: string): Secret | undefined
}

const PROTECTED: ReadonlyMap<number, string> = new Map([
  [8081, 'HealthPort'],
  [9113, 'MetricsPort'],
])
const HTTP_KINDS = ['HTTPRoute', 'GRPCRoute'].map((kind) => ({ group: GROUP, kind }))

export function judgeListeners(gateway: Gateway, sources: Sources): readonly JudgedListener[] {
  const alone = gateway.spec.listeners.map((listener) => judgeAlone(listener))
  return alone.map((judged, index) => {
    if (!judged.valid) return judged
    const { listener } = judged
    const others = alone.filter((other, at) => at !== index && other.valid && other.listener.port === listener.port)
    const conflicts = conflictsOf(listener, others)
    const certificate = listener.protocol === 'HTTPS' ? certificateFor(listener, gateway, sources) : undefined
    const problems = [...conflicts, ...(certificate?.problems ?? [])]
    const said = problems.length > 0 ? problems : overlapsOf(listener, others)
    return {
      ...judged,
      valid: problems.length === 0,
      conditions: [...said, ...defaultsBeside(said)],
      ...(certificate?.pem !== undefined && { certificate: certificate.pem }),
    }
  })
}

/** What is said where nothing else is. */
function defaultsBeside(said: readonly Said[]): readonly Said[] {
  const usual = [
    yes('Accepted', 'Listener is accepted'),
    yes('Programmed', 'Listener is programmed'),
    yes('ResolvedRefs', 'All references are resolved'),
    ...(said.some(({ type }) => type === 'OverlappingTLSConfig')
      ? []
      : [no('Conflicted', 'NoConflicts', 'No conflicts')]),
  ]
  return usual.filter(({ type }) => !said.some((one) => one.type === type))
}

function judgeAlone(listener: Listener): JudgedListener {
  const { protocol } = listener
  if (protocol !== 'HTTP' && protocol !== 'HTTPS') {
    const message = `protocol: Unsupported value: ${JSON.stringify(protocol)}: supported values: "HTTP", "HTTPS"`
    const said = [no('Accepted', 'UnsupportedProtocol', message), invalid(message)]
    return judged(listener, [], said, false)
  }
  const { kinds, problems } = routeKinds(listener)
  const fields = [...fieldProblems(listener)]
  const said = [...problems, ...fields.flatMap((message) => unsupported(message)), ...tlsProblems(listener)]
  const namespaces = listener.allowedRoutes?.namespaces
  const lost = namespaces?.from === 'Selector' && namespaces.selector === undefined
  if (lost) said.push(...unsupported("Listener's AllowedRoutes Selector must be set when From is set to type Selector"))
  return judged(listener, kinds, said, problems.length === 0 && !lost)
}

const judged = (
  listener: Listener,
  supportedKinds: readonly RouteKind[],
  said: readonly Said[],
  attachable: boolean,
): JudgedListener => ({
  listener,
  supportedKinds,
  valid: said.length === 0,
  attachable,
  conditions: said.length === 0 ? [] : [...said, ...defaultsBeside(said)],
})

const invalid = (message: string): Said => no('Programmed', 'Invalid', message)
const unsupported = (message: string): readonly Said[] => [
  no('Accepted', 'UnsupportedValue', message),
  invalid(message),
]
const badCertificate = (message: string, reason = 'InvalidCertificateRef'): readonly Said[] => [
  no('Accepted', reason, message),
  no('ResolvedRefs', reason, message),
  invalid(message),
]

function routeKinds({ protocol, allowedRoutes }: Listener): {
  readonly kinds: readonly RouteKind[]
  readonly problems: Said[]
} {
  const wanted = allowedRoutes?.kinds
  if (wanted === undefined || wanted.length === 0) return { kinds: HTTP_KINDS, problems: [] }
  const fits = ({ group = GROUP, kind }: RouteKind): boolean =>
    group === GROUP && HTTP_KINDS.some((known) => known.kind === kind)
  const problems = wanted
    .filter((kind) => !fits(kind))
    .flatMap(({ group = GROUP, kind }) => {
      const message = `Unsupported route kind for protocol ${protocol} "${group}/${kind}"`
      return [no('ResolvedRefs', 'InvalidRouteKinds', message), invalid(message)]
    })
  return { kinds: wanted.filter(fits), problems }
}

function* fieldProblems({ port, tls }: Listener): Iterable<string> {
  const taken = PROTECTED.get(port)
  if (taken !== undefined) yield `port: Invalid value: ${port}: port is already in use as ${taken}`
  if (tls?.options !== undefined && Object.keys(tls.options).length > 0)
    yield 'tls.options: Forbidden: options are not supported'
}

function tlsProblems({ protocol, tls }: Listener): readonly Said[] {
  if (protocol !== 'HTTPS') return []
  if (tls === undefined) return unsupported('TLS: Required value: tls must be defined for HTTPS listener')
  const [first, ...more] = tls.certificateRefs ?? []
  if (first === undefined)
    return badCertificate('tls.certificateRefs: Required value: certificateRefs must be defined for TLS mode terminate')
  const problems: Said[] = []
  const { kind = 'Secret', group = '' } = first
  const wrong = (field: string, value: string, known: string) =>
    `tls.certificateRefs[0].${field}: Unsupported value: ${JSON.stringify(value)}: supported values: ${JSON.stringify(known)}`
  if (kind !== 'Secret') problems.push(...badCertificate(wrong('kind', kind, 'Secret')))
  if (group !== '') problems.push(...badCertificate(wrong('group', group, '')))
  if (more.length > 0)
    problems.push(...unsupported(`tls.certificateRefs: Too many: ${more.length + 1}: must have at most 1 item`))
  return problems
}

const isSecure = ({ protocol }: Listener): boolean => protocol === 'HTTPS'

function conflictsOf(listener: Listener, others: readonly JudgedListener[]): readonly Said[] {
  const { port } = listener
  if (others.every((other) => isSecure(other.listener) === isSecure(listener))) return []
  const message = `Multiple listeners for the same port ${port} specify incompatible protocols; ensure only one protocol per port`
  return [no('Accepted', 'ProtocolConflict', message), yes('Conflicted', message, 'ProtocolConflict'), invalid(message)]
}

function overlapsOf(listener: Listener, others: readonly JudgedListener[]): readonly Said[] {
  if (!isSecure(listener) || !others.some((other) => overlap(other.listener.hostname, listener.hostname))) return []
  const message = 'Listener hostname overlaps with hostname(s) of other Listener(s) on the same port'
  return [yes('OverlappingTLSConfig', message, 'OverlappingHostnames')]
}

function certificateFor(
  listener: Listener,
  gateway: Gateway,
  sources: Sources,
): { readonly pem?: string; readonly problems?: readonly Said[] } {
  const own = namespaceOf(gateway)
  const { name = '', namespace = own } = listener.tls?.certificateRefs?.[0] ?? {}
  const from = { group: GROUP, kind: 'Gateway', namespace: own }
  if (!isGranted(sources.grants, from, { group: '', kind: 'Secret', namespace, name })) {
    const message = `Certificate ref to secret ${namespace}/${name} not permitted by any ReferenceGrant`
    return { problems: badCertificate(message, 'RefNotPermitted') }
  }
  const problem = (why: string) => ({
    problems: badCertificate(
      `tls.certificateRefs[0]: Invalid value: ${JSON.stringify({ Namespace: namespace, Name: name })}: ${why}`,
    ),
  })
  const secret = sources.secret(namespace, name)
  if (secret === undefined) return problem('secret does not exist')
  if (secret.type !== 'kubernetes.io/tls')
    return problem(`secret type must be "kubernetes.io/tls" not ${JSON.stringify(secret.type ?? '')}`)
  const found = certificateOf(secret, `${namespace}/${name}`)
  return 'pem' in found ? found : problem(found.problem.replace(/^unexpected error [^:]+: /, ''))
}
