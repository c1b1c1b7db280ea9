import type { ApiRequest, Cluster } from '../../../emulator/index.ts'
import type { TerminalTime } from '../../../terminal/types.ts'
import type { ConnectionAnswer } from './messages.ts'
import { openPorts } from './open-ports.ts'
import { openProcess } from './open-process.ts'

/** The cluster behind a connection. */
export interface ConnectionHost {
  readonly cluster: Cluster
  readonly time: TerminalTime
  /** Something happened in the cluster: its time goes on, it has to be kept. */
  touched(): void
  /** Resolves when all that happened is durable. */
  kept(): Promise<void>
}

/** Asks the API server for exec, attach or portforward. */
export function openConnection(host: ConnectionHost, request: ApiRequest): ConnectionAnswer {
  const { connection, status, body } = host.cluster.request(request)
  if (!connection) return { type: 'refused', status, body: typeof body === 'string' ? body : JSON.stringify(body) }
  return connection.kind === 'portforward' ? openPorts(host, connection) : openProcess(host, connection)
}
