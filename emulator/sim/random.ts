/** Seeded randomness: one stream a name, each with one 32-bit number of state (mulberry32 over an FNV-1a seed). */
import type { Random } from './types.ts'

/** The root stream and the state of every stream that has been drawn from. */
export interface SeededRandom extends Random {
  /** Plain JSON for a snapshot: state by the stream's path. Streams never drawn from are left out. */
  states(): { readonly [path: string]: number }
}

/** Same seed, same streams. `states` continues where a snapshot left off. */
export function createRandom(seed: string, states: { readonly [path: string]: number } = {}): SeededRandom {
  const state = new Map<string, number>(Object.entries(states))
  const streams = new Map<string, Random>()
  const stream = (path: string): Random => {
    const known = streams.get(path)
    if (known) return known
    const fresh: Random = {
      fork: (name) => stream(path === '' ? name : `${path}/${name}`),
      next: () => draw(path),
      int: (n) => Math.floor(draw(path) * n),
    }
    streams.set(path, fresh)
    return fresh
  }
  const draw = (path: string): number => {
    const next = ((state.get(path) ?? hash(`${seed}\n${path}`)) + 0x6d2b79f5) >>> 0
    state.set(path, next)
    return mix(next)
  }
  return { ...stream(''), states: () => Object.fromEntries(state) }
}

function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

function mix(state: number): number {
  let value = Math.imul(state ^ (state >>> 15), state | 1)
  value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
  return ((value ^ (value >>> 14)) >>> 0) / 0x1_0000_0000
}
