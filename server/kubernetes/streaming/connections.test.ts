import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { constants, createDeflate } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type ServedCluster, serveCluster } from '../../testing/served-cluster.ts'
import { SPDY_DICTIONARY } from '../spdy/dictionary.ts'
import { dataFrame, type Frame, FrameReader } from '../spdy/frames.ts'

let served: ServedCluster

beforeAll(async () => {
  served = await serveCluster('connections')
  served.pod('web', { image: 'nginx' })
  served.pod('once', { image: 'busybox', command: ['true'] })
})
afterAll(() => served.close())

const path = (pod: string, what: string) => `/api/v1/namespaces/default/pods/${pod}/${what}`

/** A client over WebSocket that keeps what it hears, by channel. */
async function client(where: string, protocols: readonly string[]) {
  const socket = new WebSocket(`ws://127.0.0.1:${served.port}${where}`, [...protocols])
  const heard = new Map<number, string>()
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  socket.on('message', (data: Buffer) => {
    const channel = data[0] ?? -1
    heard.set(channel, (heard.get(channel) ?? '') + data.subarray(1).toString('latin1'))
  })
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject))
  return {
    socket,
    heard,
    closed,
    send: (channel: number, text: string) => socket.send(Buffer.concat([Buffer.of(channel), Buffer.from(text)])),
    until: (channel: number, pattern: RegExp) => expect.poll(() => heard.get(channel) ?? '').toMatch(pattern),
  }
}

const V5 = ['v5.channel.k8s.io', 'v4.channel.k8s.io']

test('exec over v5: channels, the end of standard input, the exit code', async () => {
  const query = 'command=sh&stdin=true&stdout=true&stderr=true'
  const { socket, heard, send, until, closed } = await client(path('web', `exec?${query}`), V5)
  expect(socket.protocol).toBe('v5.channel.k8s.io')
  send(0, 'x=7; echo first $x\n')
  await until(1, /^first 7\n/)
  send(0, 'echo second >&2\n(exit 4)\n')
  await until(2, /second/)
  socket.send(Buffer.of(255, 0))
  expect(await closed).toBe(1000)
  expect(JSON.parse(heard.get(3) ?? '')).toMatchObject({
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: '4' }] },
  })
})

