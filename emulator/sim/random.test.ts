import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from './random.ts'

const take = (stream: { next(): number }, n: number) => Array.from({ length: n }, () => stream.next())

test('the same seed gives the same values, another seed others', () => {
  expect(take(createRandom('a'), 5)).toEqual(take(createRandom('a'), 5))
  expect(take(createRandom('a'), 5)).not.toEqual(take(createRandom('b'), 5))
})

test('drawing from one fork shifts no other', () => {
  const quiet = createRandom('a')
  const busy = createRandom('a')
  take(busy.fork('other'), 100)
  expect(take(busy.fork('names'), 5)).toEqual(take(quiet.fork('names'), 5))
})

test('goes on from its states as if it had never stopped', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(50), (seed, drawn) => {
      const first = createRandom(seed)
      take(first.fork('x').fork('y'), drawn)
      const second = createRandom(seed, JSON.parse(JSON.stringify(first.states())))
      expect(take(second.fork('x').fork('y'), 3)).toEqual(take(first.fork('x').fork('y'), 3))
    }),
  )
})

test('int stays in range and reaches every value', () => {
  const stream = createRandom('range')
  const seen = new Set(Array.from({ length: 500 }, () => stream.int(7)))
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6])
})
