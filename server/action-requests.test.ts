import { createServer, type IncomingMessage, type Server, request as send } from 'node:http'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusedAction } from './action-requests.ts'
import { listen } from './listen.ts'

let server: Server
let port: number
/** Answers 200 and the body as whoever comes after the check reads it. */
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const refused = await refusedAction(request, { trustProxy: false, allowedOrigins: [] })
    response.writeHead(refused?.status ?? 200).end(refused?.text ?? (await text(request)))
  })
  port = Number(new URL(await listen(server, { port: 0, host: '127.0.0.1' })).port)
})
afterAll(() => void server.close())

interface Sent {
  readonly body?: string | Buffer
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly method?: string
  readonly path?: string
}

async function answerTo({ body = '[]', headers = {}, method = 'POST', path = '/ko/quizzes/x' }: Sent) {
  const usual = {
    'next-action': 'a1',
    origin: `http://127.0.0.1:${port}`,
    'content-type': 'text/plain;charset=UTF-8',
    'content-length': String(Buffer.byteLength(body)),
  }
  const given = Object.entries({ ...usual, ...headers }).filter(([, value]) => value !== undefined)
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = send({ port, host: '127.0.0.1', method, path, headers: Object.fromEntries(given) }, resolve)
    request.on('error', reject)
    request.end(body)
  })
  return { status: response.statusCode, body: await text(response) }
}

describe('what a page sends to an action', () => {
  it('reaches who reads next as it was sent', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.string(), fc.integer(), fc.array(fc.string()))), async (values) => {
        const escaped = JSON.stringify(values, (_, value) =>
          typeof value === 'string' && value.startsWith('$') ? `$${value}` : value,
        )
        expect(await answerTo({ body: escaped })).toEqual({ status: 200, body: escaped })
      }),
      { numRuns: 50 },
    ))

  it('is read whole where it comes in pieces', async () => {
    const body = JSON.stringify(['x'.repeat(60_000)])
    expect(await answerTo({ body })).toEqual({ status: 200, body })
  })

  it('is refused with a reason where it is anything else, never answered with a fault', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const { status } = await answerTo({ body: Buffer.from(bytes) })
        expect([200, 400]).toContain(status)
      }),
      { numRuns: 100 },
    ))

  it.each<readonly [string, Sent, number]>([
    ['no JSON', { body: 'x' }, 400],
    ['no list', { body: '{}' }, 400],
    ['a reference of React', { body: '["$F1"]' }, 400],
    ['a reference deep inside', { body: '[{"a":["$@0"]}]' }, 400],
    ['nothing', { body: '' }, 400],
    ['more than a page sends', { body: JSON.stringify(['x'.repeat(70_000)]) }, 413],
    ['a form', { headers: { 'content-type': 'multipart/form-data; boundary=x' } }, 415],
    ['another site', { headers: { origin: 'https://elsewhere.example' } }, 403],
    ['no site', { headers: { origin: undefined } }, 403],
    ['no action', { headers: { 'next-action': undefined } }, 405],
    ['pieces without a length', { headers: { 'content-length': undefined, 'transfer-encoding': 'chunked' } }, 411],
  ])('is refused: %s', async (_, sent, status) => {
    expect((await answerTo(sent)).status).toBe(status)
  })

  it.each<readonly [string, Sent]>([
    ['a page is asked for', { method: 'GET' }],
    ['an endpoint of its own', { path: '/api/search' }],
  ])('is not looked at: %s', async (_, sent) => {
    expect((await answerTo({ ...sent, headers: { 'next-action': undefined, origin: undefined } })).status).toBe(200)
  })
})
