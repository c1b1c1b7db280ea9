/**
 * The cluster's memory: what etcd and the watch cache are to an API server. Objects are deeply frozen; a base is shared
 * by every cluster of one blueprint, and a store keeps only what differs from it.
 */
import { createHistory, type History, type StoredEvent } from './history.ts'
import { deepFreeze, FRESH, settled } from './json.ts'
import { byNamespace, createIndex, type KeptIndex, type ObjectIndex } from './object-index.ts'
import { SortedObjects } from './sorted-objects.ts'
import type { KubeObject, StoreEvent } from './types.ts'

/** Objects of one resource in key order (`namespace/name`, or `name`). */
interface Shelf {
  readonly objects: ReadonlyMap<string, KubeObject>
  readonly keys: readonly string[]
  readonly inOrder: readonly KubeObject[]
}

/** Frozen objects that any number of stores share. */
export interface StoreBase {
  readonly resourceVersion: number
  readonly shelves: ReadonlyMap<string, Shelf>
}

/** The difference to a base, as plain JSON; `null` marks what the base has and the store has not. */
export interface StoreSnapshot {
  readonly resourceVersion: number
  readonly objects: { readonly [resource: string]: { readonly [key: string]: KubeObject | null } }
}

export interface Store {
  /** Version of the last write. */
  readonly resourceVersion: number
  /** `resource` is plural and group: `pods`, `deployments.apps`. */
  get(resource: string, key: string): KubeObject | undefined
  /** In key order; all namespaces without `namespace`. */
  list(resource: string, namespace?: string): readonly KubeObject[]
  /** Those that `index` finds under `value`, in key order; costs what it returns, not what there is. */
  listBy(resource: string, index: ObjectIndex, value: string): readonly KubeObject[]
  /** Creates or replaces, giving the object the next resourceVersion. Returns what is stored now. */
  put(resource: string, key: string, object: KubeObject): KubeObject
  remove(resource: string, key: string): KubeObject | undefined
  /** Called after each write, in write order, also for writes that a listener makes. */
  subscribe(listener: (event: StoredEvent) => void): () => void
  readonly history: History
  snapshot(): StoreSnapshot
  /** Everything as a new base, for a blueprint. */
  toBase(): StoreBase
}

export const emptyBase: StoreBase = { resourceVersion: 0, shelves: new Map() }

const EMPTY_SHELF: Shelf = { objects: new Map(), keys: [], inOrder: [] }

/** How an object is keyed within its resource: etcd's own order. */
export function objectKey(namespace: string | undefined, name: string): string {
  return namespace === undefined || namespace === '' ? name : `${namespace}/${name}`
}

