/** The composition root: a cluster with its machines as one deterministic value. */
import { resourceName } from './api/kind.ts'
import type { StoreEvent } from './api/types.ts'
import { birthOf, blueprintBase } from './blueprint-base.ts'
import { etcdEntries } from './etcd-view.ts'
import type { Cluster, ClusterOptions, ClusterSnapshot } from './index.ts'
import { event as eventKind } from './kinds/event.ts'
import { pod as podKind } from './kinds/pod.ts'
import { kubeletDialError } from './node/kubelet-dial.ts'
import { createNodeImages } from './node/node-images.ts'
import { passTime } from './pass-time.ts'
import { createWorld, type World, type WorldSnapshot } from './world.ts'

const eventLifeMs = 3_600_000

export function createCluster(options: ClusterOptions): Cluster {
  const name = options.blueprint ?? 'default'
  const base = blueprintBase(name, birthOf(options.startTime))
  return clusterOf(createWorld(base, options.seed, options.startTime), options.seed)
}

/** A snapshot as this version writes it. */
interface OwnSnapshot extends ClusterSnapshot {
  readonly born: number
  readonly seed: string
  readonly world: WorldSnapshot
}

/** Goes on exactly where `snapshot` was taken; the snapshot may be used again. */
export function restoreCluster(snapshot: ClusterSnapshot): Cluster {
  const { blueprint, born, seed, world } = ownSnapshot(snapshot)
  return clusterOf(createWorld(blueprintBase(blueprint, born), seed, world.now, world), seed)
}

function ownSnapshot(snapshot: ClusterSnapshot): OwnSnapshot {
  if (snapshot.version !== 1 || typeof snapshot.born !== 'number' || typeof snapshot.world !== 'object') {
    throw new Error('this snapshot was written by another version of the emulator')
  }
  return snapshot as OwnSnapshot
}

function clusterOf(world: World, seed: string): Cluster {
  const { scheduler, store, api, runtime, base } = world
  const objects = api.client({ name: 'system:apiserver', groups: ['system:masters'] }, 'kube-apiserver')
  let swept = scheduler.now()

  /** Events expire an hour after they were last seen; looked at when time has moved, so that nothing is ever due for it. */
  const sweepEvents = () => {
    if (scheduler.now() - swept < eventLifeMs / 6) return
    swept = scheduler.now()
    for (const event of objects.list(eventKind)) {
      const seen = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? ''
      if (Date.parse(seen) + eventLifeMs > swept) continue
      objects.delete(eventKind, event.metadata.namespace, event.metadata.name ?? '')
    }
  }
  const runUntil = (time: number) => {
    passTime(world, time)
    sweepEvents()
  }

  return {
    now: scheduler.now,
    run: (ms) => runUntil(scheduler.now() + ms),
    settle(maxSeconds) {
      const start = scheduler.now()
      const limit = start + maxSeconds * 1000
      for (let next = scheduler.nextAt('foreground'); next !== undefined; next = scheduler.nextAt('foreground')) {
        runUntil(Math.min(next, limit))
        if (next > limit) break
      }
      return scheduler.now() - start
    },
    nextEventAt: () => scheduler.nextAt(),
    request: (request) => api.handle(request),
    network: world.network,
    get kinds() {
      return api.registry.kinds
    },
    machine: (name) => world.machines.find((machine) => machine.name === name),
    machines: world.machines,
    setPower: (name, powered) => world.machines.find((machine) => machine.name === name)?.setPowered(powered),
    setUnit: (name, unit, state) => world.machines.find((machine) => machine.name === name)?.setUnit(unit, state),
    apiServerState() {
      const host = world.machines.find(({ role }) => role === 'control-plane')
      if (host?.powered === false) return 'unreachable'
      return world.controlPlane.health.serves() ? 'serving' : 'refused'
    },
    kubeletError: (node) => kubeletDialError(world.machines.find((machine) => machine.name === node)),
    container(namespace, name, container) {
      const pod = objects.get(podKind, namespace, name)
      const found = pod?.metadata?.uid === undefined ? undefined : runtime.get(pod.metadata.uid, container)
      if (pod && found) world.controlPlane.kubelet.lookedAt(pod, found)
      return found
    },
    etcd: {
      get revision() {
        return store.resourceVersion
      },
      entries: () => {
        const custom = new Set(api.registry.kinds.filter((kind) => kind.custom).map(resourceName))
        return etcdEntries(store, (resource) => custom.has(resource))
      },
      backup: () => world.etcd.backup(),
    },
    nodeImages: (node) => createNodeImages(world.controlPlane.kubelet.images(node), runtime),
    containersOn: (node) => runtime.onNode(node),
    stopContainer: (id, graceMs) => runtime.stop(id, graceMs),
    onChange: (listener: (event: StoreEvent) => void) => store.subscribe(listener),
    snapshot: (): OwnSnapshot => ({
      version: 1,
      blueprint: base.blueprint.name,
      born: base.born,
      seed,
      world: world.snapshot(),
    }),
  }
}
