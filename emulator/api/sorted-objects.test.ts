import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SortedObjects } from './sorted-objects.ts'
import type { KubeObject } from './types.ts'

const object = (name: string): KubeObject => ({ metadata: { name } })
const keyOf = (index: number): string => `default/${String(index).padStart(4, '0')}`

test('whatever is set, deleted and read in between, the objects stand in key order and those read before stay', () => {
  const step = fc.record({ key: fc.nat(700), kind: fc.constantFrom('set', 'set', 'delete', 'read') })
  fc.assert(
    fc.property(fc.constantFrom(0, 3, 255, 600), fc.array(step, { maxLength: 400 }), (size, steps) => {
      const expected = new Map(Array.from({ length: size }, (_, index) => [keyOf(index), object(keyOf(index))]))
      const sorted = new SortedObjects([...expected.keys()], [...expected.values()])
      const inOrder = () => [...expected].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
      const readings: (readonly [readonly KubeObject[], readonly KubeObject[]])[] = []
      for (const { key, kind } of steps) {
        const changed = object(keyOf(key))
        if (kind === 'set') sorted.set(keyOf(key), changed)
        else if (kind === 'delete') sorted.delete(keyOf(key))
        else readings.push([sorted.objects, inOrder()])
        if (kind === 'set') expected.set(keyOf(key), changed)
        else if (kind === 'delete') expected.delete(keyOf(key))
      }
      readings.push([sorted.objects, inOrder()])
      for (const [read, then] of readings) {
        expect(read).toHaveLength(then.length)
        expect(read.every((one, index) => one === then[index])).toBe(true)
      }
      expect(sorted.size).toBe(expected.size)
      expect(sorted.objects).toBe(sorted.objects)
    }),
    { numRuns: 200 },
  )
})
