import { inCidr, isLoopback } from '../addresses.ts'
import { type HopList, next, type Packet, type Stage, type StageContext, type StageResult } from '../packet.ts'
import { machineByAddress, type NetworkMachine, nodeBridge, placeName } from '../world.ts'

/**
 * Does the packet leave its place, and which host handles it? Nodes and Pods hand everything to their own node first;
 * the laptop knows only its own network, so Pod and cluster IPs get lost at the gateway.
 */
export const route: Stage = (packet, context) => {
  const { world, hops } = context
  const { address, port } = packet.destination
  const source = { source: placeName(packet.from), sourceAddress: packet.source }
  if (port === 0) hops.add('pass', packet.from, 'leaves-source-ping', { ...source, address })
  else hops.add('pass', packet.from, 'leaves-source', { ...source, address, port, protocol: packet.protocol })
  if (isLoopback(address) || packet.at.role !== 'laptop' || packet.at.address === address) return next(packet)
  const subject = { kind: 'address', address, port } as const
  if (inCidr(address, world.settings.podCidr)) {
    return hops.end('dropped', subject, 'pod-network-not-routed', { ...source, address })
  }
  if (inCidr(address, world.settings.serviceCidr)) {
    return hops.end('dropped', subject, 'service-network-not-routed', { ...source, address })
  }
  return toLocalNetwork(packet, context)
}

/** Delivery on the nodes' network: the machine that has the address gets the packet. */
function toLocalNetwork(packet: Packet, { world, hops }: StageContext): StageResult {
  const { address } = packet.destination
  const machine = machineByAddress(world, address)
  if (machine === undefined) return next(packet)
  if (!machine.powered) return switchedOff(machine, packet, hops)
  return next(packet, { at: machine, localSource: false })
}

/**
 * From a node or Pod to another node's own address: kube-proxy on the sender's node has no rule for it (node ports
 * match local addresses only), so the packet travels on and that node's rules decide.
 */
export const routeToNode: Stage = (packet, context) => {
  const { world, hops } = context
  const { address } = packet.destination
  if (packet.service !== undefined || packet.at.address === address || isLoopback(address)) return next(packet)
  const machine = machineByAddress(world, address)
  if (machine === undefined) return next(packet)
  if (!machine.powered) return switchedOff(machine, packet, hops)
  const fromPod = inCidr(packet.source, world.settings.podCidr)
  return next(packet, {
    at: machine,
    localSource: false,
    sourcePod: undefined,
    source: fromPod ? packet.at.address : packet.source,
  })
}

function switchedOff({ name }: NetworkMachine, { destination }: Packet, hops: HopList): StageResult {
  return hops.end('unreachable', { kind: 'machine', name }, 'machine-off', { machine: name, port: destination.port })
}

/** True if an address is one of the host's own: its network address, its bridge, loopback. */
export function isLocalAddress(packet: Packet, { world }: StageContext): boolean {
  const { address } = packet.destination
  return address === packet.at.address || address === nodeBridge(world, packet.at.name) || isLoopback(address)
}
