import type { JsonValue } from '../../../emulator/index.ts'

type Fields = { readonly [field: string]: JsonValue }
const isObject = (value: JsonValue | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** RFC 7386: null removes, objects merge, everything else replaces. */
export function mergePatch(target: JsonValue, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch
  const result: { [field: string]: JsonValue } = isObject(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = mergePatch(result[key] ?? null, value)
  }
  return result
}

/** The merge patch that leads from one value to the other; undefined where they are equal. */
export function diffPatch(before: JsonValue, after: JsonValue): JsonValue | undefined {
  if (equal(before, after)) return undefined
  if (!isObject(before) || !isObject(after)) return after
  const patch: { [field: string]: JsonValue } = {}
  for (const key of Object.keys(before)) if (!(key in after)) patch[key] = null
  for (const [key, value] of Object.entries(after)) {
    const change = key in before ? diffPatch(before[key] ?? null, value) : value
    if (change !== undefined) patch[key] = change
  }
  return patch
}

/** Deep equality of JSON; the order of keys does not count. */
export function equal(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item: JsonValue, i) => equal(item, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a).filter((k) => a[k] !== undefined)
  return (
    keys.length === Object.keys(b).filter((k) => b[k] !== undefined).length &&
    keys.every((k) => k in b && equal(a[k], b[k]))
  )
}
