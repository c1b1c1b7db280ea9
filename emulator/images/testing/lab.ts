/** A small cluster without an API server for tests of containers and traffic: objects are given, not reconciled. */

import { corefile as COREFILE } from '../../blueprints/corefile.ts'
import type { EndpointSlice, NetworkPolicy, Node, Pod, Service } from '../../generated/types.ts'
import { DEFAULT_SETTINGS } from '../../network/addresses.ts'
import { fixedRules } from '../../network/indexes.ts'
import { createNetwork, type SnapshottingNetwork } from '../../network/network.ts'
import type { Place } from '../../network/types.ts'
import { createRuntime, type SnapshottingRuntime } from '../../node/container-runtime.ts'
import { createMachine, createMachineBase, type EmulatedMachine } from '../../node/create-machine.ts'
import type { Container, ContainerSpec } from '../../node/runtime.ts'
import { createRandom } from '../../sim/random.ts'
import { createScheduler, type Scheduler } from '../../sim/scheduler.ts'
import { IMAGES } from '../index.ts'

export const START = Date.UTC(2026, 10, 21, 0, 30, 0)

const HOSTS = [
  { name: 'controlplane', address: '192.168.1.2', role: 'control-plane' },
  { name: 'node01', address: '192.168.1.3', role: 'worker' },
  { name: 'node02', address: '192.168.1.4', role: 'worker' },
  { name: 'laptop', address: '192.168.1.10', role: 'laptop' },
] as const

export const LAPTOP: Place = { kind: 'machine', name: 'laptop' }
export const NODE01: Place = { kind: 'machine', name: 'node01' }
export const NODE02: Place = { kind: 'machine', name: 'node02' }

export interface PodRecipe {
  readonly name: string
  readonly namespace?: string
  readonly node?: 'controlplane' | 'node01' | 'node02'
  readonly labels?: { readonly [key: string]: string }
  readonly image?: string
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  /** Files that the kubelet brings in, by path. */
  readonly files?: { readonly [path: string]: string }
  readonly env?: readonly (readonly [name: string, value: string])[]
  readonly user?: ContainerSpec['user']
  readonly readOnlyRoot?: boolean
  readonly ready?: boolean
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[]
}

export class Lab {
  readonly scheduler: Scheduler
  readonly runtime: SnapshottingRuntime
  readonly network: SnapshottingNetwork
  readonly machines: readonly EmulatedMachine[]
  readonly pods: Pod[] = []
  readonly services: Service[] = []
  readonly slices: EndpointSlice[] = []
  readonly policies: NetworkPolicy[] = []
  /** Labels of namespaces, beside the one with their own name. */
  readonly namespaceLabels = new Map<string, { readonly [key: string]: string }>()
  readonly #addresses = new Map<string, number>()

