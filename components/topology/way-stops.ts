import type { TraceView } from '../../server/protocol.ts'
import type { KindSign } from './kind-icon.tsx'

/** One thing on a request's way. */
export interface WayStop {
  readonly kind:
    | Extract<KindSign, 'laptop' | 'node' | 'pod' | 'service' | 'load-balancer' | 'ingress' | 'policy'>
    | 'address'
  readonly name: string
  /** Number of the first hop told about it, counted from one; 0 is the start. */
  readonly hop: number
  readonly dead: boolean
}

type Hop = TraceView['hops'][number]
type Named = Pick<WayStop, 'kind' | 'name'>

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const machine = (name: string): Named => ({ kind: name === 'laptop' ? 'laptop' : 'node', name })

/** The things a request passed, each once where it comes in; the last one is marked when the request died there. */
export function wayStops(trace: TraceView): readonly WayStop[] {
  const first =
    trace.from.kind === 'machine' ? machine(trace.from.name) : { kind: 'pod' as const, name: trace.from.name }
  const stops: WayStop[] = [{ ...first, hop: 0, dead: false }]
  const pass = (one: Named | undefined, hop: number) => {
    if (one?.name && !stops.some(({ kind, name }) => kind === one.kind && name === one.name))
      stops.push({ ...one, hop, dead: false })
  }
  for (const [i, hop] of trace.hops.entries()) {
    const node = typeof hop.params.node === 'string' ? machine(hop.params.node) : undefined
    // A load balancer's address comes before the node that answers for it; elsewhere the node comes first.
    const both = hop.subject.kind === 'load-balancer' ? [named(hop), node] : [node, named(hop)]
    for (const one of both) pass(one, i + 1)
  }
  const last = stops.at(-1)
  const deciding = trace.decides === undefined ? trace.hops : trace.hops.slice(trace.decides, trace.decides + 1)
  const died = deciding.some(({ verdict }) => verdict !== 'pass' && verdict !== 'answered')
  return last && died ? [...stops.slice(0, -1), { ...last, dead: true }] : stops
}

function named({ subject, verdict }: Hop): Named | undefined {
  switch (subject.kind) {
    case 'machine':
      return machine(text(subject.name))
    case 'pod':
    case 'service':
      return { kind: subject.kind, name: text(subject.name) }
    case 'ingress':
      return { kind: 'ingress', name: text(subject.name) }
    // Policies that let a packet pass are no place it goes to; one that drops it is where its way ends.
    case 'policy':
      return verdict === 'pass' ? undefined : { kind: 'policy', name: text(subject.name) }
    case 'container':
      return { kind: 'pod', name: text(subject.pod) }
    case 'load-balancer':
      return { kind: 'load-balancer', name: text(subject.address) }
    case 'address':
      return verdict === 'pass' || verdict === 'answered' ? undefined : { kind: 'address', name: text(subject.address) }
    case 'dns':
      return { kind: 'address', name: `DNS ${text(subject.server)}` }
    case 'gateway':
      return { kind: 'ingress', name: text(subject.name) }
    default:
      return undefined
  }
}
