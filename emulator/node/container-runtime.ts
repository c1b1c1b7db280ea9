import type { Network } from '../network/types.ts'
import type { Clock, EventQueue, Random } from '../sim/types.ts'
import { type ContainerServices, type ContainerSnapshot, RuntimeContainer } from './container.ts'
import { ContainerIndex } from './container-index.ts'
import { createFileBase } from './file-base.ts'
import { type FileChange, OverlayFileTree, type TreeMount } from './file-tree.ts'
import type { FileTree } from './files.ts'
import type { Image, ImageSet } from './image.ts'
import { resolvePath } from './paths.ts'
import { resolveImage } from './pull.ts'
import {
  type Container,
  type ContainerRuntime,
  type ContainerSpec,
  type LogLine,
  RunError,
  type VolumeDirectory,
} from './runtime.ts'
import { SubTree } from './sub-tree.ts'

export interface RuntimeOptions {
  readonly clock: Clock
  readonly queue: EventQueue
  readonly random: Random
  readonly images: ImageSet
  /** The network needs the runtime and the runtime's processes need the network: given late. */
  readonly network: () => Network
  /** The files of a node's machine. */
  readonly nodeFiles: (node: string) => FileTree | undefined
}

/** All containers of a cluster as plain JSON. */
export interface RuntimeSnapshot {
  readonly containers: readonly ContainerSnapshot[]
  readonly volumes: readonly (readonly [key: string, changes: readonly FileChange[]])[]
}

export interface SnapshottingRuntime extends ContainerRuntime {
  snapshot(): RuntimeSnapshot
  /** Jobs of the queue were put off by `ms`: sleeping processes sleep as much longer. */
  postponed(jobs: readonly string[], ms: number): void
  /** Into a fresh runtime; call it when the network can answer. */
  restore(snapshot: RuntimeSnapshot): void
}

const EMPTY_VOLUME = createFileBase({}, 0)
/** What a registry delivers in a millisecond; small images take the recorded 0.4 s. */
const BYTES_PER_MS = 100_000
const MINIMUM_PULL_MS = 380

/** containerd of all nodes. */
export function createRuntime(options: RuntimeOptions): SnapshottingRuntime {
  return new EmulatedRuntime(options)
}

class EmulatedRuntime implements SnapshottingRuntime {
  readonly #options: RuntimeOptions
  readonly #services: ContainerServices
  /** In the order of their starts. A restored container that waits for nothing sleeps as its snapshot until asked for. */
  readonly #containers = new Map<string, RuntimeContainer | ContainerSnapshot>()
  readonly #index = new ContainerIndex()
  readonly #volumes = new Map<string, OverlayFileTree>()
  readonly #exitListeners = new Set<(container: Container) => void>()
  readonly #changeListeners = new Set<(container: Container) => void>()
  readonly #logListeners = new Set<(container: Container, line: LogLine) => void>()
  /** Listeners that open while a container is taken up again are nobody's news. */
  #waking = false
  readonly #ids: Random
  readonly #pulls: Random

  constructor(options: RuntimeOptions) {
    this.#options = options
    this.#ids = options.random.fork('container-ids')
    this.#pulls = options.random.fork('pulls')
    this.#services = {
      clock: options.clock,
      queue: options.queue,
      network: options.network,
      exited: (container) => this.#emit(this.#exitListeners, (listen) => listen(container)),
      changed: (container) => {
        if (!this.#waking) this.#emit(this.#changeListeners, (listen) => listen(container))
      },
      logged: (container, line) => this.#emit(this.#logListeners, (listen) => listen(container, line)),
    }
  }

