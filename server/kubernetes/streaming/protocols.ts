import type { IncomingMessage } from 'node:http'
import type { ConnectionOffer } from './messages.ts'

export interface Protocol {
  /** As it is answered; empty if the client named none. */
  readonly name: string
  readonly over: 'spdy' | 'websocket' | 'tunnel'
}

const PROCESS = ['v5.channel.k8s.io', 'v4.channel.k8s.io']
const TUNNEL = 'SPDY/3.1+portforward.k8s.io'
const PORTS = 'portforward.k8s.io'

/** The first of what a client offers that is served (upstream: kubelet/pkg/cri/streaming, apiserver's stream tunnelling). */
export function chooseProtocol(
  { headers }: Pick<IncomingMessage, 'headers'>,
  kind: ConnectionOffer['kind'],
): Protocol | undefined {
  const upgrade = headers.upgrade?.toLowerCase()
  if (upgrade === 'spdy/3.1') {
    const offered = listOf(headers['x-stream-protocol-version'])
    const wanted = kind === 'ports' ? PORTS : 'v4.channel.k8s.io'
    return offered.length === 0 || offered.includes(wanted) ? { name: wanted, over: 'spdy' } : undefined
  }
  if (upgrade !== 'websocket') return undefined
  const offered = listOf(headers['sec-websocket-protocol'])
  if (offered.length === 0) return { name: '', over: 'websocket' }
  if (kind === 'ports') {
    if (offered.includes(TUNNEL)) return { name: TUNNEL, over: 'tunnel' }
    return offered.includes('v4.channel.k8s.io') ? { name: 'v4.channel.k8s.io', over: 'websocket' } : undefined
  }
  const name = offered.find((protocol) => PROCESS.includes(protocol))
  return name === undefined ? undefined : { name, over: 'websocket' }
}

const listOf = (header: string | readonly string[] | undefined): readonly string[] =>
  [header ?? []]
    .flat()
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '')
