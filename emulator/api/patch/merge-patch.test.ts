import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRecord } from '../json.ts'
import { mergePatch } from './merge-patch.ts'

const withoutNulls = fc.jsonValue().map(function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value
  if (!isRecord(value)) return value ?? 0
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, strip(inner)]))
})

test('RFC 7386: null removes, objects merge, everything else replaces', () => {
  expect(mergePatch({ a: { b: 1, c: 2 }, d: [1] }, { a: { b: null, e: 3 }, d: [2] })).toEqual({
    a: { c: 2, e: 3 },
    d: [2],
  })
})

test('applying a patch twice is applying it once', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (target, patch) => {
      const once = mergePatch(target, patch)
      expect(mergePatch(once, patch)).toEqual(once)
    }),
  )
})

test('an empty patch changes no object, and a patch without nulls is contained in the result', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), withoutNulls, (target, patch) => {
      expect(mergePatch(target, {})).toEqual(target)
      expect(mergePatch(mergePatch(target, patch), patch)).toEqual(mergePatch(target, patch))
      expect(mergePatch({}, patch)).toEqual(patch)
    }),
  )
})
