import { dump, load } from 'js-yaml'
import { type Certificate, type Machine, readCertificate, readKey, signCertificate } from '../../../emulator/index.ts'
import { alignTabs } from '../../kubectl/print/tabwriter.ts'
import { failed, isControlPlane, type KubeadmCall, type KubeadmVerb } from './verb.ts'

const PKI = '/etc/kubernetes/pki'
const YEAR_MS = 365 * 86_400_000

interface Known {
  readonly name: string
  readonly path: string
  /** Base name of its authority's files. */
  readonly authority: 'ca' | 'etcd/ca' | 'front-proxy-ca'
  readonly about: string
}

/** In the order in which kubeadm lists them (upstream: cmd/kubeadm/app/phases/certs/renewal/manager.go). */
const CERTIFICATES: readonly Known[] = [
  known(
    'admin.conf',
    '/etc/kubernetes/admin.conf',
    'ca',
    'certificate embedded in the kubeconfig file for the admin to use and for kubeadm itself',
  ),
  known('apiserver', `${PKI}/apiserver.crt`, 'ca', 'certificate for serving the Kubernetes API'),
  known(
    'apiserver-etcd-client',
    `${PKI}/apiserver-etcd-client.crt`,
    'etcd/ca',
    'certificate the apiserver uses to access etcd',
  ),
  known(
    'apiserver-kubelet-client',
    `${PKI}/apiserver-kubelet-client.crt`,
    'ca',
    'certificate for the API server to connect to kubelet',
  ),
  known(
    'controller-manager.conf',
    '/etc/kubernetes/controller-manager.conf',
    'ca',
    'certificate embedded in the kubeconfig file for the controller manager to use',
  ),
  known(
    'etcd-healthcheck-client',
    `${PKI}/etcd/healthcheck-client.crt`,
    'etcd/ca',
    'certificate for liveness probes to healthcheck etcd',
  ),
  known('etcd-peer', `${PKI}/etcd/peer.crt`, 'etcd/ca', 'certificate for etcd nodes to communicate with each other'),
  known('etcd-server', `${PKI}/etcd/server.crt`, 'etcd/ca', 'certificate for serving etcd'),
  known(
    'front-proxy-client',
    `${PKI}/front-proxy-client.crt`,
    'front-proxy-ca',
    'certificate for the front proxy client',
  ),
  known(
    'scheduler.conf',
    '/etc/kubernetes/scheduler.conf',
    'ca',
    'certificate embedded in the kubeconfig file for the scheduler manager to use',
  ),
  known(
    'super-admin.conf',
    '/etc/kubernetes/super-admin.conf',
    'ca',
    'certificate embedded in the kubeconfig file for the super-admin',
  ),
]
const AUTHORITIES = ['ca', 'etcd/ca', 'front-proxy-ca'] as const

function known(name: string, path: string, authority: Known['authority'], about: string): Known {
  return { name, path, authority, about }
}

/** The user's certificate of a kubeconfig, or the file itself. */
function read({ files }: Machine, { path }: Pick<Known, 'path'>): Certificate | undefined {
  const text = files.read(path)
  if (text === undefined || !path.endsWith('.conf')) return text === undefined ? undefined : readCertificate(text)
  const data = /client-certificate-data:\s*(\S+)/.exec(text)?.[1]
  return data === undefined ? undefined : readCertificate(atob(data))
}

const reading = (step: string): string =>
  `[${step}] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...\n[${step}] Use 'kubeadm init phase upload-config kubeadm --config your-config-file' to re-upload it.\n\n`

