import { GIT_VERSION } from '../api/version.ts'
import type { Node } from '../generated/types.ts'
import { imageId } from '../node/image-pulls.ts'

export interface NodeSite {
  readonly name: string
  readonly address: string
  readonly podCIDR: string
  readonly controlPlane: boolean
  /** Tell the machine apart in nodeInfo. */
  readonly machineID: string
}

/** Images that kubeadm brings to a node, with their sizes. */
const nodeImages: readonly (readonly [image: string, sizeBytes: number])[] = [
  [`registry.k8s.io/kube-proxy:${GIT_VERSION}`, 25963421],
  ['registry.k8s.io/coredns/coredns:v1.14.2', 23544353],
  ['registry.k8s.io/pause:3.10.1', 321520],
]
const controlPlaneImages: readonly (readonly [image: string, sizeBytes: number])[] = [
  [`registry.k8s.io/kube-apiserver:${GIT_VERSION}`, 27663421],
  ['registry.k8s.io/etcd:3.6.8-0', 23632411],
  [`registry.k8s.io/kube-controller-manager:${GIT_VERSION}`, 23123411],
  [`registry.k8s.io/kube-scheduler:${GIT_VERSION}`, 17383421],
]

/** A Node as kubelet and kubeadm leave it, with everything but its times. */
export function nodeObject(site: NodeSite): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: site.name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': site.name,
        'kubernetes.io/os': 'linux',
        ...(site.controlPlane && {
          'node-role.kubernetes.io/control-plane': '',
          'node.kubernetes.io/exclude-from-external-load-balancers': '',
        }),
      },
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: {
      podCIDR: site.podCIDR,
      podCIDRs: [site.podCIDR],
      ...(site.controlPlane && { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] }),
    },
  }
}

const resources = {
  cpu: '2',
  'ephemeral-storage': '19221248Ki',
  'hugepages-2Mi': '0',
  memory: '4018128Ki',
  pods: '110',
}

/** What the kubelet tells of its machine; its conditions follow when it runs (upstream: pkg/kubelet/nodestatus/setters.go). */
export function nodeStatus(site: NodeSite): NonNullable<Node['status']> {
  const images = [...(site.controlPlane ? controlPlaneImages : []), ...nodeImages]
  return {
    addresses: [
      { type: 'InternalIP', address: site.address },
      { type: 'Hostname', address: site.name },
    ],
    capacity: resources,
    allocatable: { ...resources, 'ephemeral-storage': '17714302157', memory: '3915728Ki' },
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    images: images
      .map(([image, sizeBytes]) => ({ names: [imageId(image), image], sizeBytes }))
      .sort((a, b) => b.sizeBytes - a.sizeBytes),
    nodeInfo: {
      architecture: 'amd64',
      bootID: `${site.machineID.slice(0, 8)}-5563-42d4-8ed7-${site.machineID.slice(-12)}`,
      containerRuntimeVersion: 'containerd://2.2.1',
      kernelVersion: '6.8.0-90-generic',
      kubeProxyVersion: '',
      kubeletVersion: GIT_VERSION,
      machineID: site.machineID,
      operatingSystem: 'linux',
      osImage: 'Ubuntu 24.04.3 LTS',
      systemUUID: `${site.machineID.slice(4, 12)}-1f9c-41e8-8917-${site.machineID.slice(0, 12)}`,
    },
    runtimeHandlers: ['', 'runc'].map((name) => ({
      name,
      features: { recursiveReadOnlyMounts: true, userNamespaces: true },
    })),
    features: { supplementalGroupsPolicy: true },
  }
}

export function imagesOf(site: NodeSite): readonly string[] {
  return [...(site.controlPlane ? controlPlaneImages : []), ...nodeImages].map(([image]) => image)
}
