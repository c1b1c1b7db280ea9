import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { createClusterService } from './clusters/service.ts'
import type { ServerMessage } from './protocol.ts'
import { createTerminalSocket } from './terminal-socket.ts'
import { temporaryDatabase } from './testing/temporary-database.ts'

const COOKIE = `slipway_learner=${'t'.repeat(43)}`
const HELLO = { type: 'hello', workspace: 'home', locale: 'ko', columns: 80, rows: 24 }

let removeDatabase: () => Promise<void>
let server: Server
let origin: string
const clusters = createClusterService()
const sockets = createTerminalSocket(clusters, { trustProxy: false, allowedOrigins: [] })

beforeAll(async () => {
  removeDatabase = await temporaryDatabase()
  server = createServer().listen(0, '127.0.0.1')
  server.on('upgrade', (request, socket, head) => {
    if (!sockets.upgrade(request, socket, head)) socket.end('HTTP/1.1 418 Not Ours\r\n\r\n')
  })
  await new Promise((resolve) => server.once('listening', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}, 60_000)

afterAll(async () => {
  sockets.close()
  server.closeAllConnections()
  server.close()
  await clusters.flush()
  await removeDatabase()
})

interface Opened {
  readonly socket: WebSocket
  readonly got: ServerMessage[]
  closed(): Promise<number>
  until(type: ServerMessage['type']): Promise<void>
}

/** Connects as a page does; rejects with the status of a refused upgrade. */
async function connect(headers: Record<string, string> = {}, path = '/ws/workspace'): Promise<Opened> {
  const socket = new WebSocket(origin.replace('http', 'ws') + path, { headers: { origin, cookie: COOKIE, ...headers } })
  const got: ServerMessage[] = []
  const waiting = new Set<() => void>()
  socket.on('message', (data) => {
    got.push(JSON.parse(String(data)))
    for (const check of waiting) check()
  })
  const closing = new Promise<number>((resolve) => socket.on('close', resolve))
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve())
    socket.once('unexpected-response', (_, response) => reject(new Error(String(response.statusCode))))
  })
  return {
    socket,
    got,
    closed: () => closing,
    until: (type) =>
      new Promise((resolve) => {
        const check = () => got.some((message) => message.type === type) && resolve()
        waiting.add(check)
        check()
      }),
  }
}

describe('who may connect', () => {
  test('a page of ours with a cookie', async () => {
    const page = await connect()
    page.socket.send(JSON.stringify(HELLO))
    await page.until('topology')
    expect(page.got.map(({ type }) => type)).toEqual(expect.arrayContaining(['ready', 'output', 'topology']))
    page.socket.close()
  })

  test.each([
    ['403', 'a page of another site', { origin: 'https://evil.example' }],
    ['401', 'no cookie', { cookie: '' }],
    ['401', 'a forged cookie', { cookie: 'slipway_learner=short' }],
  ])('%s for %s', async (status, _, headers) => {
    await expect(connect(headers)).rejects.toThrow(status)
  })

  test('another path is left to others', async () => {
    await expect(connect({}, '/_next/webpack-hmr')).rejects.toThrow('418')
  })
})

describe('what a page may say', () => {
  test.each([
    ['no JSON', 'hello'],
    ['an unknown type', '{"type":"root"}'],
    ['a message before hello', JSON.stringify({ type: 'input', terminal: 1, data: 'x' })],
    ['a terminal that cannot be', JSON.stringify({ type: 'input', terminal: 99, data: 'x' })],
    ['a path for a workspace', JSON.stringify({ ...HELLO, workspace: 'lesson:../../etc' })],
  ])('%s ends the connection for good', async (_, text) => {
    const page = await connect()
    page.socket.send(text)
    expect(await page.closed()).toBe(1008)
    expect(page.got).toMatchObject([{ type: 'error', code: 'bad-message' }])
  })

  test('a workspace that there is not', async () => {
    const page = await connect()
    page.socket.send(JSON.stringify({ ...HELLO, workspace: 'exercise:none-of-this-name' }))
    expect(await page.closed()).toBe(1008)
    expect(page.got).toMatchObject([{ type: 'error', code: 'not-found' }])
  })

  test('a flood of messages is stopped, and the page may come back later', async () => {
    const page = await connect()
    page.socket.send(JSON.stringify(HELLO))
    const resize = JSON.stringify({ type: 'resize', terminal: 1, columns: 80, rows: 24 })
    for (let i = 0; i < 5000; i++) page.socket.send(resize)
    expect(await page.closed()).toBe(1013)
    expect(page.got).toContainEqual({ type: 'error', code: 'overloaded', detail: 'too many messages' })
  })

  test('a message that is too large', async () => {
    const page = await connect()
    page.socket.send(JSON.stringify({ ...HELLO, seen: { x: 'y'.repeat(5 << 20) } }))
    expect(await page.closed()).toBe(1009)
  })
})
