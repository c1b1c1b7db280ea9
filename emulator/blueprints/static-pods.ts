import { GIT_VERSION } from '../api/version.ts'
import type { Container, Pod } from '../generated/types.ts'
import type { NodeSite } from './nodes.ts'

/** kubeadm's static Pods on a control-plane node, as their mirrors in the API show them. */
export function staticPods(site: NodeSite): readonly Pod[] {
  const { address } = site
  return [
    mirror(site, 'etcd', {
      image: 'registry.k8s.io/etcd:3.6.8-0',
      command: [
        'etcd',
        `--advertise-client-urls=https://${address}:2379`,
        '--cert-file=/etc/kubernetes/pki/etcd/server.crt',
        '--client-cert-auth=true',
        '--data-dir=/var/lib/etcd',
        `--initial-advertise-peer-urls=https://${address}:2380`,
        `--initial-cluster=${site.name}=https://${address}:2380`,
        '--key-file=/etc/kubernetes/pki/etcd/server.key',
        `--listen-client-urls=https://127.0.0.1:2379,https://${address}:2379`,
        '--listen-metrics-urls=http://127.0.0.1:2381',
        `--listen-peer-urls=https://${address}:2380`,
        `--name=${site.name}`,
        '--snapshot-count=10000',
        '--trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt',
      ],
      requests: { cpu: '100m', memory: '100Mi' },
      directories: ['/var/lib/etcd', '/etc/kubernetes/pki/etcd'],
    }),
    mirror(site, 'kube-apiserver', {
      image: `registry.k8s.io/kube-apiserver:${GIT_VERSION}`,
      command: [
        'kube-apiserver',
        `--advertise-address=${address}`,
        '--allow-privileged=true',
        '--authorization-mode=Node,RBAC',
        '--client-ca-file=/etc/kubernetes/pki/ca.crt',
        '--enable-admission-plugins=NodeRestriction',
        '--enable-bootstrap-token-auth=true',
        '--etcd-servers=https://127.0.0.1:2379',
        '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
        '--secure-port=6443',
        '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
        '--service-cluster-ip-range=10.96.0.0/12',
        '--tls-cert-file=/etc/kubernetes/pki/apiserver.crt',
        '--tls-private-key-file=/etc/kubernetes/pki/apiserver.key',
      ],
      requests: { cpu: '250m' },
      directories: ['/etc/ssl/certs', '/etc/kubernetes/pki'],
      annotations: { 'kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint': `${address}:6443` },
    }),
    mirror(site, 'kube-controller-manager', {
      image: `registry.k8s.io/kube-controller-manager:${GIT_VERSION}`,
      command: [
        'kube-controller-manager',
        '--allocate-node-cidrs=true',
        '--authentication-kubeconfig=/etc/kubernetes/controller-manager.conf',
        '--authorization-kubeconfig=/etc/kubernetes/controller-manager.conf',
        '--bind-address=127.0.0.1',
        '--cluster-cidr=10.244.0.0/16',
        '--cluster-name=kubernetes',
        '--controllers=*,bootstrapsigner,tokencleaner',
        '--kubeconfig=/etc/kubernetes/controller-manager.conf',
        '--leader-elect=true',
        '--service-cluster-ip-range=10.96.0.0/12',
        '--use-service-account-credentials=true',
      ],
      requests: { cpu: '200m' },
      directories: ['/etc/ssl/certs', '/etc/kubernetes/pki'],
    }),
    mirror(site, 'kube-scheduler', {
      image: `registry.k8s.io/kube-scheduler:${GIT_VERSION}`,
      command: [
        'kube-scheduler',
        '--authentication-kubeconfig=/etc/kubernetes/scheduler.conf',
        '--authorization-kubeconfig=/etc/kubernetes/scheduler.conf',
        '--bind-address=127.0.0.1',
        '--kubeconfig=/etc/kubernetes/scheduler.conf',
        '--leader-elect=true',
      ],
      requests: { cpu: '100m' },
      directories: [],
    }),
  ]
}

interface Component {
  readonly image: string
  readonly command: readonly string[]
  readonly requests: { readonly [resource: string]: string }
  readonly directories: readonly string[]
  readonly annotations?: { readonly [key: string]: string }
}

function mirror(site: NodeSite, name: string, component: Component): Pod {
  const hash = configHash(`${site.name}/${name}`)
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-${site.name}`,
      namespace: 'kube-system',
      labels: { component: name, tier: 'control-plane' },
      annotations: {
        ...component.annotations,
        'kubernetes.io/config.hash': hash,
        'kubernetes.io/config.mirror': hash,
        'kubernetes.io/config.source': 'file',
      },
    },
    spec: {
      nodeName: site.name,
      hostNetwork: true,
      enableServiceLinks: true,
      priority: 2000001000,
      priorityClassName: 'system-node-critical',
      restartPolicy: 'Always',
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      tolerations: [{ effect: 'NoExecute', operator: 'Exists' }],
      containers: [containerOf(name, component)],
      volumes: component.directories.map((path) => ({
        name: volumeName(path),
        hostPath: { path, type: 'DirectoryOrCreate' },
      })),
    },
  }
}

function containerOf(name: string, component: Component): Container {
  return {
    name,
    image: component.image,
    imagePullPolicy: 'IfNotPresent',
    command: component.command,
    resources: { requests: component.requests },
    volumeMounts: component.directories.map((path) => ({ name: volumeName(path), mountPath: path })),
  }
}

function volumeName(path: string): string {
  return path.slice(1).replaceAll('/', '-')
}

function configHash(text: string): string {
  let digest = ''
  for (let block = 0; digest.length < 32; block++) {
    let value = 0x811c9dc5
    for (const character of `${text}#${block}`) value = Math.imul(value ^ character.charCodeAt(0), 0x01000193)
    digest += (value >>> 0).toString(16).padStart(8, '0')
  }
  return digest
}
