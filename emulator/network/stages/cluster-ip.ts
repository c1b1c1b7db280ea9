import { inCidr } from '../addresses.ts'
import { explainUnknownPort } from '../explain/closed-port.ts'
import { next, type Packet, type Stage, type StageContext } from '../packet.ts'
import { matchAddress, ownerOfAddress, serviceName } from '../service-match.ts'

const MATCHED = {
  'cluster-ip': 'matched-cluster-ip',
  'load-balancer': 'matched-load-balancer',
  'external-ip': 'matched-external-ip',
} as const

/** kube-proxy's rules on the host that handles the packet, for addresses that Services own (iptables KUBE-SERVICES). */
export const clusterIP: Stage = (packet, context) => {
  const { world, hops } = context
  const { address, port } = packet.destination
  if (packet.at.role === 'laptop') return next(packet)
  const rules = world.rules.of(packet.at)
  const missed = matchAddress(rules, packet.destination, packet.protocol) === undefined && isNew(packet, context)
  const owner = ownerOfAddress(missed ? world.objects : rules, address)
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
  if (missed) return hops.end('dropped', subject, 'kube-proxy-stopped', { node, address, port })
  const matched = matchAddress(rules, packet.destination, packet.protocol)
  if (matched !== undefined && matched.via !== 'node-port') {
    if (!world.rules.runs(packet.at)) hops.add('pass', { kind: 'machine', name: node }, 'stale-rules', { node })
    hops.add('pass', subject, MATCHED[matched.via], { node, address, port, service: serviceName(matched.service) })
    return next(packet, { service: matched })
  }
  if (owner === undefined) return hops.end('dropped', subject, 'cluster-ip-unassigned', { address })
  if (owner.via === 'external-ip') return next(packet)
  const { code, params } = explainUnknownPort(owner.service, port)
  return hops.end('dropped', subject, code, params)
}

/** A Service has this address and port by now, but the kube-proxy that would have to know has stopped. */
function isNew(packet: Packet, { world }: StageContext): boolean {
  return !world.rules.runs(packet.at) && matchAddress(world.objects, packet.destination, packet.protocol) !== undefined
}
