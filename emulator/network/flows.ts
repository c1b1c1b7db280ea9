/** What connection tracking remembers on the nodes: the last attempts, with what became of their addresses on the way. */
import type { Packet } from './packet.ts'
import type { Outcome, Protocol } from './types.ts'
import type { Endpoint } from './world.ts'

export interface Flow {
  readonly at: number
  readonly protocol: Protocol
  /** As the sender wrote it. */
  readonly source: Endpoint
  readonly destination: Endpoint
  /** Who answers, and to whom: different where addresses were rewritten. */
  readonly replySource: Endpoint
  readonly replyDestination: Endpoint
  /** The nodes that it passed. */
  readonly nodes: readonly string[]
  readonly outcome: Outcome
}

interface Kept extends Omit<Flow, 'source' | 'replyDestination'> {
  readonly sender: string
  readonly seenAs: string
  /** Where addresses are rewritten: elsewhere it is seen as it arrives. */
  readonly rewriter: string
  port: number
}

const MOST_KEPT = 256
const FIRST_PORT = 32_768
const PORTS = 28_000

/** Not part of a snapshot: connection tracking forgets within minutes. */
export class FlowLog {
  #kept: Kept[] = []
  #count = 0

  /** `sent` is the packet as it left, `arrived` as it ended. */
  add(sent: Packet, arrived: Packet, outcome: Outcome, at: number): void {
    this.#count += 1
    const nodes = [sent.at, arrived.at].filter(({ role }) => role !== 'laptop').map(({ name }) => name)
    const end = arrived.listener?.container.spec.nodeName
    this.#kept.push({
      at,
      protocol: sent.protocol,
      sender: sent.source,
      destination: sent.destination,
      replySource: arrived.destination,
      seenAs: arrived.source,
      rewriter: sent.at.role === 'laptop' ? arrived.at.name : sent.at.name,
      port: FIRST_PORT + ((this.#count * 7919) % PORTS),
      nodes: end === undefined ? nodes : [...nodes, end],
      outcome,
    })
    if (this.#kept.length > 2 * MOST_KEPT) this.#kept = this.#kept.slice(-MOST_KEPT)
  }

  /** The last attempt's own port, once it is known. */
  sentFrom(port: number): void {
    const last = this.#kept.at(-1)
    if (last) last.port = port
  }

  forget(isGone: (flow: Flow) => boolean): number {
    const left = this.#kept.filter((kept) => !isGone(flowOf(kept)))
    const gone = this.#kept.length - left.length
    this.#kept = left
    return gone
  }

  on(node: string): readonly Flow[] {
    return this.#kept
      .filter(({ nodes }) => nodes.includes(node))
      .map((kept) => (kept.rewriter === node ? flowOf(kept) : rewritten(flowOf(kept))))
  }
}

/** On a node that sees the packet after its addresses were rewritten. */
function rewritten(flow: Flow): Flow {
  return { ...flow, source: flow.replyDestination, destination: flow.replySource }
}

function flowOf({ sender, seenAs, port, rewriter: _, ...rest }: Kept): Flow {
  return { ...rest, source: { address: sender, port }, replyDestination: { address: seenAs, port } }
}