/** A store over `base`, at `snapshot` if given. Costs a few references until something is written. */
export function createStore(base: StoreBase = emptyBase, snapshot?: StoreSnapshot): Store {
  const overlay = new Map<string, Map<string, KubeObject | null>>()
  const listings = new Map<string, SortedObjects>()
  const indexes = new Map<string, Map<ObjectIndex, KeptIndex>>()
  const listeners = new Set<(event: StoredEvent) => void>()
  const undelivered: StoredEvent[] = []
  let resourceVersion = snapshot?.resourceVersion ?? base.resourceVersion
  let delivering = false
  if (snapshot) restore(overlay, snapshot)
  const history = createHistory(resourceVersion)

  const shelf = (resource: string): Shelf => base.shelves.get(resource) ?? EMPTY_SHELF
  const get = (resource: string, key: string): KubeObject | undefined => {
    const changed = overlay.get(resource)?.get(key)
    return changed === undefined ? shelf(resource).objects.get(key) : (changed ?? undefined)
  }
  const all = (resource: string): readonly KubeObject[] => {
    const known = listings.get(resource)
    if (known) return known.objects
    return overlay.has(resource) ? listing(resource).objects : shelf(resource).inOrder
  }
  /** The listing that this store keeps itself, from the first write on. */
  const listing = (resource: string): SortedObjects => {
    let kept = listings.get(resource)
    if (!kept) {
      kept = merged(shelf(resource), overlay.get(resource))
      listings.set(resource, kept)
    }
    return kept
  }
  const listBy = (resource: string, index: ObjectIndex, value: string): readonly KubeObject[] => {
    let kept = indexes.get(resource)
    if (!kept) {
      kept = new Map()
      indexes.set(resource, kept)
    }
    let found = kept.get(index)
    if (!found) {
      found = createIndex(index, all(resource), ({ metadata }) => objectKey(metadata?.namespace, metadata?.name ?? ''))
      kept.set(index, found)
    }
    return found.get(value)
  }
  const deliver = (event: StoredEvent): void => {
    undelivered.push(event)
    if (delivering) return
    delivering = true
    try {
      for (let next = undelivered.shift(); next; next = undelivered.shift())
        for (const listener of [...listeners]) listener(next)
    } finally {
      delivering = false
      undelivered.length = 0
    }
  }
  const write = (resource: string, key: string, value: KubeObject | null, event: StoreEvent): void => {
    const kept = listing(resource)
    let changes = overlay.get(resource)
    if (!changes) {
      changes = new Map()
      overlay.set(resource, changes)
    }
    if (value === null && !shelf(resource).objects.has(key)) changes.delete(key)
    else changes.set(key, value)
    if (value === null) kept.delete(key)
    else kept.set(key, value)
    for (const index of indexes.get(resource)?.values() ?? []) index.changed(key, event.previous, value ?? undefined)
    const stored = { ...FRESH, ...event, resourceVersion }
    history.add(stored)
    deliver(stored)
  }

  return {
    get resourceVersion() {
      return resourceVersion
    },
    history,
    get,
    list: (resource, namespace) => (namespace === undefined ? all(resource) : listBy(resource, byNamespace, namespace)),
    listBy,
    put(resource, key, object) {
      const previous = get(resource, key)
      const stored = versioned(object, ++resourceVersion)
      const type = previous ? 'MODIFIED' : 'ADDED'
      write(resource, key, stored, { type, resource, object: stored, ...(previous && { previous }) })
      return stored
    },
    remove(resource, key) {
      const previous = get(resource, key)
      if (!previous) return undefined
      const last = versioned(previous, ++resourceVersion)
      write(resource, key, null, { type: 'DELETED', resource, object: last, previous })
      return last
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    snapshot: () => ({
      resourceVersion,
      objects: Object.fromEntries([...overlay].map(([resource, changes]) => [resource, Object.fromEntries(changes)])),
    }),
    toBase() {
      const resources = new Set([...base.shelves.keys(), ...overlay.keys()])
      return { resourceVersion, shelves: new Map([...resources].map((name) => [name, toShelf(all(name))])) }
    },
  }
}

function restore(overlay: Map<string, Map<string, KubeObject | null>>, snapshot: StoreSnapshot): void {
  for (const [resource, changes] of Object.entries(snapshot.objects))
    overlay.set(resource, new Map(Object.entries(changes).map(([key, object]) => [key, deepFreeze(object)])))
}

function versioned(object: KubeObject, resourceVersion: number): KubeObject {
  return settled({
    ...FRESH,
    ...object,
    metadata: { ...FRESH, ...object.metadata, resourceVersion: String(resourceVersion) },
  })
}

function merged(shelf: Shelf, changes: ReadonlyMap<string, KubeObject | null> = new Map()): SortedObjects {
  const kept = new SortedObjects(shelf.keys, shelf.inOrder)
  for (const [key, object] of changes) {
    if (object === null) kept.delete(key)
    else kept.set(key, object)
  }
  return kept
}

function toShelf(objects: readonly KubeObject[]): Shelf {
  const entries = objects.map(
    (object) => [objectKey(object.metadata?.namespace, object.metadata?.name ?? ''), object] as const,
  )
  return { objects: new Map(entries), keys: entries.map(([key]) => key), inOrder: objects }
}
