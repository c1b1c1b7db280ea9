/** Puts one cluster together: everything below cluster.ts, wired, without the public door. */

import { admissionPlugins } from './admission/index.ts'
import { type ApiServer, createApiServer } from './api/server.ts'
import { createStore, emptyBase, type Store, type StoreBase, type StoreSnapshot } from './api/store.ts'
import { createAuthentication } from './authentication/index.ts'
import { createAuthorizer } from './authorization/authorizer.ts'
import type { Blueprint, MachineDefinition } from './blueprints/blueprint.ts'
import { authorityOf } from './blueprints/certificate.ts'
import { type ControlPlane, createControlPlane } from './control-plane.ts'
import type { AutoscalerMemory } from './controllers/horizontal-pod-autoscaler-limits.ts'
import type { EventBudget } from './controllers/recorder.ts'
import { createEtcdStorage, type EtcdStorage } from './etcd-storage.ts'
import { IMAGES, withApiServer } from './images/index.ts'
import { type AggregatedApi, createAggregation } from './kinds/aggregation.ts'
import { customKinds } from './kinds/custom-resource.ts'
import { furtherVersions, kinds } from './kinds/index.ts'
import { DEFAULT_SETTINGS } from './network/addresses.ts'
import { storeObjects } from './network/indexes.ts'
import { createNetwork, type NetworkSnapshot, type SnapshottingNetwork } from './network/network.ts'
import type { ContainerSnapshot } from './node/container.ts'
import { createRuntime, type RuntimeSnapshot, type SnapshottingRuntime } from './node/container-runtime.ts'
import { createMachine, type EmulatedMachine, type MachineSnapshot } from './node/create-machine.ts'
import { createHeartbeats } from './node/heartbeats.ts'
import type { KubeletSnapshot } from './node/kubelet.ts'
import { metricsKinds } from './node/metrics/metrics-kinds.ts'
import { metricsApiService } from './node/metrics/resource-metrics.ts'
import { createConnectionHandlers } from './node/pod-connections.ts'
import { createPodHandlers } from './node/pod-handlers.ts'
import { createProxyHandlers } from './node/proxy-handlers.ts'
import type { Container } from './node/runtime.ts'
import { createRandom } from './sim/random.ts'
import { createScheduler, type PendingJob, type Scheduler } from './sim/scheduler.ts'

/** What all clusters of one blueprint and birth share. */
export interface WorldBase {
  readonly blueprint: Blueprint
  readonly born: number
  readonly store: StoreBase
  readonly machines: readonly MachineDefinition[]
  readonly runtime: RuntimeSnapshot
  readonly kubelet: KubeletSnapshot
}

/** How a world differs from its base: plain JSON. */
export interface WorldSnapshot {
  readonly now: number
  readonly store: StoreSnapshot
  readonly random: { readonly [path: string]: number }
  readonly machines: readonly MachineSnapshot[]
  /** Since when nodes' kubelets have been silent. */
  readonly silentSince: readonly (readonly [node: string, since: number])[]
  /** Since when nodes that Pods still name have been missing; older snapshots have none. */
  readonly goneSince?: readonly (readonly [node: string, since: number])[]
  /** The version that etcd left in its directory when it ended; missing while one serves. */
  readonly etcdLeft?: number
  readonly autoscalers?: readonly (readonly [uid: string, memory: AutoscalerMemory])[]
  readonly runtime: RuntimeDifference
  readonly kubelet: KubeletSnapshot
  readonly network: NetworkSnapshot
  readonly jobs: readonly PendingJob[]
  readonly failures: readonly (readonly [job: string, count: number])[]
  readonly eventBudget: readonly (readonly [key: string, left: { readonly tokens: number; readonly at: number }])[]
}

/** Containers in order; one that is as in the base stands for itself by its id. */
interface RuntimeDifference extends Omit<RuntimeSnapshot, 'containers'> {
  /** Tells the base apart from that of another version of the emulator. */
  readonly base: string
  readonly containers: readonly (ContainerSnapshot | string)[]
}

