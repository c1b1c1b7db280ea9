import type { ForwardConnection, PodSocket } from '../../../emulator/index.ts'
import { BUDGETS } from '../../clusters/budgets.ts'
import type { ConnectionAnswer, ConnectionHandle, FromConnection } from './messages.ts'
import type { ConnectionHost } from './open-connection.ts'

/** TCP connections into a Pod. */
export function openPorts(host: ConnectionHost, connection: ForwardConnection): ConnectionAnswer {
  const { ports, failure } = connection
  return { type: 'open', offer: { kind: 'ports', ports, failure }, handle: portsHandle(host, connection) }
}

function portsHandle(host: ConnectionHost, connection: ForwardConnection): ConnectionHandle {
  const sockets = new Map<number, PodSocket>()
  let offer: (message: FromConnection) => void = () => undefined
  const dial = (id: number, port: number) => {
    if (sockets.has(id)) return
    if (sockets.size >= BUDGETS.forwardedAtOnce)
      return offer({ type: 'refused', id, message: 'too many connections are forwarded at once' })
    const socket = connection.dial(port)
    if (socket.refusal !== undefined) return offer({ type: 'refused', id, message: socket.refusal })
    sockets.set(id, socket)
  }
  const pass = (id: number, data: Uint8Array) => {
    const answered = sockets.get(id)?.send(data)
    if (!answered) return
    if (answered.bytes.length > 0) offer({ type: 'data', id, data: answered.bytes })
    if (!answered.open && sockets.delete(id)) offer({ type: 'closed', id })
  }
  return {
    begin(send) {
      offer = send
    },
    message(message) {
      host.touched()
      if (message.type === 'dial') dial(message.id, message.port)
      else if (message.type === 'data') pass(message.id, message.data)
      else if (message.type === 'hang-up' && sockets.delete(message.id)) offer({ type: 'closed', id: message.id })
      host.touched()
    },
    drained: () => undefined,
    end: () => sockets.clear(),
  }
}
