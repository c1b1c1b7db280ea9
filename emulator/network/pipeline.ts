import type { End, Packet, Stage, StageContext } from './packet.ts'
import { application } from './stages/application.ts'
import { clusterIP } from './stages/cluster-ip.ts'
import { delivery } from './stages/delivery.ts'
import { endpointChoice } from './stages/endpoint-choice.ts'
import { hostPort } from './stages/host-port.ts'
import { loadBalancer } from './stages/load-balancer.ts'
import { egressPolicy, egressToNode, ingressPolicy } from './stages/network-policy.ts'
import { nodePort } from './stages/node-port.ts'
import { podRoute } from './stages/pod-route.ts'
import { route, routeToNode } from './stages/route.ts'

/** Every connection attempt passes these, in this order, until one ends it. */
export const STAGES: readonly Stage[] = Object.freeze([
  route,
  loadBalancer,
  clusterIP,
  egressToNode,
  routeToNode,
  nodePort,
  hostPort,
  endpointChoice,
  egressPolicy,
  podRoute,
  ingressPolicy,
  delivery,
  application,
])

/** Walks a packet through the stages. */
export function walk(packet: Packet, context: StageContext): End {
  let current = packet
  for (const stage of STAGES) {
    const result = stage(current, context)
    if ('end' in result) {
      const { flows, clock } = context.world
      flows.add(packet, current, result.end.outcome, clock.now())
      return result.end
    }
    current = result.packet
  }
  throw new Error('the last stage ends every attempt')
}