export interface World {
  readonly base: WorldBase
  readonly scheduler: Scheduler
  readonly store: Store
  readonly api: ApiServer
  readonly network: SnapshottingNetwork
  readonly runtime: SnapshottingRuntime
  readonly machines: readonly EmulatedMachine[]
  readonly controlPlane: ControlPlane
  readonly etcd: EtcdStorage
  snapshot(): WorldSnapshot
}

export function emptyWorldBase(blueprint: Blueprint, born: number): WorldBase {
  return {
    blueprint,
    born,
    store: emptyBase,
    machines: blueprint.machines(born),
    runtime: { containers: [], volumes: [] },
    kubelet: { pods: [], lastAddress: [], images: [] },
  }
}

/** A world over `base`, at `startTime` or where `snapshot` left it. */
export function createWorld(base: WorldBase, seed: string, startTime: number, snapshot?: WorldSnapshot): World {
  const scheduler = createScheduler(snapshot?.now ?? startTime)
  const random = createRandom(seed, snapshot?.random)
  const store = createStore(base.store, snapshot?.store)
  const machines = createMachines(
    base,
    scheduler,
    snapshot,
    (machine) => {
      network.machineChanged(machine)
      controlPlane.machineChanged(machine)
    },
    (machine) => controlPlane.filesChanged(machine),
  )
  const runtime = createRuntime({
    clock: scheduler,
    queue: scheduler,
    random,
    images: withApiServer(IMAGES, (request) => api.handle(request)),
    network: () => network,
    nodeFiles: (name) => machines.find((machine) => machine.name === name && machine.role !== 'laptop')?.files,
  })
  const network = createNetwork({
    objects: storeObjects(store),
    containers: runtime,
    machines,
    clock: scheduler,
    random,
    settings: { ...DEFAULT_SETTINGS, loadBalancerPool: base.blueprint.loadBalancerPool },
  })
  const machine = (name: string) => machines.find((candidate) => candidate.name === name)
  const apiServer = machines.find(({ address }) => address === base.blueprint.apiServer.address)
  const { authenticate, podToken, signer, subresources } = createAuthentication(store, scheduler, random, {
    tokens: `${base.blueprint.name} ${base.born}`,
    authority: authorityOf(base.blueprint.name),
  })
  const aggregation = createAggregation(() => aggregated)
  const api: ApiServer = createApiServer({
    kinds: [...kinds, ...furtherVersions],
    customKinds: (from) => aggregation.kinds(from, customKinds(from)),
    unavailableApis: aggregation.unavailable,
    clock: scheduler,
    queue: scheduler,
    random,
    store,
    admission: admissionPlugins(
      random,
      base.blueprint.maxPods,
      () => api.client({ name: 'system:apiserver', groups: ['system:masters'] }, 'kube-apiserver'),
      { network: () => network, host: { kind: 'machine', name: apiServer?.name ?? '' } },
    ),
    authorizer: createAuthorizer(store),
    authenticate,
    subresources: [
      ...subresources,
      ...createPodHandlers(runtime, store, machine),
      ...createConnectionHandlers({ runtime, network: () => network, machine }),
    ],
    proxies: createProxyHandlers({
      runtime,
      network: () => network,
      machine,
      apiServer: apiServer?.name ?? '',
    }),
    renewal: createHeartbeats((name) => {
      const kubelet = machine(name)
      return kubelet && (controlPlane.silentSince.get(name) ?? scheduler.now())
    }),
    tokenKeys: () => [signer.publicKey()],
    serverAddress: `${base.blueprint.apiServer.address}:${base.blueprint.apiServer.port}`,
  })
  const eventBudget: EventBudget = new Map(snapshot?.eventBudget)
  const controlPlane = createControlPlane({
    base,
    api,
    scheduler,
    random,
    runtime,
    network,
    machines,
    eventBudget,
    podToken,
    signer,
    answers: (name) => aggregated.some((one) => one.name === name && one.answers()),
  })
  const { metrics } = controlPlane
  const aggregated: readonly AggregatedApi[] = [
    { name: metricsApiService, kinds: metricsKinds(metrics), answers: () => metrics.state() === 'serving' },
  ]
  runtime.restore(snapshot ? runtimeOf(base, snapshot.runtime) : base.runtime)
  controlPlane.watchContainers()
  const etcd = createEtcdStorage(store, base.store, snapshot?.etcdLeft)
  const isEtcd = ({ spec }: Container) => spec.namespace === 'kube-system' && spec.containerName === 'etcd'
  if (base.store !== emptyBase) {
    runtime.onExit((container) => isEtcd(container) && etcd.ended(container))
    runtime.onChange((container) => isEtcd(container) && container.listeners.length === 1 && etcd.began(container))
  }
  runtime.onExit((container) => network.containerChanged(container))
  runtime.onChange((container) => network.containerChanged(container))
  if (snapshot) resume(snapshot, controlPlane, network)
  return {
    base,
    scheduler,
    store,
    api,
    network,
    runtime,
    machines,
    controlPlane,
    etcd,
    snapshot: () => ({
      now: scheduler.now(),
      store: store.snapshot(),
      random: random.states(),
      machines: machines.map((machine) => machine.snapshot()),
      silentSince: [...controlPlane.silentSince],
      goneSince: [...controlPlane.goneSince],
      ...(etcd.left !== undefined && { etcdLeft: etcd.left }),
      ...(controlPlane.autoscalers.size > 0 && { autoscalers: [...controlPlane.autoscalers] }),
      runtime: differenceOf(base, runtime.snapshot()),
      kubelet: controlPlane.kubelet.snapshot(),
      network: network.snapshot(),
      jobs: scheduler.pending(),
      failures: [...controlPlane.runner.failures],
      eventBudget: [...eventBudget],
    }),
  }
}

