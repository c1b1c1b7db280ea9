/** /etc/kubernetes/pki and the kubeconfigs beside it, as `kubeadm init` and `kubeadm join` leave them. */
import { encodeBase64 } from '../api/base64.ts'
import { type CertificateRequest, issueCertificate } from '../authentication/certificate.ts'
import { encodePem } from '../authentication/pem.ts'
import { type Key, keyFrom, keyPem, publicKeyOf } from '../authentication/private-key.ts'
import type { FileSource } from '../node/file-base.ts'
import { authorityCertificate, authorityOf } from './certificate.ts'
import { componentKubeconfig } from './kubeconfig.ts'
import type { NodeSite } from './nodes.ts'

type Files = { readonly [path: string]: FileSource }

export interface ClusterFacts {
  readonly name: string
  readonly server: string
  /** When its certificates were issued, ms since the epoch. */
  readonly born: number
}

const DAY = 86_400_000
/** Kubeadm's certificates last a year; these as long as anybody may come back to a cluster. */
const YEARS = 10
const PKI = '/etc/kubernetes/pki'

const privately = (content: string): FileSource => ({ content, mode: 0o600 })

/** Certificates and keys of a control-plane node. */
export function pkiFiles(site: NodeSite, cluster: ClusterFacts): Files {
  const kubernetes = authorityOf(cluster.name)
  const inCluster = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
  ]
  const server = [
    `DNS:${site.name}`,
    ...inCluster.map((name) => `DNS:${name}`),
    'IP Address:10.96.0.1',
    `IP Address:${site.address}`,
  ]
  const etcdServer = [`DNS:${site.name}`, 'DNS:localhost', `IP Address:${site.address}`, 'IP Address:127.0.0.1']
  const etcd = authorityOf(`${cluster.name} etcd`)
  const frontProxy = authorityOf(`${cluster.name} front proxy`)
  const accounts = keyFrom(authorityOf(`${cluster.name} service accounts`))
  const both = ['TLS Web Server Authentication', 'TLS Web Client Authentication']
  return {
    ...authority(`${PKI}/ca`, kubernetes, 'kubernetes'),
    ...authority(`${PKI}/front-proxy-ca`, frontProxy, 'front-proxy-ca'),
    ...authority(`${PKI}/etcd/ca`, etcd, 'etcd-ca'),
    ...pair(`${PKI}/apiserver`, kubernetes, cluster, { name: 'kube-apiserver', names: server }),
    ...pair(`${PKI}/apiserver-kubelet-client`, kubernetes, cluster, {
      name: 'kube-apiserver-kubelet-client',
      organizations: ['kubeadm:cluster-admins'],
    }),
    ...pair(`${PKI}/front-proxy-client`, frontProxy, cluster, { name: 'front-proxy-client', issuer: 'front-proxy-ca' }),
    ...pair(`${PKI}/apiserver-etcd-client`, etcd, cluster, { name: 'kube-apiserver-etcd-client', issuer: 'etcd-ca' }),
    ...pair(`${PKI}/etcd/healthcheck-client`, etcd, cluster, {
      name: 'kube-etcd-healthcheck-client',
      issuer: 'etcd-ca',
    }),
    ...pair(`${PKI}/etcd/server`, etcd, cluster, {
      name: site.name,
      issuer: 'etcd-ca',
      names: etcdServer,
      purposes: both,
    }),
    ...pair(`${PKI}/etcd/peer`, etcd, cluster, {
      name: site.name,
      issuer: 'etcd-ca',
      names: etcdServer,
      purposes: both,
    }),
    [`${PKI}/sa.key`]: privately(keyPem(accounts, 'traditional')),
    [`${PKI}/sa.pub`]: privately(encodePem('PUBLIC KEY', publicKeyOf(accounts))),
  }
}

/** What a joined node has of it: the authority's certificate and its kubelet's own. */
export function nodePkiFiles(site: NodeSite, cluster: ClusterFacts): Files {
  const key = keyFrom(`kubelet ${site.name}`)
  const identity = certificate(authorityOf(cluster.name), cluster, key, {
    name: `system:node:${site.name}`,
    organizations: ['system:nodes'],
  })
  const current = '/var/lib/kubelet/pki/kubelet-client-current.pem'
  return {
    [`${PKI}/ca.crt`]: authorityCertificate(cluster.name),
    [current]: privately(`${identity}${keyPem(key, 'traditional')}`),
    '/etc/kubernetes/kubelet.conf': privately(
      componentKubeconfig(cluster.server, authorityCertificate(cluster.name), `system:node:${site.name}`, {
        'client-certificate': current,
        'client-key': current,
      }),
    ),
  }
}

/** Kubeconfigs of the components, by the names of their files. */
export function componentKubeconfigs(cluster: ClusterFacts): Files {
  const made = (name: string, organizations: readonly string[] = []): FileSource => {
    const key = keyFrom(`${name} of ${cluster.name}`)
    const text = certificate(authorityOf(cluster.name), cluster, key, { name, organizations })
    const user = {
      'client-certificate-data': encodeBase64(text),
      'client-key-data': encodeBase64(keyPem(key, 'traditional')),
    }
    return privately(componentKubeconfig(cluster.server, authorityCertificate(cluster.name), name, user))
  }
  return {
    '/etc/kubernetes/controller-manager.conf': made('system:kube-controller-manager'),
    '/etc/kubernetes/scheduler.conf': made('system:kube-scheduler'),
    '/etc/kubernetes/super-admin.conf': made('kubernetes-super-admin', ['system:masters']),
  }
}

interface Identity {
  readonly name: string
  readonly organizations?: readonly string[]
  readonly issuer?: string
  readonly names?: readonly string[]
  readonly purposes?: readonly string[]
}

function authority(path: string, secret: string, name: string): Files {
  const pem = issueCertificate(secret, {
    subject: { name, organizations: [] },
    from: Date.UTC(2026, 0, 1),
    until: Date.UTC(2036, 0, 1),
    authority: true,
    issuer: name,
  })
  return { [`${path}.crt`]: pem, [`${path}.key`]: privately(keyPem(keyFrom(secret), 'traditional')) }
}

function pair(path: string, secret: string, cluster: ClusterFacts, identity: Identity): Files {
  const key = keyFrom(`${path} of ${cluster.name}`)
  return {
    [`${path}.crt`]: certificate(secret, cluster, key, identity),
    [`${path}.key`]: privately(keyPem(key, 'traditional')),
  }
}

function certificate(secret: string, { born }: ClusterFacts, key: Key, identity: Identity): string {
  const { name, organizations = [], issuer, names, purposes } = identity
  const request: CertificateRequest = {
    subject: { name, organizations },
    from: born - DAY,
    until: born + YEARS * 365 * DAY,
    publicKey: publicKeyOf(key),
    ...(issuer !== undefined && { issuer }),
    ...(names && { alternativeNames: names }),
    ...(purposes && { purposes }),
  }
  return issueCertificate(secret, request)
}
