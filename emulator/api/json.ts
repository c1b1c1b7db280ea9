/** Plain JSON: equality and freezing. */

/** Deep equality of JSON values; a property that is `undefined` counts as absent. */
export function jsonEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((item, index) => jsonEqual(item, b[index]))
  }
  return objectEqual(a as Record<string, unknown>, b as Record<string, unknown>)
}

function objectEqual(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  let present = 0
  for (const key of Object.keys(a)) {
    if (a[key] === undefined) continue
    present++
    if (!Object.hasOwn(b, key) || !jsonEqual(a[key], b[key])) return false
  }
  for (const key of Object.keys(b)) if (b[key] !== undefined) present--
  return present === 0
}

/** Freezes a JSON value in depth. What is frozen already is taken to be frozen in depth, so shared parts cost nothing. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) deepFreeze(inner)
  return Object.freeze(value)
}

/**
 * Spread first where what follows is not frozen yet, in code that every write runs through. V8 gives each result of
 * `{ ...unfrozen, more }` a hidden class of its own: it takes twenty times as long to make, as much memory again, and
 * every later reading is slow. Behind an empty object the fields are added one by one, and classes are shared.
 */
export const FRESH = Object.freeze({})

/** The value as it is to be kept: frozen in depth. What is frozen already was kept before and comes back as it is. */
export function settled<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (Array.isArray(value)) return Object.freeze(value.map(settled)) as T
  const copy: T & object = { ...FRESH, ...value }
  for (const key of Object.keys(copy) as (keyof T)[]) {
    const inner = copy[key]
    if (typeof inner === 'object') copy[key] = settled(inner)
  }
  return Object.freeze(copy)
}

/** A JSON object (not an array, not null). */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a JSON text holds if it is of this shape; undefined where there is no text, no JSON, or something else. */
export function parseAs<T>(text: string | undefined, isOne: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return isOne(value) ? value : undefined
  } catch {
    return undefined
  }
}
