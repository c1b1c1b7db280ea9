import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonPatch } from './json-patch.ts'

const apply = (target: unknown, ...operations: unknown[]) => {
  const result = jsonPatch(target, operations)
  return result.ok ? result.value : result.message
}

test.each([
  ['add', { a: [1, 3] }, [{ op: 'add', path: '/a/1', value: 2 }], { a: [1, 2, 3] }],
  ['append', { a: [1] }, [{ op: 'add', path: '/a/-', value: 2 }], { a: [1, 2] }],
  ['replace', { a: { 'b/c': 1 } }, [{ op: 'replace', path: '/a/b~1c', value: 2 }], { a: { 'b/c': 2 } }],
  ['remove', { a: { b: 1, c: 2 } }, [{ op: 'remove', path: '/a/b' }], { a: { c: 2 } }],
  ['move', { a: 1 }, [{ op: 'move', from: '/a', path: '/b' }], { b: 1 }],
  ['copy', { a: [1] }, [{ op: 'copy', from: '/a', path: '/b' }], { a: [1], b: [1] }],
  ['test', { a: 1 }, [{ op: 'test', path: '/a', value: 1 }], { a: 1 }],
])('%s', (_, target, operations, expected) => {
  expect(apply(target, ...operations)).toEqual(expected)
})

test.each([
  ['a missing path', [{ op: 'remove', path: '/b' }]],
  ['an index beyond the list', [{ op: 'add', path: '/a/5', value: 1 }]],
  ['a failed test', [{ op: 'test', path: '/a', value: 1 }]],
  ['an unknown operation', [{ op: 'frob', path: '/a' }]],
  ['a path through a value', [{ op: 'add', path: '/a/0/x', value: 1 }]],
  ['no list at all', 'nonsense'],
])('refuses %s', (_, operations) => {
  expect(jsonPatch({ a: [0] }, operations).ok).toBe(false)
})

const key = fc.string({ minLength: 1 })
const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')

test('removing what was added gives the original', () => {
  fc.assert(
    fc.property(fc.dictionary(key, fc.jsonValue()), key, fc.jsonValue(), (target, name, value) => {
      fc.pre(!Object.hasOwn(target, name))
      const path = `/${escaped(name)}`
      expect(apply(target, { op: 'add', path, value }, { op: 'remove', path })).toEqual(target)
    }),
  )
})

test('never throws and never changes its input', () => {
  const path = fc
    .array(fc.constantFrom('a', 'b', '0', '1', '-', '~1', ''))
    .map((parts) => parts.map((one) => `/${one}`).join(''))
  const operation = fc.record(
    {
      op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'x'),
      path,
      from: path,
      value: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.array(operation), (operations) => {
      const target = { a: { b: [1, { a: 2 }] }, b: 'x' }
      const before = JSON.stringify(target)
      jsonPatch(target, operations)
      expect(JSON.stringify(target)).toBe(before)
    }),
  )
})
