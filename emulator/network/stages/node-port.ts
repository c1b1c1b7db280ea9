import { isLoopback } from '../addresses.ts'
import { next, type Stage } from '../packet.ts'
import { matchNodePort, serviceName } from '../service-match.ts'
import { isLocalAddress } from './route.ts'

/**
 * Node ports: rules for every local address of a node (iptables KUBE-NODEPORTS). On localhost they work for processes
 * of the node itself (route_localnet), not inside a Pod, whose loopback is its own.
 */
export const nodePort: Stage = (packet, context) => {
  const { world, hops } = context
  if (packet.service !== undefined || packet.at.role === 'laptop') return next(packet)
  if (!isLocalAddress(packet, context)) return next(packet)
  if (isLoopback(packet.destination.address) && packet.sourcePod !== undefined) return next(packet)
  const { port } = packet.destination
  const matched = matchNodePort(world.rules.of(packet.at), port, packet.protocol)
  if (matched === undefined) return next(packet)
  const { namespace = '', name = '' } = matched.service.metadata ?? {}
  const node = packet.at.name
  if (!world.rules.runs(packet.at)) hops.add('pass', { kind: 'machine', name: node }, 'stale-rules', { node })
  hops.add('pass', { kind: 'service', namespace, name, port }, 'matched-node-port', {
    node,
    port,
    service: serviceName(matched.service),
  })
  return next(packet, { service: matched })
}