  find(image: string): ReturnType<ContainerRuntime['find']> {
    const found = resolveImage(this.#options.images, image)
    return 'message' in found ? { ok: false, message: found.message } : { ok: true, sizeBytes: found.sizeBytes }
  }

  pull(image: string): ReturnType<ContainerRuntime['pull']> {
    const found = this.find(image)
    if (!found.ok) return found
    const durationMs =
      MINIMUM_PULL_MS + this.#pulls.int(60) + Math.min(1500, Math.floor(found.sizeBytes / BYTES_PER_MS))
    return { ok: true, sizeBytes: found.sizeBytes, durationMs }
  }

  start(spec: ContainerSpec): Container {
    const identity = { id: this.#newId(), spec, startedAt: this.#options.clock.now() }
    const container = new RuntimeContainer(identity, this.#image(spec), this.#mounts(spec), this.#services)
    this.#keep(container)
    try {
      container.start()
    } catch (error) {
      this.#drop(container)
      throw error
    }
    return container
  }

  stop(id: string, graceMs: number): void {
    this.#awake(id)?.terminate(graceMs)
  }

  remove(id: string): void {
    const container = this.#awake(id)
    if (container === undefined) return
    container.exit(137)
    this.#drop(container)
    const { podUid } = container.spec
    if (this.#index.ofPod(podUid).length > 0 || this.#volumes.size === 0) return
    for (const key of [...this.#volumes.keys()]) if (key.startsWith(`${podUid}/`)) this.#volumes.delete(key)
  }

  get(podUid: string, containerName: string): Container | undefined {
    const latest = this.#index
      .ofPod(podUid)
      .findLast((id) => this.#containers.get(id)?.spec.containerName === containerName)
    return latest === undefined ? undefined : this.#awake(latest)
  }

  byId(id: string): Container | undefined {
    return this.#awake(id)
  }

  byPodIP(address: string): readonly Container[] {
    return this.#index.atAddress(address).flatMap((id) => this.#awake(id) ?? [])
  }

  byPod(podUid: string): readonly Container[] {
    return this.#index.ofPod(podUid).flatMap((id) => this.#awake(id) ?? [])
  }

  onNode(node: string): readonly Container[] {
    return this.#index.onNode(node).flatMap((id) => this.#awake(id) ?? [])
  }

  kill(id: string): void {
    this.#awake(id)?.exit(137)
  }

  onExit(listener: (container: Container) => void): () => void {
    return subscribe(this.#exitListeners, listener)
  }

  onChange(listener: (container: Container) => void): () => void {
    return subscribe(this.#changeListeners, listener)
  }

  onLog(listener: (container: Container, line: LogLine) => void): () => void {
    return subscribe(this.#logListeners, listener)
  }

  snapshot(): RuntimeSnapshot {
    return {
      containers: [...this.#containers.values()].map((entry) =>
        entry instanceof RuntimeContainer ? entry.save() : entry,
      ),
      volumes: [...this.#volumes].map(([key, tree]) => [key, tree.changes()] as const),
    }
  }

  postponed(jobs: readonly string[], ms: number): void {
    for (const job of jobs) {
      const entry = this.#containers.get(job.replace('container/', ''))
      if (entry instanceof RuntimeContainer) entry.sleepLonger(ms)
    }
  }

  restore(snapshot: RuntimeSnapshot): void {
    for (const [key, changes] of snapshot.volumes) this.#volumes.set(key, this.#newVolume(changes))
    for (const saved of snapshot.containers) this.#keep(saved)
    for (const { id, wakeAt, ending } of snapshot.containers) if (wakeAt ?? ending) this.#awake(id)
  }

  #keep(entry: RuntimeContainer | ContainerSnapshot): void {
    this.#containers.set(entry.id, entry)
    this.#index.add(entry.id, entry.spec)
  }

  #drop({ id, spec }: RuntimeContainer): void {
    this.#containers.delete(id)
    this.#index.delete(id, spec)
  }

  /** The container itself, taken up where its snapshot left it. */
  #awake(id: string): RuntimeContainer | undefined {
    const entry = this.#containers.get(id)
    if (entry === undefined || entry instanceof RuntimeContainer) return entry
    const container = new RuntimeContainer(
      entry,
      this.#image(entry.spec),
      this.#mounts(entry.spec),
      this.#services,
      entry,
    )
    this.#containers.set(id, container)
    this.#waking = true
    container.resume(entry)
    this.#waking = false
    return container
  }

  #image(spec: ContainerSpec): Image {
    const image = resolveImage(this.#options.images, spec.image)
    if ('message' in image) throw new RunError(`failed to get image "${spec.image}": ${image.message}`, 128)
    return image
  }

  #mounts(spec: ContainerSpec): readonly TreeMount[] {
    return (spec.volumes ?? []).map((volume) => {
      const tree = this.#volumeTree(spec, volume)
      const part = volume.subPath === undefined ? tree : new SubTree(tree, resolvePath('/', volume.subPath))
      return { path: volume.path, tree: part, readOnly: volume.readOnly === true }
    })
  }

  #volumeTree({ podUid, nodeName }: ContainerSpec, { name, directory }: VolumeDirectory): FileTree {
    const node = directory === undefined ? undefined : this.#options.nodeFiles(nodeName)
    if (node && directory !== undefined) return new SubTree(node, resolvePath('/', directory))
    const key = `${podUid}/${name}`
    const tree = this.#volumes.get(key) ?? this.#newVolume([])
    this.#volumes.set(key, tree)
    return tree
  }

  #newVolume(changes: readonly FileChange[]): OverlayFileTree {
    return new OverlayFileTree({ base: EMPTY_VOLUME, now: () => this.#options.clock.now(), changes })
  }

  #newId(): string {
    return Array.from({ length: 16 }, () => this.#ids.int(0x10000).toString(16).padStart(4, '0')).join('')
  }

  #emit<L>(listeners: ReadonlySet<L>, call: (listener: L) => void): void {
    for (const listener of [...listeners]) call(listener)
  }
}

function subscribe<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
