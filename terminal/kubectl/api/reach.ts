/** Whether a connection to an API server comes about, and what Go says where it does not (upstream: net, net/http). */
import type { CommandContext } from '../../types.ts'

/** Why there is no connection, and how long it takes to know. */
export interface ConnectFailure {
  readonly why: string
  readonly waitMs: number
}

/** As long as client-go waits for a connection (upstream: client-go/transport/cache.go). */
const DIAL_TIMEOUT_MS = 30_000
const NO_ROUTE_MS = 3_000

type Where = Pick<CommandContext, 'cluster' | 'place'>

/** Undefined where an API server answers: at the control plane's address, or wherever the network leads to it. */
export function connectFailure(where: Where, server: string): ConnectFailure | undefined {
  const [, scheme = '', authority = ''] = /^([^:]+):\/\/([^/]*)/.exec(server) ?? []
  if (scheme !== 'http' && scheme !== 'https') return at(`unsupported protocol scheme ${JSON.stringify(scheme)}`)
  if (isControlPlane(where, authority)) return undefined
  const { outcome, peer, response, tlsFailed } = where.cluster.network.fetch(
    where.place,
    `https://${authority}/version`,
  )
  if (tlsFailed) return at('http: server gave HTTP response to HTTPS client')
  if (response) return undefined
  const [, host = '', port = scheme === 'http' ? '80' : '443'] = /^(.*?)(?::(\d+))?$/.exec(authority) ?? []
  if (outcome === 'unresolved') return at(`dial tcp: lookup ${host} on 127.0.0.53:53: no such host`)
  const machine = where.cluster.machines.find(({ name }) => name === host)
  const address = `${peer?.address ?? machine?.address ?? (host === 'localhost' ? '127.0.0.1' : host)}:${port}`
  if (outcome === 'refused') return at(`dial tcp ${address}: connect: connection refused`)
  if (outcome === 'unreachable') return at(`dial tcp ${address}: connect: no route to host`, NO_ROUTE_MS)
  return at(`dial tcp ${address}: i/o timeout`, DIAL_TIMEOUT_MS)
}

const at = (why: string, waitMs = 0): ConnectFailure => ({ why, waitMs })

function isControlPlane({ cluster, place }: Where, authority: string): boolean {
  if (cluster.apiServerState() !== 'serving') return false
  const plane = cluster.machines.find((machine) => machine.role === 'control-plane')
  const here = place.kind === 'machine' && place.name === plane?.name
  const local = here ? ['127.0.0.1:6443', 'localhost:6443'] : []
  return [`${plane?.address}:6443`, `${plane?.name}:6443`, ...local].includes(authority)
}
