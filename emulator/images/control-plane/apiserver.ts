/** What an API server needs before it serves: its files, sensible options, and an etcd that it trusts. */
import { isIssuedBy } from '../../authentication/verify.ts'
import { readCertificate } from '../../authentication/x509.ts'
import type { ContainerProcess } from '../../node/programs/program.ts'
import {
  commandFailed,
  dialError,
  type Failure,
  type FlagValues,
  klogLine,
  missingFile,
  type Preparing,
} from './component.ts'

/** As long as it waits for its storage (upstream: pkg/controlplane/instance.go and storage-initialization-timeout). */
const ETCD_TRIES = 20
const FATAL = 255
const MODES = new Set(['AlwaysAllow', 'AlwaysDeny', 'ABAC', 'Webhook', 'RBAC', 'Node'])
const ADMISSION = new Set(
  `AlwaysAdmit AlwaysDeny AlwaysPullImages CertificateApproval CertificateSigning CertificateSubjectRestriction
  ClusterTrustBundleAttest DefaultIngressClass DefaultStorageClass DefaultTolerationSeconds DenyServiceExternalIPs EventRateLimit
  ExtendedResourceToleration ImagePolicyWebhook JobTemplate LimitPodHardAntiAffinityTopology LimitRanger MutatingAdmissionPolicy
  MutatingAdmissionWebhook NamespaceAutoProvision NamespaceExists NamespaceLifecycle NodeDeclaredFeatureValidator NodeRestriction
  OwnerReferencesPermissionEnforcement PersistentVolumeClaimResize PodNodeSelector PodSecurity PodTolerationRestriction
  PodTopologyLabels Priority ResourceQuota RuntimeClass ServiceAccount StorageObjectInUseProtection TaintNodesByCondition
  ValidatingAdmissionPolicy ValidatingAdmissionWebhook`.split(/\s+/),
)

/** Files that must be there, each with the words around the failure (upstream: apiserver/pkg/server/options, cmd/kube-apiserver). */
const FILES: readonly (readonly [flag: string, words: (problem: string) => string])[] = [
  ['tls-cert-file', (problem) => problem],
  ['tls-private-key-file', (problem) => problem],
  ['service-account-signing-key-file', (problem) => `failed to parse service-account-issuer-key-file: ${problem}`],
  ['client-ca-file', (problem) => problem],
  ['requestheader-client-ca-file', (problem) => problem],
  ['service-account-key-file', (problem) => problem],
  ['kubelet-client-certificate', (problem) => problem],
  ['kubelet-client-key', (problem) => problem],
  ['proxy-client-cert-file', (problem) => `error reading proxy client cert file: ${problem}`],
  ['proxy-client-key-file', (problem) => `error reading proxy client key file: ${problem}`],
  [
    'encryption-provider-config',
    (problem) =>
      `error opening encryption provider configuration file ${JSON.stringify(/open (.*):/.exec(problem)?.[1])}: ${problem}`,
  ],
  [
    'audit-policy-file',
    (problem) =>
      `loading audit policy file: failed to read file path ${JSON.stringify(/open (.*):/.exec(problem)?.[1])}: ${problem}`,
  ],
  [
    'admission-control-config-file',
    (problem) =>
      `failed to read plugin config: unable to read admission control configuration from ${JSON.stringify(/open (.*):/.exec(problem)?.[1])} [${problem}]`,
  ],
]

export function* prepareApiserver(process: ContainerProcess, flags: FlagValues): Preparing {
  const wrong = optionProblem(flags) ?? fileProblem(process, flags)
  if (wrong !== undefined) return commandFailed(process, wrong)
  process.err(
    klogLine(
      process,
      'I',
      `options.go:263] external host was not specified, using ${flags.get('advertise-address') ?? ''}`,
    ),
  )
  process.err(klogLine(process, 'I', 'server.go:150] Version: v1.36.2'))
  for (const flag of ['etcd-cafile', 'etcd-certfile', 'etcd-keyfile']) {
    const problem = missingFile(process, flags.get(flag) ?? '')
    if (flags.has(flag) && problem !== undefined) return storageFailed(process, problem)
  }
  for (let left = ETCD_TRIES; ; left -= 1) {
    const problem = etcdProblem(process, flags)
    if (problem === undefined) return undefined
    process.err(klogLine(process, 'W', problem))
    if (left <= 1) return storageFailed(process, 'context deadline exceeded')
    yield { kind: 'sleep', ms: 1000 }
  }
}

