import { inCidr } from '../addresses.ts'
import { next, type Stage } from '../packet.ts'
import { matchAddress, ownerOfAddress, serviceName, servicePorts } from '../service-match.ts'

const MATCHED = {
  'cluster-ip': 'matched-cluster-ip',
  'load-balancer': 'matched-load-balancer',
  'external-ip': 'matched-external-ip',
} as const

/** kube-proxy's rules on the host that handles the packet, for addresses that Services own (iptables KUBE-SERVICES). */
export const clusterIP: Stage = (packet, { world, hops }) => {
  const { address, port } = packet.destination
  if (packet.at.role === 'laptop') return next(packet)
  const owner = ownerOfAddress(world.objects, address)
  const inRange = inCidr(address, world.settings.serviceCidr)
  if (owner === undefined && !inRange) return next(packet)
  const subject =
    owner === undefined
      ? ({ kind: 'address', address, port } as const)
      : ({
          kind: 'service',
          namespace: owner.service.metadata?.namespace ?? '',
          name: owner.service.metadata?.name ?? '',
          port,
        } as const)
  const node = packet.at.name
  if (packet.at.units['kube-proxy'] === 'stopped') {
    return hops.end('dropped', subject, 'kube-proxy-stopped', { node, address, port })
  }
  const matched = matchAddress(world.objects, packet.destination, packet.protocol)
  if (matched !== undefined && matched.via !== 'node-port') {
    hops.add('pass', subject, MATCHED[matched.via], { node, address, port, service: serviceName(matched.service) })
    return next(packet, { service: matched })
  }
  if (owner === undefined) return hops.end('dropped', subject, 'cluster-ip-unassigned', { address })
  if (owner.via === 'external-ip') return next(packet)
  return hops.end('dropped', subject, 'cluster-ip-port-unknown', {
    service: serviceName(owner.service),
    port,
    ports: servicePorts(owner.service),
  })
}
