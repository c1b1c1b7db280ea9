import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { MAX_FRAME_BYTES } from '../spdy/frames.ts'
import type { ConnectionAnswer } from './messages.ts'
import type { Protocol } from './protocols.ts'
import { serveSpdy } from './serve-spdy.ts'
import { watchOver } from './watch-over.ts'
import { portChannels, processChannels } from './websocket-carriers.ts'

type Open = Extract<ConnectionAnswer, { type: 'open' }>

/** Unsent bytes above which a client is behind, and above which it is given up. */
const BEHIND_BYTES = 1 << 20
export const LOST_BYTES = 32 << 20

/**
 * ms between the upgrade and the first message of a process. kubectl 1.30 to 1.33 reads before it has made its streams
 * (kubernetes/kubernetes#131189) and throws away what comes before that; a real kubelet needs longer to start a process.
 */
const STREAMS_MS = 20

/** What the protocol of a WebSocket makes of its messages. */
interface Served {
  receive(data: Uint8Array): void
  drained(): void
  lost(): void
}

/** Answers the upgrade and serves the connection over the WebSocket's messages. */
export function overWebSocket(
  open: Open,
  protocol: Protocol,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, clientTracking: false })
  // The library refuses Kubernetes' own name `SPDY/3.1+…`, which is no token; the choice is made already.
  delete request.headers['sec-websocket-protocol']
  sockets.on('headers', (headers) => {
    if (protocol.name !== '') headers.push(`Sec-WebSocket-Protocol: ${protocol.name}`)
  })
  let opened = false
  socket.once('close', () => {
    if (!opened) open.handle.end()
  })
  sockets.handleUpgrade(request, socket, head, (page) => {
    opened = true
    attend(page, open, protocol)
  })
}

function attend(page: WebSocket, { offer, handle }: Open, protocol: Protocol): void {
  let served: Served | undefined
  const send = (bytes: Uint8Array): boolean => {
    if (page.readyState !== page.OPEN) return true
    if (page.bufferedAmount > LOST_BYTES) page.terminate()
    else
      page.send(bytes, { binary: true }, () => {
        if (page.bufferedAmount < BEHIND_BYTES) served?.drained()
      })
    return page.bufferedAmount < BEHIND_BYTES
  }
  const messages = { send, close: () => page.close(1000) }
  const watch = watchOver(pinging(page), () => page.terminate())
  page.on('message', (data: Buffer) => {
    watch.heard()
    served?.receive(Buffer.from(data))
  })
  page.on('error', () => page.terminate())
  page.on('close', () => {
    watch.stop()
    served?.lost()
    handle.end()
  })
  if (offer.kind === 'ports' && protocol.over === 'tunnel') {
    const carrier = { write: send, end: messages.close, destroy: () => page.terminate() }
    const { session, drained } = serveSpdy(offer, handle, carrier)
    served = { receive: (data) => session.receive(data), drained, lost: () => session.lost() }
    return
  }
  const version = protocol.name === 'v5.channel.k8s.io' ? 'v5' : 'v4'
  const serve = () => {
    const receive =
      offer.kind === 'ports' ? portChannels(offer, handle, messages) : processChannels(offer, handle, messages, version)
    served = { receive, drained: () => handle.drained(), lost: () => undefined }
    page.resume()
  }
  if (offer.kind === 'ports') {
    serve()
    return
  }
  page.pause()
  const timer = setTimeout(serve, STREAMS_MS)
  page.on('close', () => clearTimeout(timer))
}

/** Sends a ping; false if the one before was not answered. */
function pinging(page: WebSocket): () => boolean {
  let answered = true
  page.on('pong', () => {
    answered = true
  })
  return () => {
    if (!answered) return false
    answered = false
    page.ping()
    return true
  }
}
