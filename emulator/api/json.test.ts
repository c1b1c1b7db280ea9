import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deepFreeze, settled } from './json.ts'

const isFrozenInDepth = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isFrozenInDepth))

test('what is settled is equal, in the same order, and frozen in depth', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value)
      const result = settled(value)
      expect(JSON.stringify(result)).toBe(text)
      expect(isFrozenInDepth(result)).toBe(true)
    }),
  )
})

test('a part that was settled before stays the same value', () => {
  const spec = deepFreeze({ replicas: 2 })
  expect(settled({ spec, list: [spec] })).toEqual({ spec, list: [spec] })
  expect(settled({ spec }).spec).toBe(spec)
  expect(settled(spec)).toBe(spec)
})

test('a field named __proto__ is a field like any other', () => {
  const labels = settled(JSON.parse('{"__proto__":{"polluted":"yes"},"a":"b"}') as Record<string, unknown>)
  expect(Object.keys(labels)).toEqual(['__proto__', 'a'])
  expect(Object.getPrototypeOf(labels)).toBe(Object.prototype)
  expect(labels.polluted).toBeUndefined()
})
