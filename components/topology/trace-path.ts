import type { TopologyView, TraceView } from '../../server/protocol.ts'
import { podId } from './group.ts'
import { balancerId, ingressId, type Layout, machineId, serverId, serviceId } from './layout.ts'

type Hop = TraceView['hops'][number]

/** One stop of the walk: the hop told about, and the shape it happens at, if that is drawn. */
export interface Stop {
  readonly hop: Hop
  readonly shape: string | undefined
}

/** Where a trace starts and each hop's place in the drawing; a hop without one happens where the last one did. */
export function traceStops(trace: TraceView, view: TopologyView | undefined, layout: Layout | undefined) {
  const start = shapeOf(trace.from, view, layout)
  let last = start
  const stops = trace.hops.map((hop): Stop => {
    // A packet that is lost on its way to an address never got there: it died where it was.
    const lost = hop.subject.kind === 'address' && hop.verdict !== 'pass' && hop.verdict !== 'answered'
    if (!lost) last = shapeOf(hop.subject, view, layout, hop.params) ?? last
    return { hop, shape: last }
  })
  return { start, stops }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')

function shapeOf(
  subject: Hop['subject'],
  view: TopologyView | undefined,
  layout: Layout | undefined,
  params: Hop['params'] = {},
): string | undefined {
  const drawn = (id: string | undefined) => drawnAs(id, layout)
  const named = { namespace: text(subject.namespace), name: text(subject.name) }
  switch (subject.kind) {
    case 'machine':
      return drawn(machineId(named.name))
    case 'pod':
      return drawn(podId(named))
    case 'container':
      return drawn(podId({ namespace: named.namespace, name: text(subject.pod) }))
    case 'service':
      return drawn(serviceId(named))
    // Policies stand at the Pod that they guard.
    case 'policy':
      return drawn(podId({ namespace: named.namespace, name: text(params.pod) }))
    case 'ingress':
      return drawn(ingressId(named))
    case 'load-balancer':
      return drawn(balancerId(text(subject.address)))
    case 'address':
      return drawn(addressId(text(subject.address), view))
    default:
      return undefined
  }
}

/** The shape's own id, or the box of the group that a Pod went into. */
function drawnAs(id: string | undefined, layout: Layout | undefined): string | undefined {
  return layout?.shapes.find(
    (shape) => shape.id === id || (shape.kind === 'pod' && shape.box.pods.some((pod) => podId(pod) === id)),
  )?.id
}

function addressId(address: string, view: TopologyView | undefined): string | undefined {
  const machine = view?.machines.find((one) => one.address === address)
  if (machine) return machineId(machine.name)
  const pod = view?.pods.find((one) => one.ip === address)
  if (pod) return podId(pod)
  const service = view?.services.find((one) => one.clusterIP === address)
  if (service) return serviceId(service)
  const balanced = view?.services.some((one) => one.externalIPs.includes(address))
  return balanced ? balancerId(address) : serverId(address)
}

/** True of two traces that went the same way to the same end: the second need not be walked again. */
export function sameWay(a: TraceView | undefined, b: TraceView | undefined): boolean {
  const way = (trace: TraceView | undefined) =>
    trace && JSON.stringify([trace.from, trace.to, trace.outcome, trace.hops.map((hop) => [hop.code, hop.subject])])
  return way(a) === way(b)
}
