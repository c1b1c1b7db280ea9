import { dump } from 'js-yaml'
import { GIT_VERSION } from '../api/version.ts'
import type { Container, Pod } from '../generated/types.ts'
import type { NodeSite } from './nodes.ts'

/** kubeadm's manifests on a control-plane node, by file name (upstream: cmd/kubeadm/app/phases/controlplane, etcd). */
export function staticPodManifests(site: NodeSite): ReadonlyMap<string, string> {
  const pods = staticPods(site).map(
    (pod) => [`${pod.metadata?.name}.yaml`, dump(pod, { sortKeys: true, seqNoIndent: true })] as const,
  )
  return new Map(pods)
}

function staticPods(site: NodeSite): readonly Pod[] {
  const { address } = site
  return [
    manifest('etcd', {
      image: 'registry.k8s.io/etcd:3.6.8-0',
      command: [
        'etcd',
        `--advertise-client-urls=https://${address}:2379`,
        '--cert-file=/etc/kubernetes/pki/etcd/server.crt',
        '--client-cert-auth=true',
        '--data-dir=/var/lib/etcd',
        `--initial-advertise-peer-urls=https://${address}:2380`,
        `--initial-cluster=${site.name}=https://${address}:2380`,
        '--feature-gates=InitialCorruptCheck=true',
        '--key-file=/etc/kubernetes/pki/etcd/server.key',
        `--listen-client-urls=https://127.0.0.1:2379,https://${address}:2379`,
        '--listen-metrics-urls=http://127.0.0.1:2381',
        `--listen-peer-urls=https://${address}:2380`,
        `--name=${site.name}`,
        '--peer-cert-file=/etc/kubernetes/pki/etcd/peer.crt',
        '--peer-client-cert-auth=true',
        '--peer-key-file=/etc/kubernetes/pki/etcd/peer.key',
        '--peer-trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt',
        '--snapshot-count=10000',
        '--trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt',
        '--watch-progress-notify-interval=5s',
      ],
      requests: { cpu: '100m', memory: '100Mi' },
      mounts: [
        ['etcd-data', '/var/lib/etcd'],
        ['etcd-certs', '/etc/kubernetes/pki/etcd'],
      ],
    }),
    manifest('kube-apiserver', {
      image: `registry.k8s.io/kube-apiserver:${GIT_VERSION}`,
      command: [
        'kube-apiserver',
        `--advertise-address=${address}`,
        '--allow-privileged=true',
        '--authorization-mode=Node,RBAC',
        '--client-ca-file=/etc/kubernetes/pki/ca.crt',
        '--enable-admission-plugins=NodeRestriction',
        '--enable-bootstrap-token-auth=true',
        '--etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt',
        '--etcd-certfile=/etc/kubernetes/pki/apiserver-etcd-client.crt',
        '--etcd-keyfile=/etc/kubernetes/pki/apiserver-etcd-client.key',
        '--etcd-servers=https://127.0.0.1:2379',
        '--kubelet-client-certificate=/etc/kubernetes/pki/apiserver-kubelet-client.crt',
        '--kubelet-client-key=/etc/kubernetes/pki/apiserver-kubelet-client.key',
        '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
        '--proxy-client-cert-file=/etc/kubernetes/pki/front-proxy-client.crt',
        '--proxy-client-key-file=/etc/kubernetes/pki/front-proxy-client.key',
        '--requestheader-allowed-names=front-proxy-client',
        '--requestheader-client-ca-file=/etc/kubernetes/pki/front-proxy-ca.crt',
        '--requestheader-extra-headers-prefix=X-Remote-Extra-',
        '--requestheader-group-headers=X-Remote-Group',
        '--requestheader-username-headers=X-Remote-User',
        '--secure-port=6443',
        '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
        '--service-account-key-file=/etc/kubernetes/pki/sa.pub',
        '--service-account-signing-key-file=/etc/kubernetes/pki/sa.key',
        '--service-cluster-ip-range=10.96.0.0/12',
        '--tls-cert-file=/etc/kubernetes/pki/apiserver.crt',
        '--tls-private-key-file=/etc/kubernetes/pki/apiserver.key',
      ],
      requests: { cpu: '250m' },
      mounts: [
        ['ca-certs', '/etc/ssl/certs'],
        ['k8s-certs', '/etc/kubernetes/pki'],
      ],
      annotations: { 'kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint': `${address}:6443` },
    }),
    manifest('kube-controller-manager', {
      image: `registry.k8s.io/kube-controller-manager:${GIT_VERSION}`,
      command: [
        'kube-controller-manager',
        '--allocate-node-cidrs=true',
        '--authentication-kubeconfig=/etc/kubernetes/controller-manager.conf',
        '--authorization-kubeconfig=/etc/kubernetes/controller-manager.conf',
        '--bind-address=127.0.0.1',
        '--client-ca-file=/etc/kubernetes/pki/ca.crt',
        '--cluster-cidr=10.244.0.0/16',
        '--cluster-name=kubernetes',
        '--cluster-signing-cert-file=/etc/kubernetes/pki/ca.crt',
        '--cluster-signing-key-file=/etc/kubernetes/pki/ca.key',
        '--controllers=*,bootstrapsigner,tokencleaner',
        '--kubeconfig=/etc/kubernetes/controller-manager.conf',
        '--leader-elect=true',
        '--requestheader-client-ca-file=/etc/kubernetes/pki/front-proxy-ca.crt',
        '--root-ca-file=/etc/kubernetes/pki/ca.crt',
        '--service-account-private-key-file=/etc/kubernetes/pki/sa.key',
        '--service-cluster-ip-range=10.96.0.0/12',
        '--use-service-account-credentials=true',
      ],
      requests: { cpu: '200m' },
      mounts: [
        ['ca-certs', '/etc/ssl/certs'],
        ['k8s-certs', '/etc/kubernetes/pki'],
        ['kubeconfig', '/etc/kubernetes/controller-manager.conf', 'FileOrCreate'],
      ],
    }),
    manifest('kube-scheduler', {
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
      mounts: [['kubeconfig', '/etc/kubernetes/scheduler.conf', 'FileOrCreate']],
    }),
  ]
}

interface Component {
  readonly image: string
  readonly command: readonly string[]
  readonly requests: { readonly [resource: string]: string }
  /** Its volumes, each of the path that it is mounted at. */
  readonly mounts: readonly (readonly [volume: string, path: string, type?: string])[]
  readonly annotations?: { readonly [key: string]: string }
}

function manifest(name: string, component: Component): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'kube-system',
      labels: { component: name, tier: 'control-plane' },
      ...(component.annotations && { annotations: component.annotations }),
    },
    spec: {
      hostNetwork: true,
      priority: 2000001000,
      priorityClassName: 'system-node-critical',
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      containers: [containerOf(name, component)],
      volumes: component.mounts.map(([volume, path, type = 'DirectoryOrCreate']) => ({
        name: volume,
        hostPath: { path, type },
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
    volumeMounts: component.mounts.map(([volume, path]) => ({
      name: volume,
      mountPath: path,
      ...(volume !== 'etcd-data' && volume !== 'etcd-certs' && { readOnly: true }),
    })),
  }
}
