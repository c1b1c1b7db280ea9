import type { ApiRequest, Cluster } from '../../emulator/index.ts'
import { type Answer, respond } from '../kubernetes/respond.ts'
import type { ConnectionAnswer, ConnectionHandle, FromConnection } from '../kubernetes/streaming/messages.ts'
import { BUDGETS } from './budgets.ts'

/** Requests of a real kubectl to one cluster, some of which stay open: watches, followed logs. */
export interface ApiStreams {
  /** Those that are open. */
  readonly size: number
  /** Returns how to end it. */
  request(cluster: Pick<Cluster, 'request'>, request: ApiRequest, answer: Answer): () => void
  /** The same for an upgraded request. */
  connect(open: () => ConnectionAnswer): ConnectionAnswer
  endAll(): void
}

const TOO_MANY = 'This cluster has too many open requests; end some watches first.'

/** `changed` is called when a stream opened or ended. */
export function createApiStreams(changed: () => void): ApiStreams {
  const streams = new Set<() => void>()
  return {
    get size() {
      return streams.size
    },
    request(cluster, request, answer) {
      if (streams.size >= BUDGETS.streamsPerCluster) return tooMany(answer, TOO_MANY)
      let ended = false
      let stop = () => {}
      const end = () => {
        if (ended) return
        ended = true
        stop()
        streams.delete(end)
        answer.end()
        changed()
      }
      stop = respond(cluster, request, { ...answer, end })
      if (!ended) streams.add(end)
      changed()
      return end
    },
    connect(open) {
      if (streams.size >= BUDGETS.streamsPerCluster) return refuseConnection(TOO_MANY)
      const answer = open()
      if (answer.type === 'refused') return answer
      const { handle } = answer
      let send: (message: FromConnection) => boolean = () => true
      const end = () => {
        if (!streams.delete(end)) return
        send({ type: 'gone' })
        handle.end()
        changed()
      }
      streams.add(end)
      changed()
      const begin: ConnectionHandle['begin'] = (to) => {
        send = to
        handle.begin(to)
      }
      return { ...answer, handle: { ...handle, begin, end } }
    },
    endAll() {
      for (const end of [...streams]) end()
    },
  }
}

/** What a client that asks too much is told; a Kubernetes client tries again after the seconds it names. */
export function tooMany(answer: Answer, message: string): () => void {
  answer.head(429, { 'content-type': 'application/json', 'retry-after': '1' })
  answer.chunk(tooManyRequests(message))
  answer.end()
  return () => undefined
}

export const refuseConnection = (message: string): ConnectionAnswer => ({
  type: 'refused',
  status: 429,
  body: tooManyRequests(message),
})

function tooManyRequests(message: string): string {
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', reason: 'TooManyRequests' }
  return JSON.stringify({ ...status, code: 429, message })
}
