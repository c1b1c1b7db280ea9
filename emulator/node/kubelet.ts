/** The kubelets of all nodes: they bring Pods to life on their node and report what became of them. */
import type { ObjectClient } from '../api/client.ts'
import type { KubeObject } from '../api/types.ts'
import { type ControllerDefinition, defineController, type ObjectKey } from '../controllers/controller.ts'
import { podsByAddress, podsByNode } from '../controllers/indexes.ts'
import { keyOf, nameOf, namespaceOf, uidOf } from '../controllers/metadata.ts'
import type { FieldEventRecorder } from '../controllers/recorder.ts'
import type { Pod } from '../generated/types.ts'
import { configMap as configMapKind } from '../kinds/config-map.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { secret as secretKind } from '../kinds/secret.ts'
import type { Network } from '../network/types.ts'
import type { Clock } from '../sim/types.ts'
import { syncPod } from './kubelet-sync.ts'
import type { Machine } from './machine.ts'
import type { HeldImages } from './node-images.ts'
import { type PodWork, restorePodWork, type SavedPodWork, savePodWork } from './pod-work.ts'
import { wakeProbe } from './probes.ts'
import type { Container, ContainerRuntime } from './runtime.ts'
import { rememberServiceLinks, type ServiceLinks } from './service-environment.ts'
import { renewTokens } from './volume-refresh.ts'
import { readsObject, type VolumeContext } from './volumes.ts'

export interface KubeletOptions {
  readonly objects: ObjectClient
  readonly clock: Clock
  readonly runtime: ContainerRuntime
  readonly network: () => Network
  /** Records as the kubelet of this node. */
  readonly recorder: (node: string) => FieldEventRecorder
  readonly randomInt: (fork: string, n: number) => number
  readonly machine: (name: string) => Machine | undefined
  readonly clusterDns: string
  /** Text of a projected service account token of this Pod. */
  readonly token: VolumeContext['token']
  readonly enqueue: (key: ObjectKey, delayMs: number) => void
  /** What all clusters of a blueprint share at their start. */
  readonly base?: KubeletSnapshot
}

export interface KubeletSnapshot {
  readonly pods: readonly SavedPodWork[]
  /** Last octet given on each node: addresses go round and are not reused at once (CNI host-local). */
  readonly lastAddress: readonly (readonly [node: string, host: number])[]
  readonly images: readonly (readonly [node: string, references: readonly string[]])[]
  /** Of those that a node came with; missing where nobody has removed one. */
  readonly removedImages?: readonly (readonly [node: string, references: readonly string[]])[]
}

/** What one pass over a Pod may use and keep. */
export interface KubeletContext extends KubeletOptions {
  readonly work: (pod: Pod) => PodWork
  readonly forget: (uid: string) => void
  readonly serviceLinks: ServiceLinks
  readonly allocateAddress: (node: string, podCidr: string) => string
  readonly imagesOn: (node: string) => { has(reference: string): boolean; add(reference: string): void }
}

export interface Kubelet {
  readonly controller: ControllerDefinition
  /** A Pod left the store: what still runs of it is killed. */
  podRemoved(pod: Pod): void
  /** A container exited, or its files or listeners changed. */
  containerExited(container: Container): void
  containerChanged(container: Container): void
  /** Somebody looks at a container: its tokens are those that it would have by now. */
  lookedAt(pod: Pod, container: Container): void
  /** A node's kubelet came back: it looks at all its Pods. */
  nodeReturned(node: string): void
  /** The images of a node. */
  images(node: string): HeldImages
  snapshot(): KubeletSnapshot
  restore(snapshot: KubeletSnapshot): void
}

/** A kubelet works while its machine has power, the unit runs, and it finds the API server. */
export function kubeletRuns(machine: Machine | undefined): boolean {
  if (machine?.powered !== true || machine.kubeletLost !== undefined) return false
  return machine.units.kubelet !== 'stopped' && machine.units.containerd !== 'stopped'
}

