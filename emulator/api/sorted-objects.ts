/** Objects in key order, cheap to change: what lists and indexes are made of. */
import type { KubeObject } from './types.ts'

export interface SortedObjects {
  /** In key order. The same array until something changes; readers keep what they were given. */
  readonly objects: readonly KubeObject[]
  readonly size: number
  set(key: string, object: KubeObject): void
  delete(key: string): void
}

/** `keys` and `objects` go together and are in order; they are copied before the first change. */
export function createSortedObjects(
  sharedKeys: readonly string[] = [],
  sharedObjects: readonly KubeObject[] = [],
): SortedObjects {
  let keys = sharedKeys as string[]
  let objects = sharedObjects as KubeObject[]
  let keysShared = true
  let objectsShared = true

  const own = (): void => {
    if (objectsShared) objects = objects.slice()
    objectsShared = false
  }
  const ownKeys = (): void => {
    if (keysShared) keys = keys.slice()
    keysShared = false
  }
  return {
    get objects() {
      objectsShared = true
      return objects
    },
    get size() {
      return keys.length
    },
    set(key, object) {
      const at = position(keys, key)
      own()
      if (keys[at] === key) {
        objects[at] = object
        return
      }
      ownKeys()
      keys.splice(at, 0, key)
      objects.splice(at, 0, object)
    },
    delete(key) {
      const at = position(keys, key)
      if (keys[at] !== key) return
      own()
      ownKeys()
      keys.splice(at, 1)
      objects.splice(at, 1)
    },
  }
}

/** Where `key` stands or would stand in sorted `keys`. */
function position(keys: readonly string[], key: string): number {
  const last = keys[keys.length - 1]
  if (last === undefined || last < key) return keys.length
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((keys[middle] ?? '') < key) low = middle + 1
    else high = middle
  }
  return low
}
