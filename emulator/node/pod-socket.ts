import { fromUtf8, utf8Bytes } from '../api/base64.ts'
import type { PodSocket } from '../api/connection.ts'
import type { Exchange, Network, Place } from '../network/types.ts'
import { concat, HttpReader, type ReadRequest, writeResponse } from './http-stream.ts'
import type { Container, Listener } from './runtime.ts'

export interface PodSocketOptions {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly port: number
  /** The Pod's containers as they are now. */
  readonly containers: () => readonly Container[]
  readonly network: () => Network
}

type Answered = ReturnType<PodSocket['send']>

const CLOSED: Answered = { bytes: new Uint8Array(0), open: false }

/**
 * A connection that the kubelet makes to a port of a Pod for port-forward: from loopback inside, so that neither
 * Services nor NetworkPolicies have a say. Requests in HTTP/1.x are read and answered by what listens; text goes to
 * listeners that speak text; TLS is not emulated and ends the connection.
 */
export function openPodSocket(options: PodSocketOptions): PodSocket {
  const { namespace, name, port } = options
  const from: Place = { kind: 'pod', namespace, name }
  const ask = (payload?: Parameters<Network['connect']>[2]): Exchange =>
    options.network().connect(from, { address: '127.0.0.1', port }, payload)
  if (ask().outcome !== 'answered') return { refusal: refusalOf(options), send: () => CLOSED }
  const reader = new HttpReader()
  let open = true
  const send = (bytes: Uint8Array): Answered => {
    const listener = listenerIn(options)
    if (listener === undefined || isTls(bytes) || listener.tls || listener.speaks === 'dns') return CLOSED
    if (listener.speaks === 'http') {
      reader.add(bytes)
      return answerRequests(reader, ask)
    }
    const { reply, outcome } = ask({ text: fromUtf8([...bytes]) })
    return { bytes: utf8Bytes(reply ?? ''), open: outcome === 'answered' }
  }
  return {
    refusal: undefined,
    send(bytes) {
      if (!open) return CLOSED
      const answered = send(bytes)
      open = answered.open
      return answered
    },
  }
}

function listenerIn({ containers, port }: PodSocketOptions): Listener | undefined {
  for (const { state, listeners } of containers()) {
    if (state.kind !== 'running') continue
    const found = listeners.find((listener) => listener.protocol === 'TCP' && listener.port === port)
    if (found) return found
  }
  return undefined
}

/** Does a TLS record that starts a handshake begin here? */
const isTls = (bytes: Uint8Array): boolean => bytes[0] === 0x16

/** Answers every whole request that has arrived, in order. */
function answerRequests(reader: HttpReader, ask: (payload: { http: ReadRequest['request'] }) => Exchange): Answered {
  const parts: Uint8Array[] = []
  for (;;) {
    const read = reader.next()
    if (read === 'incomplete') return { bytes: concat(parts), open: true }
    if (read === 'continue') parts.push(utf8Bytes('HTTP/1.1 100 Continue\r\n\r\n'))
    else if (read === 'malformed' || read === 'too-large') {
      const refused = read === 'malformed' ? MALFORMED : TOO_LARGE
      return { bytes: concat([...parts, refused]), open: false }
    } else {
      const { response } = ask({ http: read.request })
      if (response === undefined) return { bytes: concat(parts), open: false }
      const written = writeResponse(response, read)
      parts.push(written.bytes)
      if (!written.open) return { bytes: concat(parts), open: false }
    }
  }
}

const EMPTY = 'Connection: close\r\nContent-Length: 0\r\n\r\n'
const MALFORMED = utf8Bytes(`HTTP/1.1 400 Bad Request\r\n${EMPTY}`)
const TOO_LARGE = utf8Bytes(`HTTP/1.1 413 Request Entity Too Large\r\n${EMPTY}`)

/** containerd's words (internal/cri/server/sandbox_portforward_linux.go), as the kubelet's server wraps them. */
function refusalOf({ uid, port }: PodSocketOptions): string {
  const hex = sandboxDigits(uid)
  const sandbox = hex.repeat(3).slice(0, 64)
  const groups = [8, 12, 16, 20, 32].map((end, i, ends) => hex.slice(ends[i - 1] ?? 0, end))
  const inside = `failed to connect to localhost:${port} inside namespace ${JSON.stringify(sandbox)}`
  const v4 = `dial tcp4 127.0.0.1:${port}: connect: connection refused`
  const v6 = `dial tcp6 [::1]:${port}: connect: connection refused`
  const path = JSON.stringify(`/var/run/netns/cni-${groups.join('-')}`)
  return (
    `error forwarding port ${port} to pod ${sandbox}, uid : failed to execute portforward in network namespace ` +
    `${path}: ${inside}, IPv4: ${v4} IPv6 ${v6} `
  )
}

/** The same digits each time for the same Pod. */
const sandboxDigits = (uid: string): string => uid.replace(/[^0-9a-f]/g, '').padEnd(32, '0')