test('a terminal: prompt, echo, size, Ctrl-C, the way out', async () => {
  const query = 'command=sh&stdin=true&stdout=true&tty=true'
  const { heard, send, until, closed } = await client(path('web', `exec?${query}`), V5)
  await until(1, /# $/)
  send(4, '{"Width":10,"Height":43}')
  send(0, 'echo a line of several rows')
  send(0, '\r')
  // Ten columns hold the prompt and eight letters.
  await until(1, /# echo a l[^i]+ine[\s\S]*2004la line of several rows/)
  send(0, 'cat\r')
  send(0, '\u0003')
  await until(1, /\^C/)
  send(0, 'exit 2\r')
  await closed
  expect(JSON.parse(heard.get(3) ?? '')).toMatchObject({ reason: 'NonZeroExitCode' })
})

test('what has no command, no container, no such program', async () => {
  const missing = await client(path('web', 'exec?command=nosuch&stdout=true'), V5)
  await missing.closed
  expect(JSON.parse(missing.heard.get(3) ?? '').message).toMatch(
    /^Internal error occurred: Internal error occurred: error executing command in container: .*"nosuch": executable file not found/,
  )
  const gone = await client(path('once', 'exec?command=ls&stdout=true'), V5)
  await gone.closed
  expect(JSON.parse(gone.heard.get(3) ?? '').message).toBe(
    'Internal error occurred: unable to upgrade connection: container not found ("once")',
  )
  const refused = (where: string, protocols: readonly string[]) =>
    client(where, protocols).then(
      () => 'opened',
      (error: Error) => error.message,
    )
  expect(await refused(path('once', 'exec?command=ls&stdout=true'), ['v4.channel.k8s.io'])).toMatch(/404/)
  expect(await refused(path('nosuch', 'exec?command=ls&stdout=true'), V5)).toMatch(/404/)
  expect(await refused(path('web', 'exec?command=ls&stdout=true&container=x'), V5)).toMatch(/400/)
  expect(await refused(path('web', 'exec?command=ls&stdout=true'), ['v1.unknown.k8s.io'])).toMatch(/403/)
})

test('a flood of output is stopped', async () => {
  const script = encodeURIComponent(`while true; do echo ${'0'.repeat(3000)}; done`)
  const { heard, closed } = await client(
    path('web', `exec?command=sh&command=-c&command=${script}&stdout=true&stderr=true`),
    V5,
  )
  await closed
  expect(heard.get(2)).toMatch(/stopped|limit/)
  expect(heard.get(1)?.length).toBeLessThan(9 << 20)
})

test('portforward over v4 names its ports, answers, and is refused', async () => {
  const { heard, send, until } = await client(path('web', 'portforward?ports=80&ports=81'), ['v4.channel.k8s.io'])
  await until(3, /connection refused/)
  expect(heard.get(0)).toBe('\u0050\u0000')
  send(0, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await until(0, /200 OK[\s\S]*Welcome to nginx!/)
})

test('a client that vanishes leaves nothing running', async () => {
  const { socket, until } = await client(path('web', 'exec?command=sh&stdin=true&stdout=true&tty=true'), V5)
  await until(1, /# $/)
  const container = served.cluster.container('default', 'web', 'web')
  const before = container?.processes.length
  socket.terminate()
  const again = await client(path('web', 'exec?command=hostname&stdout=true'), V5)
  await again.closed
  expect(again.heard.get(1)).toBe('web\n')
  expect(container?.processes.length).toBe(before)
})

/** A client over SPDY/3.1, as kubectl before 1.30 is one. */
async function spdyClient(where: string, protocol: string) {
  const socket: Socket = connect(served.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(
    `POST ${where} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: ${protocol}\r\nContent-Length: 0\r\n\r\n`,
  )
  const [head] = (await once(socket, 'data')) as [Buffer]
  const reader = new FrameReader()
  const frames: Frame[] = []
  socket.on('data', (bytes: Buffer) => frames.push(...reader.read(bytes)))
  const deflate = createDeflate({ dictionary: SPDY_DICTIONARY, flush: constants.Z_SYNC_FLUSH })
  const word = (value: number) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value])
  const part = (text: string) => Buffer.concat([word(text.length), Buffer.from(text)])
  return {
    head: String(head),
    socket,
    frames,
    async open(id: number, headers: Readonly<Record<string, string>>) {
      const pairs = Object.entries(headers).flatMap(([name, value]) => [part(name), part(value)])
      const block = Buffer.concat([word(pairs.length / 2), ...pairs])
      const packed = await new Promise<Buffer>((resolve) => deflate.write(block, () => resolve(deflate.read())))
      const body = Buffer.concat([word(id), word(0), Buffer.of(0, 0), packed])
      socket.write(Buffer.concat([Buffer.from([0x80, 3, 0, 1]), word(body.length), body]))
    },
    data: (id: number) =>
      frames.map((frame) => (frame.type === 'data' && frame.id === id ? frame.data.toString('latin1') : '')).join(''),
  }
}

test('exec over SPDY', async () => {
  const query = 'command=sh&command=-c&command=cat%3B+exit+6&stdin=true&stdout=true'
  const { head, open, socket, data } = await spdyClient(path('web', `exec?${query}`), 'v4.channel.k8s.io')
  expect(head).toMatch(/^HTTP\/1\.1 101 [\s\S]*X-Stream-Protocol-Version: v4\.channel\.k8s\.io/)
  await open(1, { streamType: 'error' })
  await open(3, { streamType: 'stdin' })
  await open(5, { streamType: 'stdout' })
  socket.write(dataFrame(3, Buffer.from('through '), false))
  socket.write(dataFrame(3, Buffer.from('spdy\n'), true))
  await once(socket, 'close')
  expect(data(5)).toBe('through spdy\n')
  expect(JSON.parse(data(1))).toMatchObject({ details: { causes: [{ message: '6' }] } })
})

test('portforward over SPDY: several connections, one of them refused', async () => {
  const { open, socket, data } = await spdyClient(path('web', 'portforward'), 'portforward.k8s.io')
  for (const [id, port] of [
    [1, '80'],
    [5, '81'],
  ] as const) {
    await open(id, { streamType: 'error', port, requestID: String(id) })
    await open(id + 2, { streamType: 'data', port, requestID: String(id) })
  }
  socket.write(dataFrame(3, Buffer.from('GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n')))
  await expect.poll(() => data(3)).toMatch(/^HTTP\/1\.1 404 Not Found/)
  await expect.poll(() => data(5)).toMatch(/connect: connection refused/)
  socket.destroy()
})

test.each([
  ['no SPDY at all', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ['a frame without an end', Buffer.from([0x80, 3, 0, 1, 0, 0xff, 0xff, 0xff])],
  ['headers that do not inflate', Buffer.from([0x80, 3, 0, 1, 0, 0, 0, 14, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4])],
])('%s ends the connection and nothing else', async (_, bytes) => {
  const { socket } = await spdyClient(path('web', 'portforward'), 'portforward.k8s.io')
  socket.write(bytes)
  if (!socket.destroyed && bytes.toString().startsWith('GET')) socket.end()
  await once(socket, 'close')
  const { heard, closed } = await client(path('web', 'exec?command=hostname&stdout=true'), V5)
  await closed
  expect(heard.get(1)).toBe('web\n')
})
