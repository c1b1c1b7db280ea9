/** `--sort-by` (upstream: kubectl/pkg/cmd/get/sorter.go). */
import type { JsonValue } from '../../../emulator/index.ts'
import { valuesAt } from '../jsonpath/print.ts'
import { quantityValue } from './quantity.ts'

/** Items in order of what lies at `path`; undefined if no item has it. Stable. */
export function sortByPath<T>(
  items: readonly T[],
  path: string,
  object: (item: T) => JsonValue,
): readonly T[] | undefined {
  const keyed = items.map((item) => ({ item, key: valuesAt(path, object(item))[0] }))
  if (items.length > 0 && keyed.every(({ key }) => key === undefined)) return undefined
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ item }) => item)
}

function compare(a: JsonValue | undefined, b: JsonValue | undefined): number {
  if (a === undefined || a === null) return b === undefined || b === null ? 0 : -1
  if (b === undefined || b === null) return 1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a !== 'string' || typeof b !== 'string') return 0
  const left = quantityValue(a)
  const right = quantityValue(b)
  if (left !== undefined && right !== undefined) return left - right
  return naturalCompare(a, b)
}

/** Digits compare as numbers (upstream: fvbommel/sortorder). */
export function naturalCompare(a: string, b: string): number {
  const left = a.match(/\d+|\D/g) ?? []
  const right = b.match(/\d+|\D/g) ?? []
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const x = left[i] ?? ''
    const y = right[i] ?? ''
    if (x === y) continue
    if (/^\d/.test(x) && /^\d/.test(y) && Number(x) !== Number(y)) return Number(x) - Number(y)
    return x < y ? -1 : 1
  }
  return left.length - right.length
}
