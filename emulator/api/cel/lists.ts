/** Lists, sets and regular expressions (upstream: apiserver/pkg/cel/library lists.go, regex.go; cel-go/ext/sets.go). */
import type { Environment } from '@marcbachmann/cel-js'
import { jsonEqual } from '../json.ts'
import { compileRegex } from '../structural/regex.ts'

type List = readonly unknown[]

export function registerLists(environment: Environment): void {
  environment
    .registerFunction('list.isSorted(): bool', isSorted)
    .registerFunction('list.sum(): dyn', sum)
    .registerFunction('list.min(): dyn', (list: List) => extreme(list, 'min', (a, b) => a < b))
    .registerFunction('list.max(): dyn', (list: List) => extreme(list, 'max', (a, b) => a > b))
    .registerFunction('list.indexOf(dyn): int', (list: List, wanted: unknown) =>
      BigInt(list.findIndex((each) => same(each, wanted))),
    )
    .registerFunction('list.lastIndexOf(dyn): int', (list: List, wanted: unknown) =>
      BigInt(list.findLastIndex((each) => same(each, wanted))),
    )
    .registerFunction('sets_contains(list, list): bool', contains)
    .registerFunction('sets_equivalent(list, list): bool', (a: List, b: List) => contains(a, b) && contains(b, a))
    .registerFunction('sets_intersects(list, list): bool', (a: List, b: List) =>
      a.some((each) => b.some((other) => same(each, other))),
    )
    .registerFunction('string.matchesRe2(string): bool', (text: string, pattern: string) => regex(pattern).test(text))
    .registerFunction('matchesRe2(string, string): bool', (text: string, pattern: string) => regex(pattern).test(text))
    .registerFunction(
      'string.find(string): string',
      (text: string, pattern: string) => regex(pattern).findFrom(text, 0)?.text ?? '',
    )
    .registerFunction('string.findAll(string): list<string>', (text: string, pattern: string) =>
      all(text, pattern, -1n),
    )
    .registerFunction('string.findAll(string, int): list<string>', all)
}

function regex(pattern: string) {
  const compiled = compileRegex(pattern)
  if ('error' in compiled) throw new Error(compiled.error)
  return compiled
}

function all(text: string, pattern: string, limit: bigint): readonly string[] {
  const compiled = regex(pattern)
  const found: string[] = []
  let at = 0
  while (at <= text.length && (limit < 0n || found.length < Number(limit))) {
    const hit = compiled.findFrom(text, at)
    if (!hit) break
    found.push(hit.text)
    at = hit.at + Math.max(hit.text.length, 1)
  }
  return found
}

const same = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === typeof b && typeof a === 'object' && jsonEqual(plain(a), plain(b)))

/** A value that JSON can compare. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`
  if (Array.isArray(value)) return value.map(plain)
  return value instanceof Map
    ? Object.fromEntries([...value].map(([key, inner]) => [String(key), plain(inner)]))
    : value
}

const contains = (list: List, part: List): boolean => part.every((each) => list.some((other) => same(each, other)))

type Ordered = bigint | number | string | boolean | Date

const isOrdered = (value: unknown): value is Ordered =>
  ['bigint', 'number', 'string', 'boolean'].includes(typeof value) || value instanceof Date

function ordered(list: List): readonly Ordered[] {
  if (!list.every(isOrdered)) throw new Error('no such overload')
  return list
}

const isSorted = (list: List): boolean => {
  const values = ordered(list)
  return values.every((each, index) => index === 0 || (values[index - 1] ?? each) <= each)
}

function sum(list: List): unknown {
  return list.reduce(
    (total, each) => {
      if (typeof total === 'bigint' && typeof each === 'bigint') return total + each
      return Number(total) + Number(each)
    },
    list.some((each) => typeof each === 'number') ? 0 : 0n,
  )
}

function extreme(list: List, name: string, before: (a: Ordered, b: Ordered) => boolean): unknown {
  const [first, ...rest] = ordered(list)
  if (first === undefined) throw new Error(`${name} called on empty list`)
  return rest.reduce((best, each) => (before(each, best) ? each : best), first)
}
