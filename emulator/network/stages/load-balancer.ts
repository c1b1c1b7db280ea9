import { announcer as elected } from '../../controllers/load-balancer.ts'
import type { Service } from '../../generated/types.ts'
import { inCidr, inPool } from '../addresses.ts'
import { endpointsOf } from '../endpoint-set.ts'
import { next, type Packet, type Stage, type StageContext, type StageResult } from '../packet.ts'
import { loadBalancerAddresses, matchAddress, serviceName, servicePorts } from '../service-match.ts'
import { machineByName, type NetworkMachine } from '../world.ts'

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
    const own = givesOut(address, service, context)
    const node = own ? announcer(address, service, context) : undefined
    if (node === undefined) {
      const code = own ? 'load-balancer-nobody-announces' : 'load-balancer-not-announced'
      return hops.end('unreachable', subject, code, { address, service: name })
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

/** Does the cluster's load balancer give out this address, and to this Service? */
function givesOut(address: string, { spec }: Service, { world }: StageContext): boolean {
  const pool = world.settings.loadBalancerPool
  return pool !== undefined && spec?.loadBalancerClass === undefined && inPool(address, pool)
}

/** The node that MetalLB's speakers elect; with externalTrafficPolicy Local among those that have a ready Pod. */
function announcer(address: string, service: Service, { world }: StageContext): NetworkMachine | undefined {
  const running = world.objects.nodes().filter(({ metadata }) => machineByName(world, metadata?.name ?? '')?.powered)
  const candidates = service.spec?.externalTrafficPolicy === 'Local' ? running.filter(hasReadyPod) : running
  const node = elected(address, candidates)
  return node === undefined ? undefined : machineByName(world, node.metadata?.name ?? '')

  function hasReadyPod({ metadata }: (typeof running)[number]): boolean {
    return (service.spec?.ports ?? [])
      .flatMap((port) => endpointsOf(world.objects, service, port))
      .some(({ ready, nodeName }) => ready && nodeName === metadata?.name)
  }
}