export function createKubelet(options: KubeletOptions): Kubelet {
  const works = new Map<string, PodWork>()
  const lastAddress = new Map<string, number>(options.base?.lastAddress)
  const shared = new Map(options.base?.images.map(([node, references]) => [node, new Set(references)]))
  const added = new Map<string, Set<string>>()
  const removed = new Map<string, Set<string>>()
  const isShared = (node: string, reference: string) =>
    shared.get(node)?.has(reference) === true && removed.get(node)?.has(reference) !== true

  const context: KubeletContext = {
    ...options,
    work(pod) {
      const uid = uidOf(pod)
      const known = works.get(uid)
      if (known) return known
      const fresh: PodWork = { uid, containers: new Map(), ...adopted(pod) }
      works.set(uid, fresh)
      return fresh
    },
    forget: (uid) => works.delete(uid),
    serviceLinks: rememberServiceLinks(options.objects),
    allocateAddress: (node, podCidr) => nextAddress(node, podCidr, lastAddress, options.objects),
    imagesOn: (node) => ({
      has: (reference) => isShared(node, reference) || added.get(node)?.has(reference) === true,
      add(reference) {
        removed.get(node)?.delete(reference)
        if (shared.get(node)?.has(reference)) return
        const set = added.get(node) ?? new Set()
        added.set(node, set.add(reference))
      },
    }),
  }

  const wakeProbes = (container: Container) => {
    const own = works.get(container.spec.podUid)?.containers.get(container.spec.containerName)
    for (const probe of own?.probes.values() ?? []) wakeProbe(probe)
  }
  const enqueueContainer = ({ spec }: Container, delayMs: number) =>
    options.enqueue({ namespace: spec.namespace, name: spec.podName }, delayMs)

  return {
    controller: kubeletController(context),
    podRemoved(pod) {
      removeContainers(pod, options.runtime)
      works.delete(uidOf(pod))
    },
    containerExited: (container) => enqueueContainer(container, 60 + options.randomInt('pleg', 120)),
    containerChanged(container) {
      const { livenessProbe, readinessProbe, startupProbe } = templateOf(container, options.objects) ?? {}
      if (!livenessProbe && !readinessProbe && !startupProbe) return
      wakeProbes(container)
      enqueueContainer(container, 10)
    },
    lookedAt(pod, container) {
      if (!kubeletRuns(options.machine(pod.spec?.nodeName ?? ''))) return
      renewTokens(pod, container, { token: options.token, now: options.clock.now() })
    },
    nodeReturned(node) {
      for (const pod of options.objects.listBy(podKind, podsByNode, node)) options.enqueue(keyOf(pod), 500)
    },
    images: (node) => ({
      references: () => [
        ...[...(shared.get(node) ?? [])].filter((reference) => isShared(node, reference)),
        ...(added.get(node) ?? []),
      ],
      add: (reference) => context.imagesOn(node).add(reference),
      remove(reference) {
        if (shared.get(node)?.has(reference) === true)
          removed.set(node, (removed.get(node) ?? new Set()).add(reference))
        added.get(node)?.delete(reference)
      },
    }),
    snapshot: () => ({
      pods: [...works.values()].map(savePodWork),
      lastAddress: [...lastAddress],
      images: [...added].map(([node, references]) => [node, [...references]]),
      ...(removed.size > 0 && { removedImages: [...removed].map(([node, references]) => [node, [...references]]) }),
    }),
    restore(snapshot) {
      for (const saved of snapshot.pods) works.set(saved.uid, restorePodWork(saved))
      for (const [node, host] of snapshot.lastAddress) lastAddress.set(node, host)
      for (const [node, references] of snapshot.images) added.set(node, new Set(references))
      for (const [node, references] of snapshot.removedImages ?? []) removed.set(node, new Set(references))
    },
  }
}

function kubeletController(context: KubeletContext): ControllerDefinition {
  const readers = (kind: 'ConfigMap' | 'Secret') => (object: KubeObject) =>
    context.objects
      .list(podKind, { namespace: object.metadata?.namespace })
      .filter((pod) => readsObject(pod, kind, namespaceOf(object), nameOf(object)))
      .map(keyOf)
  return defineController({
    name: 'kubelet',
    for: podKind,
    watches: [
      { kind: configMapKind, keys: readers('ConfigMap') },
      { kind: secretKind, keys: readers('Secret') },
    ],
    delayMs: [8, 30],
    reconcile(key) {
      const pod = context.objects.get(podKind, key.namespace, key.name)
      const node = pod?.spec?.nodeName
      if (!pod || !node || !kubeletRuns(context.machine(node))) return undefined
      return syncPod(pod, context)
    },
  })
}

/** A Pod of the blueprint has no work of its own yet: its status tells that its sandbox stands. */
function adopted(pod: Pod): Partial<PodWork> {
  const ready = pod.status?.conditions?.some(
    ({ type, status }) => type === 'PodReadyToStartContainers' && status === 'True',
  )
  return ready ? { sandboxAt: 0, ...(pod.status?.podIP && { podIP: pod.status.podIP }) } : {}
}

function templateOf({ spec }: Container, objects: ObjectClient) {
  const pod = objects.get(podKind, spec.namespace, spec.podName)
  if (!pod || uidOf(pod) !== spec.podUid) return undefined
  return [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])].find(
    ({ name }) => name === spec.containerName,
  )
}

export function removeContainers(pod: Pod, runtime: ContainerRuntime): void {
  for (const { name } of [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])]) {
    for (let found = runtime.get(uidOf(pod), name); found; found = runtime.get(uidOf(pod), name))
      runtime.remove(found.id)
  }
}

function nextAddress(node: string, podCidr: string, last: Map<string, number>, objects: ObjectClient): string {
  const prefix = podCidr.replace(/\.\d+\/\d+$/, '')
  let host = last.get(node) ?? 1
  for (let tries = 0; tries < 253; tries++) {
    host = host >= 254 ? 2 : host + 1
    if (objects.listBy(podKind, podsByAddress, `${prefix}.${host}`).length === 0) break
  }
  last.set(node, host)
  return `${prefix}.${host}`
}
