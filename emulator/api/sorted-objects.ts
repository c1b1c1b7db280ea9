/** Objects in key order, cheap to change: what lists and indexes are made of. */
import type { KubeObject } from './types.ts'

/** From this many objects on, changes wait until somebody reads: thousands of Events are written between two lists. */
const MANY = 256
/** Up to this many waiting changes are put in place one by one; more are merged in one go. */
const FEW = 16

type Change = readonly [key: string, object: KubeObject | undefined]

/** Readers keep the array that they were given: it is copied before the first change after that. */
export class SortedObjects {
  #keys: string[]
  #objects: KubeObject[]
  #keysShared: boolean
  #objectsShared: boolean
  /** The last change of each key that is not in place yet. */
  #waiting: Map<string, KubeObject | undefined> | undefined

  /** `keys` and `objects` go together, are in order, and stay as they are. */
  constructor(keys: readonly string[], objects: readonly KubeObject[]) {
    this.#keys = keys as string[]
    this.#objects = objects as KubeObject[]
    this.#keysShared = true
    this.#objectsShared = true
  }

  /** In key order. The same array until something changes. */
  get objects(): readonly KubeObject[] {
    this.#settle()
    this.#objectsShared = true
    return this.#objects
  }

  get size(): number {
    this.#settle()
    return this.#keys.length
  }

  set(key: string, object: KubeObject): void {
    this.#change([key, object])
  }

  delete(key: string): void {
    this.#change([key, undefined])
  }

  #change(change: Change): void {
    if (this.#waiting === undefined && this.#keys.length < MANY) {
      this.#put(change)
      return
    }
    this.#waiting ??= new Map()
    this.#waiting.set(...change)
  }

  #settle(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    this.#waiting = undefined
    if (waiting.size > FEW) this.#merge([...waiting].sort(([a], [b]) => (a < b ? -1 : 1)))
    else for (const change of waiting) this.#put(change)
  }

  #put([key, object]: Change): void {
    const at = position(this.#keys, key)
    const found = this.#keys[at] === key
    if (!found && object === undefined) return
    if (this.#objectsShared) this.#objects = this.#objects.slice()
    this.#objectsShared = false
    if (found && object !== undefined) {
      this.#objects[at] = object
      return
    }
    if (this.#keysShared) this.#keys = this.#keys.slice()
    this.#keysShared = false
    this.#keys.splice(at, found ? 1 : 0, ...(object ? [key] : []))
    this.#objects.splice(at, found ? 1 : 0, ...(object ? [object] : []))
  }

  /** `changes` are in key order. */
  #merge(changes: readonly Change[]): void {
    const keys: string[] = []
    const objects: KubeObject[] = []
    let next = 0
    const take = (before: string | undefined): void => {
      for (
        let change = changes[next];
        change && (before === undefined || change[0] <= before);
        change = changes[next]
      ) {
        if (change[1]) {
          keys.push(change[0])
          objects.push(change[1])
        }
        next++
      }
    }
    for (const [index, key] of this.#keys.entries()) {
      take(key)
      const object = this.#objects[index]
      if (changes[next - 1]?.[0] === key || !object) continue
      keys.push(key)
      objects.push(object)
    }
    take(undefined)
    this.#keys = keys
    this.#objects = objects
    this.#keysShared = false
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