function differenceOf(base: WorldBase, { containers, volumes }: RuntimeSnapshot): RuntimeDifference {
  const shared = new Set(base.runtime.containers)
  const before = new Map(base.runtime.containers.map((saved) => [saved.id, saved]))
  const same = (saved: ContainerSnapshot) =>
    shared.has(saved) || (before.has(saved.id) && JSON.stringify(before.get(saved.id)) === JSON.stringify(saved))
  return { base: fingerprint(base), containers: containers.map((saved) => (same(saved) ? saved.id : saved)), volumes }
}

/** Over a base that a newer version brings up differently, what the snapshot brings along joins what the base has now. */
function runtimeOf(base: WorldBase, difference: RuntimeDifference): RuntimeSnapshot {
  const shared = new Map(base.runtime.containers.map((saved) => [saved.id, saved]))
  const own = difference.containers.flatMap((saved) =>
    typeof saved === 'string' ? (shared.get(saved) ?? []) : [saved],
  )
  const containers = difference.base === fingerprint(base) ? own : [...new Set([...base.runtime.containers, ...own])]
  return { containers, volumes: difference.volumes }
}

function fingerprint(base: WorldBase): string {
  return `${base.store.resourceVersion} ${base.runtime.containers.map(({ id }) => id.slice(0, 4)).join('')}`
}

function createMachines(
  base: WorldBase,
  scheduler: Scheduler,
  snapshot: WorldSnapshot | undefined,
  changed: (machine: EmulatedMachine) => void,
  filesChanged: (machine: EmulatedMachine) => void,
): readonly EmulatedMachine[] {
  const saved = new Map(snapshot?.machines.map((machine) => [machine.name, machine]))
  return base.machines.map((definition) => {
    const own = saved.get(definition.name)
    return createMachine({
      ...definition,
      now: scheduler.now,
      onChange: changed,
      onFiles: filesChanged,
      ...(own && { saved: own }),
    })
  })
}

/** Takes up what was due: reconciles in their order; containers have seen to their own waits. */
function resume(snapshot: WorldSnapshot, controlPlane: ControlPlane, network: SnapshottingNetwork): void {
  network.restore(snapshot.network)
  controlPlane.kubelet.restore(snapshot.kubelet)
  for (const [node, since] of snapshot.silentSince) controlPlane.silentSince.set(node, since)
  for (const [node, since] of snapshot.goneSince ?? []) controlPlane.goneSince.set(node, since)
  for (const [uid, memory] of snapshot.autoscalers ?? []) controlPlane.autoscalers.set(uid, memory)
  for (const [job, count] of snapshot.failures) controlPlane.runner.failures.set(job, count)
  for (const { key, at, background } of snapshot.jobs) controlPlane.runner.resume(key, at, background)
}
