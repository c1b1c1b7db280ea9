import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8Bytes } from '../api/base64.ts'
import { HttpReader, type ReadResult, writeResponse } from './http-stream.ts'

function readAll(reader: HttpReader): readonly ReadResult[] {
  const results: ReadResult[] = []
  for (;;) {
    const read = reader.next()
    results.push(read)
    if (typeof read === 'string' && read !== 'continue') return results
  }
}

const read = (text: string) => {
  const reader = new HttpReader()
  reader.add(utf8Bytes(text))
  return readAll(reader)
}

test('bodies by length and in chunks, and who keeps the connection open', () => {
  expect(
    read('POST /a?b HTTP/1.1\r\nHost: web\r\nContent-Length: 6\r\nX-A: 1\r\n\r\n안녕GET / HTTP/1.0\r\n\r\n'),
  ).toEqual([
    {
      request: {
        method: 'POST',
        path: '/a?b',
        host: 'web',
        headers: [
          ['Content-Length', '6'],
          ['X-A', '1'],
        ],
        body: '안녕',
      },
      keepsOpen: true,
    },
    { request: { method: 'GET', path: '/', host: '', headers: [], body: '' }, keepsOpen: false },
    'incomplete',
  ])
  const chunked = read('PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n')
  expect(chunked[0]).toMatchObject({ request: { body: 'abcde' } })
})

test('leave to send a body is given once', () => {
  const reader = new HttpReader()
  reader.add(utf8Bytes('PUT / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n'))
  expect([reader.next(), reader.next()]).toEqual(['continue', 'incomplete'])
  reader.add(utf8Bytes('ok'))
  expect(reader.next()).toMatchObject({ request: { body: 'ok' } })
})

test.each([
  ['\u0000\u0001\u0002', 'malformed'],
  ['GET /\r\n\r\n', 'malformed'],
  ['GET / HTTP/1.1\r\nbad header\r\n\r\n', 'malformed'],
  ['GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n', 'malformed'],
  ['GET / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n', 'malformed'],
  ['GET / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n', 'too-large'],
  [`GET / HTTP/1.1\r\nX: ${'a'.repeat(70_000)}`, 'too-large'],
])('%j', (text, outcome) => {
  expect(read(text)).toEqual([outcome])
})

test('bytes in any pieces are read as they are at once', () => {
  const whole = 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabcGET /x HTTP/1.1\r\nHost: h\r\n\r\n'
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 80 }), (sizes) => {
      const bytes = utf8Bytes(whole)
      const reader = new HttpReader()
      const results: ReadResult[] = []
      let at = 0
      for (let i = 0; at < bytes.length; i++) {
        const size = sizes[i % sizes.length] ?? 1
        reader.add(bytes.subarray(at, at + size))
        at += size
        results.push(...readAll(reader).filter((one) => one !== 'incomplete'))
      }
      expect(results.map((one) => (typeof one === 'string' ? one : one.request.path))).toEqual(['/', '/x'])
    }),
  )
})

test('no bytes make it throw or hang', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 10 }), (pieces) => {
      const reader = new HttpReader()
      for (const piece of pieces) {
        reader.add(piece)
        expect(readAll(reader).length).toBeLessThan(100)
      }
    }),
  )
})

test('a response without a length gets one; HEAD gets no body', () => {
  const response = { status: 200, reason: 'OK', headers: [], body: '안녕' }
  const request = { method: 'GET', path: '/', host: '', headers: [], body: '' }
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
  expect(text(writeResponse(response, { request, keepsOpen: true }).bytes)).toBe(
    'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n안녕',
  )
  const head = writeResponse(response, { request: { ...request, method: 'HEAD' }, keepsOpen: true })
  expect(text(head.bytes)).toBe('HTTP/1.1 200 OK\r\n\r\n')
})
