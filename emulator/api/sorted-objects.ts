/** Objects in key order, cheap to change: what lists and indexes are made of. */
import type { KubeObject } from './types.ts'

/** Readers keep the array that they were given: it is copied before the first change after that. */
export class SortedObjects {
  #keys: string[]
  #objects: KubeObject[]
  #keysShared: boolean
  #objectsShared: boolean

  /** `keys` and `objects` go together, are in order, and stay as they are. */
  constructor(keys: readonly string[], objects: readonly KubeObject[]) {
    this.#keys = keys as string[]
    this.#objects = objects as KubeObject[]
    this.#keysShared = true
    this.#objectsShared = true
  }

  /** In key order. The same array until something changes. */
  get objects(): readonly KubeObject[] {
    this.#objectsShared = true
    return this.#objects
  }

  get size(): number {
    return this.#keys.length
  }

  set(key: string, object: KubeObject): void {
    const at = position(this.#keys, key)
    if (this.#keys[at] === key) {
      this.#ownObjects()
      this.#objects[at] = object
    } else {
      this.#own()
      this.#keys.splice(at, 0, key)
      this.#objects.splice(at, 0, object)
    }
  }

  delete(key: string): void {
    const at = position(this.#keys, key)
    if (this.#keys[at] !== key) return
    this.#own()
    this.#keys.splice(at, 1)
    this.#objects.splice(at, 1)
  }

  #own(): void {
    if (this.#keysShared) this.#keys = this.#keys.slice()
    this.#keysShared = false
    this.#ownObjects()
  }

  #ownObjects(): void {
    if (this.#objectsShared) this.#objects = this.#objects.slice()
    this.#objectsShared = false
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
