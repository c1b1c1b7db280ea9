import type { Service } from '../../generated/types.ts'
import { inCidr } from '../addresses.ts'
import { endpointsOf } from '../endpoint-set.ts'
import { next, type Packet, type Stage, type StageContext, type StageResult } from '../packet.ts'
import { loadBalancerAddresses, matchAddress, serviceName, servicePorts } from '../service-match.ts'
import type { NetworkMachine } from '../world.ts'

/**
 * Who answers on the nodes' network for a load balancer address: one node, as MetalLB's layer 2 mode elects it.
 * Nodes and Pods never ask: kube-proxy on their own node catches the address (stage cluster-ip).
 */
export const loadBalancer: Stage = (packet, context) => {
  const { world, hops } = context
  const { address, port } = packet.destination
  const service = world.objects
    .servicesFor(`address ${address}`)
    .find((candidate) => loadBalancerAddresses(candidate).includes(address))
  if (service === undefined) return next(packet)
  const subject = { kind: 'load-balancer', address } as const
  const name = serviceName(service)
  const matched = matchAddress(world.objects, packet.destination, packet.protocol)
  if (packet.at.role === 'laptop') {
    const node = announcer(service, context)
    if (node === undefined) {
      return hops.end('unreachable', subject, 'load-balancer-nobody-announces', { address, service: name })
    }
    hops.add('pass', subject, 'load-balancer-announced', { address, node: node.name, service: name })
    if (matched !== undefined) return restrict({ ...packet, at: node, localSource: false }, service, context)
  }
  if (matched === undefined) {
    return hops.end('dropped', subject, 'load-balancer-port-unknown', {
      address,
      port,
      service: name,
      ports: servicePorts(service),
    })
  }
  return restrict(packet, service, context)
}

/** loadBalancerSourceRanges bind everybody who uses the address, nodes and Pods too (KUBE-FW chains drop the rest). */
function restrict(packet: Packet, service: Service, { hops }: StageContext): StageResult {
  const ranges = service.spec?.loadBalancerSourceRanges ?? []
  if (ranges.length === 0 || ranges.some((range) => inCidr(packet.source, range.trim()))) return next(packet)
  return hops.end(
    'dropped',
    { kind: 'load-balancer', address: packet.destination.address },
    'load-balancer-source-denied',
    {
      service: serviceName(service),
      ranges: ranges.join(', '),
      sourceAddress: packet.source,
    },
  )
}

/** With externalTrafficPolicy Local only nodes that have a ready Pod announce. */
function announcer(service: Service, { world }: StageContext): NetworkMachine | undefined {
  const nodes = world.machines.filter((machine) => machine.role !== 'laptop' && machine.powered)
  const workers = nodes.filter((machine) => machine.role === 'worker')
  const speakers = workers.length > 0 ? workers : nodes
  const local = service.spec?.externalTrafficPolicy === 'Local'
  const ready = (service.spec?.ports ?? [])
    .flatMap((port) => endpointsOf(world.objects, service, port))
    .filter((endpoint) => endpoint.ready)
  if (ready.length === 0 && local) return undefined
  const able = local ? nodes.filter((node) => ready.some((endpoint) => endpoint.nodeName === node.name)) : speakers
  return able[elect(serviceName(service), able.length)]
}

/** The same Service always elects the same node among the same nodes. */
function elect(name: string, count: number): number {
  let hash = 0
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return count === 0 ? 0 : hash % count
}
