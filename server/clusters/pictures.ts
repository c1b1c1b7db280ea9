import type { Cluster, Trace } from '../../emulator/index.ts'
import type { ServerMessage, TopologyView } from '../protocol.ts'
import { throttle } from './throttle.ts'
import { topologyView } from './topology-view.ts'

/** What pages draw of a cluster: its topology when it changed, and the last request's trace. */
export interface Pictures {
  /** Something the topology shows may have changed. */
  changed(): void
  /** The topology as it is, for a page that just joined. */
  now(): ServerMessage
  stop(): void
}

export interface PicturesOptions {
  readonly cluster: Cluster
  readonly places: () => TopologyView['places']
  /** To all pages. */
  readonly tell: (message: ServerMessage) => void
  readonly watched: () => boolean
  /** Kubelets probe while time advances; what a learner sends, they send at a standing clock. */
  readonly advancing: () => boolean
}

const TOPOLOGY_MS = 200
const TRACE_MS = 100

export function createPictures({ cluster, places, tell, watched, advancing }: PicturesOptions): Pictures {
  let told = ''
  let lastTrace: Trace | undefined
  const now = (): ServerMessage => ({ type: 'topology', view: topologyView(cluster, places()) })
  const topology = throttle(TOPOLOGY_MS, () => {
    if (!watched()) return
    const message = now()
    const text = JSON.stringify(message)
    if (text === told) return
    told = text
    tell(message)
  })
  const traces = throttle(TRACE_MS, () => {
    if (lastTrace) tell({ type: 'trace', trace: traceMessage(lastTrace) })
  })
  const stopListening = cluster.network.onTrace((trace) => {
    if (advancing()) return
    lastTrace = trace
    traces.request()
  })
  return {
    changed: topology.request,
    now,
    stop() {
      stopListening()
      topology.cancel()
      traces.cancel()
    },
  }
}

/** The trace in the shape that the protocol's schema infers (arrays and records that may be written to). */
function traceMessage(trace: Trace): Extract<ServerMessage, { type: 'trace' }>['trace'] {
  return {
    ...trace,
    hops: trace.hops.map((hop) => ({ ...hop, subject: { ...hop.subject }, params: { ...hop.params } })),
  }
}
