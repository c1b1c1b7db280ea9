import { inCidr, isLoopback } from './addresses.ts'
import { internetHost } from './internet.ts'
import type { End, Packet, StageContext, StageResult } from './packet.ts'
import { ownerOfAddress, serviceName, servicePorts } from './service-match.ts'
import { egressPolicy, ingressPolicy } from './stages/network-policy.ts'
import { route } from './stages/route.ts'
import { machineByAddress, nodeBridge, podByAddress } from './world.ts'

/** ICMP echo: no kube-proxy rule concerns it, so cluster IPs stay silent while Pods, nodes and the gateway answer. */
export function echo(packet: Packet, context: StageContext): End {
  const routed = route(packet, context)
  const admitted = 'end' in routed ? routed : throughPolicies(routed.packet, context)
  const result = 'end' in admitted ? admitted : deliver(packet, context)
  return 'end' in result ? result.end : { outcome: 'timed-out', latencyMs: Number.POSITIVE_INFINITY }
}

/** Policies on the way to whatever could answer; addresses of Services cannot, and say so themselves. */
function throughPolicies(packet: Packet, context: StageContext): StageResult {
  const { address } = packet.destination
  const { objects, settings } = context.world
  if (ownerOfAddress(objects, address) !== undefined || inCidr(address, settings.serviceCidr)) return { packet }
  const left = egressPolicy(packet, context)
  return 'end' in left ? left : ingressPolicy(left.packet, context)
}

function deliver(packet: Packet, { world, hops }: StageContext): StageResult {
  const { address } = packet.destination
  const subject = { kind: 'address', address } as const
  const bridge = world.machines.find((machine) => nodeBridge(world, machine.name) === address)
  const machine = machineByAddress(world, address) ?? bridge
  if (machine !== undefined && !machine.powered)
    return hops.end('unreachable', subject, 'machine-off', { machine: machine.name })
  const gateway = address === world.settings.gateway
  if (machine !== undefined || gateway || isLoopback(address))
    return hops.end('answered', subject, 'ping-answered', { address })
  const owner = ownerOfAddress(world.objects, address)
  if (owner !== undefined && owner.via !== 'load-balancer') {
    const params = { address, service: serviceName(owner.service), ports: servicePorts(owner.service) }
    return hops.end('dropped', subject, 'cluster-ip-not-pingable', params)
  }
  if (owner !== undefined || inCidr(address, world.settings.serviceCidr)) {
    const code = owner === undefined ? 'cluster-ip-unassigned' : 'load-balancer-not-pingable'
    return hops.end('dropped', subject, code, {
      address,
      service: owner === undefined ? '' : serviceName(owner.service),
    })
  }
  const pod = podByAddress(world, address)
  if (pod !== undefined) {
    const node = world.machines.find((candidate) => candidate.name === pod.spec?.nodeName)
    if (node?.powered === false) return hops.end('dropped', subject, 'machine-off', { machine: node.name })
    return hops.end('answered', subject, 'ping-answered', { address })
  }
  if (inCidr(address, world.settings.podCidr)) return hops.end('unreachable', subject, 'pod-address-free', { address })
  if (inCidr(address, world.settings.lanCidr))
    return hops.end('unreachable', subject, 'address-not-on-network', { address })
  if (internetHost(address) === undefined) return hops.end('dropped', subject, 'no-route-to-internet', { address })
  hops.add('answered', subject, 'ping-answered', { address })
  return { end: { outcome: 'answered', latencyMs: 32 } }
}
