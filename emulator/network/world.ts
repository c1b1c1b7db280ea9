import type {
  ConfigMap,
  CoreV1Event,
  Deployment,
  EndpointSlice,
  Namespace,
  NetworkPolicy,
  Node,
  ObjectMeta,
  Pod,
  Service,
} from '../generated/types.ts'
import type { Clock, Random } from '../sim/types.ts'
import { bridgeAddress, type NetworkSettings } from './addresses.ts'
import type { FlowLog } from './flows.ts'
import type { MachineSockets } from './machine-sockets.ts'
import type { ProxyRules } from './proxy-rules.ts'
import type { HttpRequest, HttpResponse, Place, Protocol } from './types.ts'

/** The objects the data plane follows: what kube-proxy, CoreDNS and the CNI plugin watch. */
export interface NetworkObjects {
  pods(): readonly Pod[]
  pod(namespace: string, name: string): Pod | undefined
  /** The Pods whose status has this address. */
  podsAt(address: string): readonly Pod[]
  /** Pods of any node with the host port `TCP/80`. */
  podsWithHostPort(port: string): readonly Pod[]
  podsIn(namespace: string): readonly Pod[]
  services(): readonly Service[]
  service(namespace: string, name: string): Service | undefined
  servicesIn(namespace: string): readonly Service[]
  /** Services that have something to do with `address IP`, `port TCP/30080` (a node port) or `health 31000`. */
  servicesFor(target: string): readonly Service[]
  endpointSlices(): readonly EndpointSlice[]
  /** The slices that name a Service by label, in its namespace. */
  slicesFor(namespace: string, service: string): readonly EndpointSlice[]
  /** The slices that hold an address. */
  slicesAt(address: string): readonly EndpointSlice[]
  nodes(): readonly Node[]
  node(name: string): Node | undefined
  /** Deployments, StatefulSets and DaemonSets: what Pods that do not exist would be made from. */
  workloadsIn(namespace: string): readonly Workload[]
  networkPolicies(): readonly NetworkPolicy[]
  namespace(name: string): Namespace | undefined
  namespaces(): readonly Namespace[]
  /** What was warned of about a Pod, the newest last. */
  warningsAbout(pod: Pod): readonly CoreV1Event[]
  configMap(namespace: string, name: string): ConfigMap | undefined
}

export type Workload = Pick<Deployment, 'kind' | 'metadata'> & {
  readonly spec?: { readonly replicas?: number; readonly template?: { readonly metadata?: ObjectMeta } }
}

/** What the network needs to know of a container. */
export interface NetworkContainer {
  readonly id: string
  readonly spec: {
    readonly podUid: string
    readonly podIP: string
    readonly namespace: string
    readonly podName: string
    readonly nodeName: string
    readonly containerName: string
    readonly image: string
  }
  readonly state: { readonly kind: 'running' | 'exited' }
  readonly listeners: readonly {
    readonly port: number
    readonly protocol: Protocol
    readonly address: string
    readonly speaks: 'http' | 'dns' | 'text'
    readonly tls?: boolean
  }[]
  readonly files: { read(path: string): string | undefined }
  readonly env: ReadonlyMap<string, string>
  log(stream: 'stdout' | 'stderr', text: string): void
  /** Ends its first process. */
  exit(exitCode: number): void
  answer(port: number, request: HttpRequest, client: Endpoint): HttpResponse | undefined
  reply(port: number, text: string, protocol?: Protocol): string | undefined
  /** What a TLS listener presents to a client that asks for this name. */
  certificate(port: number, serverName: string | undefined): string | undefined
}

export interface Endpoint {
  readonly address: string
  readonly port: number
}

export interface NetworkContainers {
  byPodIP(address: string): readonly NetworkContainer[]
  /** Of the Pod with this uid. */
  byPod(uid: string): readonly NetworkContainer[]
}

/** What the network needs to know of a machine. */
export interface NetworkMachine {
  readonly name: string
  readonly address: string
  readonly role: 'laptop' | 'control-plane' | 'worker'
  readonly powered: boolean
  readonly units: { readonly [unit in 'kubelet' | 'containerd' | 'kube-proxy']?: 'running' | 'stopped' }
  readonly files: { read(path: string): string | undefined }
}

/** Everything that stages read. */
export interface World {
  readonly objects: NetworkObjects
  readonly rules: ProxyRules
  readonly containers: NetworkContainers
  readonly machines: readonly NetworkMachine[]
  readonly clock: Clock
  readonly random: Random
  readonly settings: NetworkSettings
  readonly affinity: Map<string, AffinityEntry>
  readonly sockets: MachineSockets
  /** What the nodes' connection tracking remembers. */
  readonly flows: FlowLog
}

/** One remembered client of a Service with session affinity, as iptables' `recent` module keeps it. */
export interface AffinityEntry {
  readonly address: string
  readonly port: number
  readonly at: number
}

export function machineByName(world: World, name: string): NetworkMachine | undefined {
  return world.machines.find((machine) => machine.name === name)
}

export function machineByAddress(world: World, address: string): NetworkMachine | undefined {
  return world.machines.find((machine) => machine.address === address)
}

export function podByName(world: World, namespace: string, name: string): Pod | undefined {
  return world.objects.pod(namespace, name)
}

/** The Pod that owns an address of the Pod network. Finished Pods have given theirs back. */
export function podByAddress(world: World, address: string): Pod | undefined {
  return world.objects.podsAt(address).find((pod) => pod.spec?.hostNetwork !== true && !isFinished(pod))
}

export function isFinished(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'
}

/** Address of a node's bridge, from which it speaks to its own Pods. */
export function nodeBridge(world: World, nodeName: string): string | undefined {
  const cidr = world.objects.node(nodeName)?.spec?.podCIDR
  return cidr === undefined ? undefined : bridgeAddress(cidr)
}

/** How a place is called in sentences. */
export function placeName(place: Place): string {
  return place.kind === 'machine' ? place.name : `Pod ${place.name}`
}
