import { byteLength } from '../../api/byte-length.ts'
import { isRecord } from '../../api/json.ts'

/** Part of a snapshot: what a Redis holds in memory, as plain JSON. */
export interface Memory {
  entries: [key: string, value: Value][]
  commands: number
}

export interface Value {
  readonly type: 'string' | 'list' | 'set' | 'hash'
  /** One text of a string, elements of lists and sets, names and values in turn of a hash. */
  readonly items: readonly string[]
  /** Virtual time at which it goes. */
  readonly expiresAt?: number
}

/** What a server has written down; undefined for anything else. */
export function parseEntries(text: string): Memory['entries'] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every(isEntry) ? value : undefined
  } catch {
    return undefined
  }
}

function isEntry(entry: unknown): entry is Memory['entries'][number] {
  if (!Array.isArray(entry)) return false
  const [key, value]: readonly unknown[] = entry
  return (
    typeof key === 'string' &&
    isRecord(value) &&
    ['string', 'list', 'set', 'hash'].some((type) => type === value.type) &&
    Array.isArray(value.items) &&
    value.items.every((item) => typeof item === 'string')
  )
}

/** Bytes that one emulated Redis may hold. */
const MOST_BYTES = 256 * 1024

/** Keys with their values; keys whose time is over are gone. */
export class Data {
  readonly #memory: Memory
  readonly #now: () => number

  constructor(memory: Memory, now: () => number) {
    this.#memory = memory
    this.#now = now
  }

  get(key: string): Value | undefined {
    const value = this.#memory.entries.find(([name]) => name === key)?.[1]
    return value?.expiresAt !== undefined && value.expiresAt <= this.#now() ? undefined : value
  }

  set(key: string, value: Value): void {
    const entry = this.#memory.entries.find(([name]) => name === key)
    if (entry === undefined) this.#memory.entries.push([key, value])
    else entry[1] = value
  }

  delete(key: string): boolean {
    const existed = this.get(key) !== undefined
    this.#memory.entries = this.#memory.entries.filter(([name]) => name !== key)
    return existed
  }

  clear(): void {
    this.#memory.entries = []
  }

  keys(): readonly string[] {
    return this.#memory.entries.flatMap(([key]) => (this.get(key) === undefined ? [] : [key]))
  }

  get bytes(): number {
    return this.#memory.entries.reduce(
      (sum, [key, { items }]) => sum + byteLength(key) + items.reduce((all, item) => all + byteLength(item), 0),
      0,
    )
  }

  get isFull(): boolean {
    return this.bytes > MOST_BYTES
  }
}
