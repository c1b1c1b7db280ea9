import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packText, unpackText } from './packed-text.ts'

test('a long text comes back as it was and takes a fraction of its room', async () => {
  const text = JSON.stringify(
    Array.from({ length: 2_000 }, (_, i) => ({ name: `web-${i}`, image: 'nginx', text: '한글' })),
  )
  const packed = await packText(text)
  expect(packed.length * 5).toBeLessThan(text.length)
  expect(await unpackText(packed)).toBe(text)
})

test('a short text, and a row from before there was packing, are what they are', async () => {
  expect(await packText('{"version":1}')).toBe('{"version":1}')
  const old = JSON.stringify({ version: 1, text: 'x'.repeat(50_000) })
  expect(await unpackText(old)).toBe(old)
})

test('whatever a state holds, it survives', () =>
  fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.integer({ min: 0, max: 30_000 }), async (value, filler) => {
      const text = JSON.stringify({ value, filler: 'y'.repeat(filler) })
      expect(await unpackText(await packText(text))).toBe(text)
    }),
    { numRuns: 50 },
  ))
