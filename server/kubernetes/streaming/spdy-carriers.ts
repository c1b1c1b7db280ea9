import type { SpdyStream } from '../spdy/session.ts'
import { endingStatus } from './exit-status.ts'
import type { ConnectionHandle, ConnectionOffer, FromConnection } from './messages.ts'
import { terminalSize } from './terminal-size.ts'

type ProcessOffer = Extract<ConnectionOffer, { kind: 'process' }>

/** What a session's streams are handed to; `finished` ends the session. */
export interface StreamTaker {
  opened(stream: SpdyStream): void
  drained(): void
}

/** remotecommand over SPDY (v4): a stream each for error, stdin, stdout, stderr and resize; begins when all are there. */
export function processStreams(offer: ProcessOffer, handle: ConnectionHandle, finished: () => void): StreamTaker {
  const streams = new Map<string, SpdyStream>()
  const wanted = [
    'error',
    ...(offer.stdin ? ['stdin'] : []),
    ...(offer.stdout ? ['stdout'] : []),
    ...(offer.stderr ? ['stderr'] : []),
    ...(offer.tty ? ['resize'] : []),
  ]
  const end = (status: object) => {
    streams.get('stdout')?.finish()
    streams.get('stderr')?.finish()
    streams.get('error')?.write(Buffer.from(JSON.stringify(status)))
    streams.get('error')?.finish()
    finished()
  }
  const send = (message: FromConnection): boolean => {
    if (message.type === 'output') return streams.get(message.stream)?.write(message.data) ?? true
    if (message.type === 'exit' || message.type === 'failed') end(endingStatus(message))
    if (message.type === 'gone') finished()
    return true
  }
  return {
    opened(stream) {
      const type = stream.headers.get('streamtype') ?? ''
      if (!wanted.includes(type) || streams.has(type)) return stream.reset()
      streams.set(type, stream)
      if (type === 'stdin') {
        stream.onData = (data) => handle.message({ type: 'stdin', data })
        stream.onEnd = () => handle.message({ type: 'stdin-end' })
      }
      if (type === 'resize')
        stream.onData = (data) => {
          const size = terminalSize(data)
          if (size) handle.message({ type: 'resize', ...size })
        }
      if (streams.size === wanted.length) handle.begin(send)
    },
    drained: () => handle.drained(),
  }
}

interface Pair {
  data?: SpdyStream
  error?: SpdyStream
}

/** portforward.k8s.io over SPDY: each TCP connection is a pair of streams, `data` and `error`, with one request id. */
export function portStreams(handle: ConnectionHandle, finished: () => void): StreamTaker {
  const waiting = new Map<string, Pair>()
  const open = new Map<number, { readonly data: SpdyStream; readonly error: SpdyStream }>()
  const close = (id: number, message?: string) => {
    const pair = open.get(id)
    if (!pair) return
    open.delete(id)
    if (message !== undefined) pair.error.write(Buffer.from(message))
    pair.data.finish()
    pair.error.finish()
  }
  const join = (data: SpdyStream, error: SpdyStream, port: number) => {
    const { id } = data
    open.set(id, { data, error })
    data.onData = (bytes) => handle.message({ type: 'data', id, data: bytes })
    data.onEnd = () => handle.message({ type: 'hang-up', id })
    handle.message({ type: 'dial', id, port })
  }
  handle.begin((message) => {
    if (message.type === 'data') return open.get(message.id)?.data.write(message.data) ?? true
    if (message.type === 'refused') close(message.id, message.message)
    if (message.type === 'closed') close(message.id)
    if (message.type === 'gone') finished()
    return true
  })
  return {
    opened(stream) {
      const type = stream.headers.get('streamtype')
      const port = Number(stream.headers.get('port'))
      const request = stream.headers.get('requestid') ?? String(port)
      if ((type !== 'data' && type !== 'error') || !Number.isInteger(port) || port < 1 || port > 65535)
        return stream.reset()
      const pair = { ...waiting.get(request), [type]: stream }
      const { data, error } = pair
      if (!data || !error) return void waiting.set(request, pair)
      waiting.delete(request)
      join(data, error, port)
    },
    drained: () => handle.drained(),
  }
}
