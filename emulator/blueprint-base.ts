import { deepFreeze } from './api/json.ts'
import { objectKey, type Store } from './api/store.ts'
import type { Blueprint } from './blueprints/blueprint.ts'
import { blueprints } from './blueprints/index.ts'
import { imagesOf, nodeStatus } from './blueprints/nodes.ts'
import { node as nodeKind } from './kinds/node.ts'
import { createWorld, emptyWorldBase, type WorldBase } from './world.ts'

const dayMs = 86_400_000
const weekMs = 7 * dayMs
/** Off the full hour, so that ages look like a cluster's that somebody set up one morning. */
const offsetMs = 3 * dayMs + 9 * 3_600_000 + 12 * 60_000 + 41_000
/** How long a new cluster gets to come to rest. */
const bringUpMs = 300_000

/**
 * When the blueprint of a cluster that starts at `startTime` was set up: three to ten days before, the same instant for
 * all of a week, so that they share one base.
 */
export function birthOf(startTime: number): number {
  return Math.floor((startTime - 3 * dayMs - offsetMs) / weekMs) * weekMs + offsetMs
}

/**
 * A blueprint's base is a pure function of its name and birth, brought up once and then shared, frozen. This memory of
 * results is the one thing that outlives a cluster; nothing can be told from it but the time it saves.
 */
// allowed: results of a pure function, frozen and the same for every cluster
const remembered = new Map<string, WorldBase>()
const mostRemembered = 8

export function blueprintBase(name: string, born: number): WorldBase {
  const key = `${name} ${born}`
  const known = remembered.get(key)
  if (known) return known
  const base = bringUp(blueprintNamed(name), born)
  const [oldest] = remembered.keys()
  if (remembered.size >= mostRemembered && oldest !== undefined) remembered.delete(oldest)
  remembered.set(key, base)
  return base
}

function blueprintNamed(name: string): Blueprint {
  const found = blueprints.find((blueprint) => blueprint.name === name)
  if (!found)
    throw new Error(`no blueprint ${JSON.stringify(name)}; there are ${blueprints.map((b) => b.name).join(', ')}`)
  return found
}

/** Sets a cluster up as kubeadm does, lets it come to rest, and takes what then stands. */
function bringUp(blueprint: Blueprint, born: number): WorldBase {
  const empty = emptyWorldBase(blueprint, born)
  const images = blueprint.sites.map((site) => [site.name, imagesOf(site)] as const)
  const world = createWorld({ ...empty, kubelet: { ...empty.kubelet, images } }, `blueprint ${blueprint.name}`, born)
  const admin = { name: 'kubernetes-admin', groups: ['system:masters'] }
  const [kubeadm, kubelet] = [
    world.api.client(admin, 'kubeadm', { checked: true }),
    world.api.client(admin, 'kubelet', { checked: true }),
  ]
  for (const { kind, object } of blueprint.objects) {
    const client = kind === nodeKind ? kubelet : kubeadm
    client.create(kind, object)
    if (kind === nodeKind) {
      const site = blueprint.sites.find(({ name }) => name === object.metadata?.name)
      const node = site && client.get(nodeKind, undefined, site.name)
      if (site && node) client.updateStatus(nodeKind, { ...node, status: nodeStatus(site) })
    }
  }
  world.scheduler.runUntil(born + bringUpMs)
  const pending = world.scheduler.pending()
  if (pending.length > 0) throw new Error(`blueprint ${blueprint.name} does not come to rest: ${pending[0]?.key}`)
  const { lastAddress } = world.controlPlane.kubelet.snapshot()
  return {
    ...empty,
    store: withoutEvents(world.store),
    runtime: deepFreeze(world.runtime.snapshot()),
    kubelet: { pods: [], lastAddress, images },
  }
}

/** Events live an hour; a cluster some days old has none of its beginnings left. */
function withoutEvents(store: Store) {
  for (const event of store.list('events')) {
    store.remove('events', objectKey(event.metadata?.namespace, event.metadata?.name ?? ''))
  }
  return store.toBase()
}