  constructor(seed = 'lab') {
    this.scheduler = createScheduler(START)
    const random = createRandom(seed)
    const now = (): number => this.scheduler.now()
    const onChange = (machine: EmulatedMachine): void => this.network.machineChanged(machine)
    this.machines = HOSTS.map((host) =>
      createMachine({ ...host, base: createMachineBase(host.name, HOSTS, {}, START), now, onChange }),
    )
    this.runtime = createRuntime({
      clock: this.scheduler,
      queue: this.scheduler,
      random,
      images: IMAGES,
      network: () => this.network,
      nodeFiles: (name) => this.machines.find((machine) => machine.name === name)?.files,
    })
    this.network = createNetwork({
      objects: {
        pods: () => this.pods,
        pod: (namespace, name) =>
          this.pods.find(({ metadata }) => metadata?.namespace === namespace && metadata.name === name),
        podsWithHostPort: () => [],
        podsAt: (address) => this.pods.filter(({ status }) => status?.podIP === address),
        podsIn: (namespace) => this.pods.filter(({ metadata }) => metadata?.namespace === namespace),
        services: () => this.services,
        service: (namespace, name) =>
          this.services.find(({ metadata }) => metadata?.namespace === namespace && metadata.name === name),
        servicesIn: (namespace) => this.services.filter(({ metadata }) => metadata?.namespace === namespace),
        servicesFor: (target) => fixedRules(this.services, this.slices).servicesFor(target),
        endpointSlices: () => this.slices,
        slicesFor: (namespace, service) => fixedRules(this.services, this.slices).slicesFor(namespace, service),
        slicesAt: (address) =>
          this.slices.filter(({ endpoints }) => endpoints?.some(({ addresses }) => addresses.includes(address))),
        nodes: () => HOSTS.slice(0, 3).map(nodeObject),
        node: (name) =>
          HOSTS.slice(0, 3)
            .map(nodeObject)
            .find(({ metadata }) => metadata?.name === name),
        workloadsIn: () => [],
        networkPolicies: () => this.policies,
        namespace: (name) =>
          this.#hasNamespace(name)
            ? { metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...this.namespaceLabels.get(name) } } }
            : undefined,
        namespaces: () => [],
        warningsAbout: () => [],
        configMap: () => undefined,
      },
      containers: this.runtime,
      machines: this.machines,
      clock: this.scheduler,
      random,
      settings: { ...DEFAULT_SETTINGS, loadBalancerPool: { prefix: '192.168.1', first: 240, last: 250 } },
    })
    for (const { name } of HOSTS.slice(0, 3)) this.kubeProxy(name)
    this.runtime.onExit((container) => this.network.containerChanged(container))
    this.runtime.onChange((container) => this.network.containerChanged(container))
  }

  /** The container of a node's kube-proxy. */
  kubeProxy(node: string): Container {
    const { address } = this.machine(node)
    return this.runtime.start({
      podUid: `uid-kube-proxy-${node}`,
      namespace: 'kube-system',
      podName: `kube-proxy-${node}`,
      podIP: address,
      nodeName: node,
      containerName: 'kube-proxy',
      image: 'registry.k8s.io/kube-proxy:v1.36.2',
      env: [],
      mounts: [],
    })
  }

  #hasNamespace(name: string): boolean {
    const used = [...this.pods, ...this.services].some(({ metadata }) => metadata?.namespace === name)
    return used || name === 'default' || this.namespaceLabels.has(name)
  }

  run(ms: number): void {
    this.scheduler.runUntil(this.scheduler.now() + ms)
  }

  machine(name: string): EmulatedMachine {
    const machine = this.machines.find((candidate) => candidate.name === name)
    if (machine === undefined) throw new Error(`no machine ${name}`)
    return machine
  }

  pod(recipe: PodRecipe): Container {
    const { name, namespace = 'default', node = 'node01', image = 'nginx' } = recipe
    const index = ['controlplane', 'node01', 'node02'].indexOf(node)
    const last = (this.#addresses.get(node) ?? 1) + 1
    this.#addresses.set(node, last)
    const podIP = `10.244.${index}.${last}`
    this.pods.push({
      metadata: { name, namespace, uid: `uid-${name}`, ...(recipe.labels ? { labels: recipe.labels } : {}) },
      spec: { nodeName: node, containers: [{ name: 'main', image, ...(recipe.ports ? { ports: recipe.ports } : {}) }] },
      status: {
        phase: 'Running',
        podIP,
        conditions: [{ type: 'Ready', status: recipe.ready === false ? 'False' : 'True' }],
      },
    })
    return this.runtime.start(spec(recipe, podIP))
  }

  /** A Service with one slice of the Pods that have all labels of its selector. */
  service(name: string, fields: Service['spec'], namespace = 'default'): void {
    this.services.push({ metadata: { name, namespace }, spec: { type: 'ClusterIP', ...fields } })
    const selector = Object.entries(fields?.selector ?? {})
    if (selector.length === 0) return
    const chosen = this.pods.filter(
      (pod) =>
        pod.metadata?.namespace === namespace &&
        selector.every(([key, value]) => pod.metadata?.labels?.[key] === value),
    )
    this.slices.push({
      addressType: 'IPv4',
      metadata: { name: `${name}-1`, namespace, labels: { 'kubernetes.io/service-name': name } },
      ports: (fields?.ports ?? []).map((port) => ({
        name: port.name ?? '',
        protocol: port.protocol ?? 'TCP',
        port: typeof port.targetPort === 'number' ? port.targetPort : port.port,
      })),
      endpoints: chosen.map((pod) => ({
        addresses: [pod.status?.podIP ?? ''],
        nodeName: pod.spec?.nodeName ?? '',
        targetRef: { kind: 'Pod', name: pod.metadata?.name ?? '', namespace },
        conditions: {
          ready: pod.status?.conditions?.[0]?.status === 'True',
          serving: pod.status?.conditions?.[0]?.status === 'True',
          terminating: false,
        },
      })),
    })
  }

  /** CoreDNS with its Service, as kubeadm leaves it. */
  clusterDns(corefile = COREFILE, files: { readonly [path: string]: string } = {}): void {
    this.pod({
      name: 'coredns',
      namespace: 'kube-system',
      labels: { 'k8s-app': 'kube-dns' },
      image: 'registry.k8s.io/coredns/coredns:v1.13.1',
      args: ['-conf', '/etc/coredns/Corefile'],
      files: { ...files, '/etc/coredns/Corefile': corefile, '/etc/resolv.conf': 'nameserver 192.168.1.1\n' },
    })
    const fields = {
      clusterIP: '10.96.0.10',
      selector: { 'k8s-app': 'kube-dns' },
      ports: [{ name: 'dns', protocol: 'UDP', port: 53 }],
    }
    this.service('kube-dns', fields, 'kube-system')
  }
}

function nodeObject(host: { readonly name: string }, index: number): Node {
  const labels: { readonly [key: string]: string } =
    index === 0 ? { 'node.kubernetes.io/exclude-from-external-load-balancers': '' } : {}
  return {
    metadata: { name: host.name, labels },
    spec: { podCIDR: `10.244.${index}.0/24` },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  }
}

function spec(recipe: PodRecipe, podIP: string): ContainerSpec {
  const { name, namespace = 'default', node = 'node01', image = 'nginx', command, args } = recipe
  return {
    podUid: `uid-${name}`,
    namespace,
    podName: name,
    podIP,
    nodeName: node,
    containerName: 'main',
    image,
    ...(command ? { command } : {}),
    ...(args ? { args } : {}),
    env: recipe.env ?? [],
    ...(recipe.user && { user: recipe.user }),
    ...(recipe.readOnlyRoot && { readOnlyRoot: true }),
    mounts: [
      { path: '/etc/hosts', content: `127.0.0.1\tlocalhost\n${podIP}\t${name}\n` },
      {
        path: '/etc/resolv.conf',
        content: `search ${namespace}.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n`,
      },
      ...Object.entries(recipe.files ?? {}).map(([path, content]) => ({ path, content })),
    ],
  }
}
