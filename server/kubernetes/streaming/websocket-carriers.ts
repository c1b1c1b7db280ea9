import { endingStatus, internalError, translatedStatus } from './exit-status.ts'
import type { ConnectionHandle, ConnectionOffer, FromConnection } from './messages.ts'
import { terminalSize } from './terminal-size.ts'

/** Binary messages of a WebSocket. */
export interface Messages {
  /** False when the other side is behind. */
  send(bytes: Uint8Array): boolean
  close(): void
}

type Receive = (data: Uint8Array) => void
type ProcessOffer = Extract<ConnectionOffer, { kind: 'process' }>
type PortsOffer = Extract<ConnectionOffer, { kind: 'ports' }>

const CHANNELS = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const

const frame = (channel: number, data: Uint8Array = new Uint8Array(0)) => Buffer.concat([Buffer.of(channel), data])

/**
 * remotecommand over WebSocket: the first byte of each message is its channel. With v5, which the API server translates
 * for the kubelet, 255 closes a channel, and a failure at the kubelet arrives on the error channel.
 */
export function processChannels(
  offer: ProcessOffer,
  handle: ConnectionHandle,
  socket: Messages,
  protocol: 'v4' | 'v5',
): Receive {
  const end = (status: object) => {
    socket.send(frame(CHANNELS.error, Buffer.from(JSON.stringify(status))))
    socket.close()
  }
  const send = (message: FromConnection): boolean => {
    if (message.type === 'output') return socket.send(frame(CHANNELS[message.stream], message.data))
    if (message.type === 'exit' || message.type === 'failed')
      end(protocol === 'v5' ? translatedStatus(message) : endingStatus(message))
    if (message.type === 'gone') socket.close()
    return true
  }
  // The first thing that a client hears is an empty message: the connection stands.
  socket.send(frame(offer.stdout ? CHANNELS.stdout : offer.stderr ? CHANNELS.stderr : CHANNELS.error))
  if (offer.failure) {
    const { code, message } = offer.failure
    end(internalError(code === 404 ? `unable to upgrade connection: ${message}` : message))
  } else handle.begin(send)
  return (data) => {
    const rest = data.subarray(1)
    if (data[0] === CHANNELS.stdin && offer.stdin) handle.message({ type: 'stdin', data: rest })
    else if (data[0] === CHANNELS.close && data[1] === CHANNELS.stdin) handle.message({ type: 'stdin-end' })
    else if (data[0] === CHANNELS.resize) {
      const size = terminalSize(rest)
      if (size) handle.message({ type: 'resize', ...size })
    }
  }
}

/** portforward over WebSocket (v4): channels 2n and 2n+1 are data and errors of the n-th port, each begins with its number. */
export function portChannels(offer: PortsOffer, handle: ConnectionHandle, socket: Messages): Receive {
  const open = new Set(offer.ports.keys())
  const send = (message: FromConnection): boolean => {
    if (message.type === 'data') return socket.send(frame(message.id * 2, message.data))
    if (message.type === 'refused') socket.send(frame(message.id * 2 + 1, Buffer.from(message.message)))
    if (message.type === 'refused' || message.type === 'closed') open.delete(message.id)
    if (open.size === 0 || message.type === 'gone') socket.close()
    return true
  }
  handle.begin(send)
  for (const [id, port] of offer.ports.entries()) {
    const number = Buffer.alloc(2)
    number.writeUInt16LE(port)
    socket.send(frame(id * 2, number))
    socket.send(frame(id * 2 + 1, number))
    handle.message({ type: 'dial', id, port })
  }
  return (data) => {
    const channel = data[0] ?? 1
    if (channel % 2 === 0) handle.message({ type: 'data', id: channel / 2, data: data.subarray(1) })
  }
}
