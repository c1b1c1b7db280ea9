import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createOutputBuffer } from './output-buffer.ts'

describe('output buffer', () => {
  test('a page gets what it has not shown', () => {
    const buffer = createOutputBuffer(100)
    buffer.append('$ kubectl get svc\r\n')
    const first = buffer.after(0)
    expect(first).toEqual({ seq: 19, data: '$ kubectl get svc\r\n' })
    buffer.append('NAME\r\n')
    expect(buffer.after(first?.seq ?? 0)).toEqual({ seq: 25, data: 'NAME\r\n' })
    expect(buffer.after(25)).toBeUndefined()
  })

  test('a page that missed more than is kept gets a cleared screen and everything kept', () => {
    const buffer = createOutputBuffer(20)
    for (let i = 0; i < 10; i++) buffer.append(`line ${i} .......\n`)
    const news = buffer.after(3)
    expect(news?.data.startsWith('\x1bcline ')).toBe(true)
    expect(news?.data.endsWith('line 9 .......\n')).toBe(true)
  })

  test('a page that has shown what a later start does not know begins anew', () => {
    const restored = createOutputBuffer(100, 1000, 'old line\n')
    expect(restored.after(1700)?.data).toBe('\x1bcold line\n')
    expect(restored.after(0)?.data).toBe('\x1bcold line\n')
  })

  test('a reader who keeps up reads every character once, however the text is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 30 }), { maxLength: 60 }), (texts) => {
        const buffer = createOutputBuffer(40)
        let seen = 0
        let read = ''
        for (const text of texts) {
          buffer.append(text)
          const news = buffer.after(seen)
          if (!news) continue
          read += news.data
          seen = news.seq
        }
        expect(read).toBe(texts.join(''))
      }),
    )
  })

  test('keeps little, and at least the limit', () => {
    const buffer = createOutputBuffer(1000)
    for (let i = 0; i < 5000; i++) buffer.append('x'.repeat(7))
    expect(buffer.text().length).toBeGreaterThanOrEqual(1000)
    expect(buffer.text().length).toBeLessThanOrEqual(2007)
  })
})
