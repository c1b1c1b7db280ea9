import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dataFrame, type Frame, FrameReader, pingFrame } from './frames.ts'
import { HeaderReader } from './headers.ts'

test('frames in any pieces are read as they are at once', () => {
  const whole = Buffer.concat([pingFrame(1), dataFrame(3, Buffer.from('hello')), dataFrame(3, Buffer.alloc(0), true)])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), (size) => {
      const reader = new FrameReader()
      const frames: Frame[] = []
      for (let at = 0; at < whole.length; at += size) frames.push(...reader.read(whole.subarray(at, at + size)))
      expect(frames).toEqual([
        { type: 'ping', id: 1 },
        { type: 'data', id: 3, fin: false, data: Buffer.from('hello') },
        { type: 'data', id: 3, fin: true, data: Buffer.alloc(0) },
      ])
    }),
  )
})

test('random bytes are frames or an error, never anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      try {
        expect(new FrameReader().read(bytes).length).toBeLessThanOrEqual(bytes.length / 8)
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
      }
    }),
  )
})

test('random header blocks are refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 100 }), async (bytes) => {
      const reader = new HeaderReader()
      const read = await reader.read(bytes).catch((error: unknown) => error)
      reader.close()
      expect(read instanceof Error || read instanceof Map).toBe(true)
    }),
    { numRuns: 50 },
  )
})