function storageFailed(process: ContainerProcess, problem: string): Failure {
  const line = `instance.go:232] Error creating leases: error creating storage factory: ${problem}`
  return { text: klogLine(process, 'F', line), code: FATAL }
}

function optionProblem(flags: FlagValues): string | undefined {
  const problems: string[] = []
  if (!flags.has('etcd-servers')) problems.push('--etcd-servers must be specified')
  if (!flags.has('service-account-issuer')) problems.push('service-account-issuer is a required flag')
  if (!flags.has('service-account-signing-key-file'))
    problems.push('--service-account-signing-key-file and --service-account-issuer are required flags')
  for (const mode of listOf(flags, 'authorization-mode'))
    if (!MODES.has(mode)) problems.push(`authorization-mode ${JSON.stringify(mode)} is not a valid mode`)
  for (const flag of ['enable-admission-plugins', 'disable-admission-plugins'])
    for (const name of listOf(flags, flag))
      if (!ADMISSION.has(name)) problems.push(`${flag} plugin ${JSON.stringify(name)} is unknown`)
  const port = Number(flags.get('secure-port') ?? 6443)
  if (port < 1 || port > 65_535)
    problems.push(`--secure-port ${port} must be between 1 and 65535, inclusive. It cannot be turned off with 0`)
  return problems.length === 0 ? undefined : problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`
}

function fileProblem(process: ContainerProcess, flags: FlagValues): string | undefined {
  for (const [flag, words] of FILES) {
    const path = flags.get(flag)
    const problem = path === undefined ? undefined : missingFile(process, path)
    if (problem !== undefined) return words(problem)
  }
  return undefined
}

/** Why it gets no answer from its etcd, as grpc says it; undefined if it does. */
function etcdProblem(process: ContainerProcess, flags: FlagValues): string | undefined {
  const [url = ''] = listOf(flags, 'etcd-servers')
  const [, scheme = '', target = ''] = /^(?:(https?):\/\/)?(.*?)\/?$/.exec(url) ?? []
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(target) ?? []
  if (port === '')
    return grpcFailed(target, `transport: Error while dialing: dial tcp: address ${target}: missing port in address`)
  const { addresses } = process.network.lookup(process.place, host)
  const address = addresses[0] ?? host
  const refused = dialError(process, address, Number(port))
  if (refused !== undefined) return grpcFailed(target, `transport: Error while dialing: ${refused}`)
  const { certificate } = process.network.fetch(process.place, `https://${address}:${port}/`)
  if (scheme !== 'https' && certificate !== undefined) return grpcFailed(target, 'error reading server preface: EOF')
  const server = certificate === undefined ? undefined : readCertificate(certificate)
  const trusted = readCertificate(process.files.read(flags.get('etcd-cafile') ?? '') ?? '')
  if (server !== undefined && (trusted === undefined || !isIssuedBy(server, trusted)))
    return grpcFailed(
      target,
      'transport: authentication handshake failed: tls: failed to verify certificate: x509: certificate signed by unknown authority',
    )
  const own = readCertificate(process.files.read(flags.get('etcd-certfile') ?? '') ?? '')
  if (server !== undefined && trusted !== undefined && (own === undefined || !isIssuedBy(own, trusted)))
    return grpcFailed(target, 'transport: authentication handshake failed: remote error: tls: bad certificate')
  return undefined
}

function grpcFailed(target: string, why: string): string {
  const server = `{Addr: ${JSON.stringify(target)}, ServerName: ${JSON.stringify(target)}, BalancerAttributes: {"<%!p(pickfirstleaf.managedByPickfirstKeyType={})>": "<%!p(bool=true)>" }}`
  return `logging.go:55] [core] [Channel #1 SubChannel #2]grpc: addrConn.createTransport failed to connect to ${server}. Err: connection error: desc = ${JSON.stringify(why)}`
}

const listOf = (flags: FlagValues, flag: string): readonly string[] =>
  (flags.get(flag) ?? '').split(',').filter((word) => word !== '')
