import { chainProblem, isNamed } from '../authentication/verify.ts'
import { readCertificate } from '../authentication/x509.ts'
import { nameOf, namespaceOf } from '../controllers/metadata.ts'
import type { ConfigMap, Secret, Service } from '../generated/types.ts'
import { secretText } from '../ingress-nginx/certificates.ts'
import { no, type Said, yes } from './conditions.ts'
import type { BackendTLSPolicy } from './objects.ts'

/** How a backend is spoken to over TLS: the name that it is asked for, and the authorities that are trusted, in PEM. */
export interface BackendTls {
  readonly hostname: string
  readonly authorities: readonly string[]
}

export interface PolicySources {
  readonly policies: readonly BackendTLSPolicy[]
  configMap(namespace: string, name: string): ConfigMap | undefined
  secret(namespace: string, name: string): Secret | undefined
}

/** A policy that a backend has, and what is thought of it. */
export interface JudgedPolicy {
  readonly policy: BackendTLSPolicy
  readonly said: readonly Said[]
  readonly tls: BackendTls | undefined
}

/** The policy of a Service's port: one that names the port before one for all, then the older one. */
export function policyFor(service: Service, port: number, sources: PolicySources): JudgedPolicy | undefined {
  const name = service.spec?.ports?.find((one) => one.port === port)?.name
  const about = sources.policies
    .filter((policy) => namespaceOf(policy) === namespaceOf(service))
    .flatMap((policy) =>
      policy.spec.targetRefs
        .filter(
          (target) =>
            target.kind === 'Service' &&
            target.name === nameOf(service) &&
            (target.sectionName === undefined || target.sectionName === name),
        )
        .map((target) => ({ policy, narrow: target.sectionName !== undefined })),
    )
    .sort((a, b) => Number(b.narrow) - Number(a.narrow))
  return about[0] && judgePolicy(about[0].policy, sources)
}

/** nginx-gateway-fabric: state/graph/backend_tls_policy.go. */
function judgePolicy(policy: BackendTLSPolicy, sources: PolicySources): JudgedPolicy {
  const { hostname, caCertificateRefs = [], wellKnownCACertificates } = policy.spec.validation
  const accepted = yes('Accepted', 'The Policy is accepted')
  const refused = (message: string): JudgedPolicy => ({
    policy,
    tls: undefined,
    said: [no('Accepted', 'Invalid', message)],
  })
  if (wellKnownCACertificates !== undefined) {
    if (wellKnownCACertificates === 'System') return { policy, said: [accepted], tls: { hostname, authorities: [] } }
    const why = `tls.wellknowncacertificates: Unsupported value: ${JSON.stringify(wellKnownCACertificates)}: supported values: "System"`
    return refused(`invalid WellKnownCACertificates: ${why}`)
  }
  const [reference, ...more] = caCertificateRefs
  if (reference === undefined) return refused('Either CACertificateRefs or WellKnownCACertificates must be specified')
  if (more.length > 0)
    return refused(`validation.caCertificateRefs: Too many: ${caCertificateRefs.length}: must have at most 1 item`)
  const unresolved = (reason: string, message: string): JudgedPolicy => ({
    policy,
    tls: undefined,
    said: [
      no('ResolvedRefs', reason, message),
      no('Accepted', 'NoValidCACertificate', 'No valid CACertificateRef found'),
    ],
  })
  if (reference.kind !== 'ConfigMap' && reference.kind !== 'Secret')
    return unresolved(
      'InvalidKind',
      `validation.caCertificateRefs[0].kind: Unsupported value: ${JSON.stringify(reference.kind ?? '')}: supported values: "ConfigMap", "Secret"`,
    )
  const found = authorityOf(reference.kind, namespaceOf(policy), reference.name, sources)
  if ('problem' in found) {
    const value = JSON.stringify({ group: reference.group ?? '', kind: reference.kind, name: reference.name })
    return unresolved(
      'InvalidCACertificateRef',
      `validation.caCertificateRefs[0]: Invalid value: ${value}: ${found.problem}`,
    )
  }
  const said = [yes('ResolvedRefs', 'All CACertificateRefs are resolved'), accepted]
  return { policy, said, tls: { hostname, authorities: found.pems } }
}

function authorityOf(
  kind: 'ConfigMap' | 'Secret',
  namespace: string,
  name: string,
  sources: PolicySources,
): { readonly pems: readonly string[] } | { readonly problem: string } {
  const map = kind === 'ConfigMap' ? sources.configMap(namespace, name) : undefined
  const secret = kind === 'Secret' ? sources.secret(namespace, name) : undefined
  const what = kind === 'ConfigMap' ? 'ConfigMap' : 'Secret'
  if (map === undefined && secret === undefined) return { problem: `${what} ${namespace}/${name} does not exist` }
  const text = map === undefined ? secretText(secret, 'ca.crt') : map.data?.['ca.crt']
  if (text === undefined)
    return { problem: `${what} ${namespace}/${name} does not have the data or binaryData field ca.crt` }
  const pems = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? []
  return pems.length > 0 ? { pems } : { problem: `the data field ca.crt must hold a valid CERTIFICATE PEM block` }
}

/** What nginx says against the certificate that a backend shows; undefined if it is to be believed. */
export function backendProblem({ hostname, authorities }: BackendTls, pem: string, now: number): string | undefined {
  const shown = readCertificate(pem)
  const trusted = authorities.flatMap((one) => readCertificate(one) ?? [])
  const problem = chainProblem(shown === undefined ? [] : [shown], trusted, now)
  if (problem !== undefined) return `upstream SSL certificate verify error: (18:${problem})`
  return shown !== undefined && isNamed(shown, hostname)
    ? undefined
    : `upstream SSL certificate does not match "${hostname}"`
}