export const checkExpiration: KubeadmVerb = ({ context, node }) => {
  if (!isControlPlane(node))
    return failed(context, 'failed to get config map: could not read the kubeconfig /etc/kubernetes/admin.conf')
  const now = context.cluster.now()
  const dates = (certificate: Certificate | undefined): readonly string[] =>
    certificate === undefined
      ? ['!MISSING!', '', '']
      : [dateText(certificate.until), residual(certificate.until - now), '']
  const rows = CERTIFICATES.map((one) => {
    const found = read(node, one)
    const [expires = '', left = ''] = dates(found)
    return found === undefined
      ? `!MISSING! ${one.name}\t\t\t\t\t`
      : `${one.name}\t${expires}\t${left}\t${one.authority.replace('/', '-')}\t${'no'}\t`
  })
  const authorities = AUTHORITIES.map((name) => {
    const [expires = '', left = ''] = dates(read(node, { path: `${PKI}/${name}.crt` }))
    return `${name.replace('/', '-')}\t${expires}\t${left}\tno\t`
  })
  const layout = { minWidth: 10, padding: 3 }
  context.out(reading('check-expiration'))
  context.out(
    alignTabs(
      `CERTIFICATE\tEXPIRES\tRESIDUAL TIME\tCERTIFICATE AUTHORITY\tEXTERNALLY MANAGED\t\n${rows.join('\n')}\n`,
      layout,
    ),
  )
  context.out('\n')
  context.out(
    alignTabs(
      `CERTIFICATE AUTHORITY\tEXPIRES\tRESIDUAL TIME\tEXTERNALLY MANAGED\t\n${authorities.join('\n')}\n`,
      layout,
    ),
  )
  return 0
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function dateText(at: number): string {
  const date = new Date(at)
  return `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2, '0')}, ${date.getUTCFullYear()} ${date.toISOString().slice(11, 16)} UTC`
}

/** As apimachinery's ShortHumanDuration counts. */
function residual(ms: number): string {
  const hours = Math.floor(ms / 3_600_000)
  if (hours < 0) return '<invalid>'
  if (hours < 24) return `${hours}h`
  return hours < 24 * 365 ? `${Math.floor(hours / 24)}d` : `${Math.floor(hours / 24 / 365)}y`
}

export const renew: KubeadmVerb = (call) => {
  const { context, node, words } = call
  const [name] = words
  if (name === undefined) return failed(context, 'missing subcommand; "renew" is not meant to be run on its own')
  const wanted = name === 'all' ? CERTIFICATES : CERTIFICATES.filter((one) => one.name === name)
  if (wanted.length === 0) return failed(context, `unknown command ${JSON.stringify(name)} for "kubeadm certs renew"`)
  if (!isControlPlane(node))
    return failed(context, 'failed to get config map: could not read the kubeconfig /etc/kubernetes/admin.conf')
  context.out(reading('renew'))
  for (const one of wanted) {
    const problem = renewOne(call, one)
    if (problem !== undefined) return failed(context, problem)
    context.out(`${one.about} renewed\n`)
  }
  if (name === 'all')
    context.out(
      '\nDone renewing certificates. You must restart the kube-apiserver, kube-controller-manager, kube-scheduler and etcd, so that they can use the new certificates.\n',
    )
  return 0
}

/** The same names and key, signed again by its authority for another year. */
function renewOne({ context, node }: KubeadmCall, one: Known): string | undefined {
  const old = read(node, one)
  const authority = readCertificate(node.files.read(`${PKI}/${one.authority}.crt`) ?? '')
  const key = readKey(node.files.read(`${PKI}/${one.authority}.key`) ?? '')
  if (old === undefined)
    return `failed to load existing certificate ${one.name}: open ${one.path}: no such file or directory`
  if (authority === undefined || key === undefined)
    return `failed to renew certificate ${one.name}: certificate authority ${one.authority} is externally managed`
  const from = context.cluster.now()
  const serial = [...`${from}${one.name}`].slice(-8).map((character) => (character.codePointAt(0) ?? 0) & 0x7f)
  const { subject, publicKey, alternativeNames, usages, purposes } = old
  const pem = signCertificate(
    { serial, subject, from, until: from + YEAR_MS, publicKey, alternativeNames, usages, purposes, authority: false },
    { name: authority.subject, key, publicKey: authority.publicKey },
  )
  node.files.write(one.path, one.path.endsWith('.conf') ? withCertificate(node.files.read(one.path) ?? '', pem) : pem)
  return undefined
}

function withCertificate(kubeconfig: string, pem: string): string {
  const config = load(kubeconfig) as { readonly users?: readonly { readonly name: string; readonly user: object }[] }
  const users = config.users?.map(({ name, user }) => ({
    name,
    user: { ...user, 'client-certificate-data': btoa(pem) },
  }))
  return dump({ ...config, users }, { lineWidth: -1 })
}
