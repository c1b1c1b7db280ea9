import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { addressOf, headersOf } from '../adapter.ts'
import type { Carrier } from '../spdy/session.ts'
import type { Connect, ConnectionAnswer } from './messages.ts'
import { chooseProtocol, type Protocol } from './protocols.ts'
import { serveSpdy } from './serve-spdy.ts'
import { watchOver } from './watch-over.ts'
import { LOST_BYTES, overWebSocket } from './websocket.ts'

type Open = Extract<ConnectionAnswer, { type: 'open' }>

/** Carries a request to upgrade (exec, attach, portforward) to a cluster, in whichever protocol the client offers. */
export async function upgradeConnection(
  connect: Connect,
  path: string,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  socket.on('error', () => socket.destroy())
  const method = request.method === 'POST' ? 'POST' : 'GET'
  const headers = { ...headersOf(request), upgrade: String(request.headers.upgrade ?? '') }
  const answer = await connect({ method, ...addressOf(path, request), headers })
  if (socket.destroyed) return answer.type === 'open' ? answer.handle.end() : undefined
  if (answer.type === 'refused') return refuse(socket, answer.status, answer.body, 'application/json')
  const { offer } = answer
  const protocol = chooseProtocol(request, offer.kind)
  if (!protocol) {
    answer.handle.end()
    return refuse(socket, 403, `unable to upgrade: no protocol that is asked for is served\n`)
  }
  if (offer.failure && protocol.name !== 'v5.channel.k8s.io') {
    answer.handle.end()
    return refuseBackend(socket, offer.failure)
  }
  if (protocol.over === 'spdy') return overSocket(answer, protocol, socket, head)
  overWebSocket(answer, protocol, request, socket, head)
}

/** What the kubelet says in plain text, and what the API server says of a kubelet that it cannot reach. */
function refuseBackend(socket: Duplex, { code, message }: { readonly code: number; readonly message: string }): void {
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code }
  if (code === 404) refuse(socket, code, message)
  else refuse(socket, code, JSON.stringify(status), 'application/json')
}

function refuse(socket: Duplex, status: number, body: string, type = 'text/plain; charset=utf-8'): void {
  const bytes = Buffer.from(body)
  socket.end(
    Buffer.concat([
      Buffer.from(
        `HTTP/1.1 ${status} ${REASONS[status] ?? 'Refused'}\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${bytes.length}\r\n\r\n`,
      ),
      bytes,
    ]),
  )
}

const REASONS: { readonly [status: number]: string } = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

function overSocket({ offer, handle }: Open, protocol: Protocol, socket: Duplex, head: Buffer): void {
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: ${protocol.name}\r\n\r\n`,
  )
  const carrier: Carrier = {
    write(bytes) {
      if (socket.writableLength > LOST_BYTES) socket.destroy()
      return socket.destroyed || socket.write(bytes)
    },
    end: () => void socket.end(),
    destroy: () => void socket.destroy(),
  }
  const served = serveSpdy(offer, handle, carrier)
  const watch = watchOver(() => served.session.ping(), carrier.destroy)
  socket.on('data', (bytes: Buffer) => {
    watch.heard()
    served.session.receive(bytes)
  })
  socket.on('drain', served.drained)
  socket.on('close', () => {
    watch.stop()
    served.session.lost()
    handle.end()
  })
  if (head.length > 0) served.session.receive(head)
  socket.resume()
}
