import type { ApiRequest, Cluster } from '../../emulator/index.ts'
import { type Answer, respond } from '../kubernetes/respond.ts'
import { BUDGETS } from './budgets.ts'

/** Requests of a real kubectl to one cluster, some of which stay open: watches, followed logs. */
export interface ApiStreams {
  /** Those that are open. */
  readonly size: number
  /** Returns how to end it. */
  request(request: ApiRequest, answer: Answer): () => void
  endAll(): void
}

/** `changed` is called when a stream opened or ended. */
export function createApiStreams(cluster: Pick<Cluster, 'request'>, changed: () => void): ApiStreams {
  const streams = new Set<() => void>()
  return {
    get size() {
      return streams.size
    },
    request(request, answer) {
      if (streams.size >= BUDGETS.streamsPerCluster) return tooMany(answer)
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
    endAll() {
      for (const end of [...streams]) end()
    },
  }
}

function tooMany(answer: Answer): () => void {
  answer.head(429, { 'content-type': 'application/json', 'retry-after': '5' })
  const message = 'This cluster has too many open requests; end some watches first.'
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', reason: 'TooManyRequests' }
  answer.chunk(JSON.stringify({ ...status, code: 429, message }))
  answer.end()
  return () => undefined
}
