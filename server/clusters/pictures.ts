import { type Cluster, decidingHop, type Trace } from '../../emulator/index.ts'
import type { ServerMessage, TopologyView, TraceView } from '../protocol.ts'
import { throttle } from './throttle.ts'
import { topologyView } from './topology-view.ts'

/** What pages draw of a cluster: its topology when it changed, and the last request's trace. */
export interface Pictures {
  /** Something the topology shows may have changed. */
  changed(): void
  /** The topology as it is, for a page that just joined. */
  now(): ServerMessage
  /** Shows a request although it was sent while time advanced. */
  show(trace: Trace): void
  /** The last request, if there was one. */
  trace(): TraceMessage | undefined
  stop(): void
}

type TraceMessage = Extract<ServerMessage, { type: 'trace' }>

export interface PicturesOptions {
  readonly cluster: Cluster
  readonly places: () => TopologyView['places']
  /** To all pages. */
  readonly tell: (message: ServerMessage) => void
  readonly watched: () => boolean
  /** Kubelets probe while time advances; what a learner sends, they send at a standing clock. */
  readonly advancing: () => boolean
  /** The last request of an earlier run. */
  readonly last: TraceView | undefined
}

const TOPOLOGY_MS = 200
const TRACE_MS = 100

export function createPictures({ cluster, places, tell, watched, advancing, last }: PicturesOptions): Pictures {
  let told = ''
  let trace: TraceMessage | undefined = last && { type: 'trace', trace: last }
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
    if (trace) tell(trace)
  })
  const show = (made: Trace) => {
    trace = traceMessage(made)
    traces.request()
  }
  const stopListening = cluster.network.onTrace((made) => {
    if (!advancing()) show(made)
  })
  return {
    changed: topology.request,
    now,
    show,
    trace: () => trace,
    stop() {
      stopListening()
      topology.cancel()
      traces.cancel()
    },
  }
}

/** The trace in the shape that the protocol's schema infers (arrays and records that may be written to). */
function traceMessage(trace: Trace): TraceMessage {
  const hops = trace.hops.map((hop) => ({
    ...hop,
    text: hop.text,
    subject: { ...hop.subject },
    params: { ...hop.params },
  }))
  const deciding = decidingHop(trace)
  const decides = deciding && { decides: trace.hops.indexOf(deciding) }
  return { type: 'trace', trace: { ...trace, hops, ...decides } }
}
