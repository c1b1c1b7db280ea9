import type { Pod } from '../../generated/types.ts'
import { inCidr, isLoopback } from '../addresses.ts'
import { explainClosedNodePort, isManual } from '../explain/closed-port.ts'
import { explainNoListener } from '../explain/no-listener.ts'
import { healthCheckPort } from '../health-check-port.ts'
import { internetHost } from '../internet.ts'
import { machineListens } from '../machine-listeners.ts'
import { next, type Packet, type Stage, type StageContext, type StageResult } from '../packet.ts'
import { serviceName } from '../service-match.ts'
import {
  machineByAddress,
  type NetworkContainer,
  type NetworkMachine,
  nodeBridge,
  podByAddress,
  podByName,
} from '../world.ts'

/** The last stretch: to a process of a host, into a Pod, or out of the emulated network. */
export const delivery: Stage = (packet, context) => {
  const { world, hops } = context
  const { address } = packet.destination
  const ownPod =
    packet.sourcePod === undefined ? undefined : podByName(world, packet.sourcePod.namespace, packet.sourcePod.name)
  if (ownPod !== undefined && (isLoopback(address) || address === ownPod.status?.podIP)) {
    return toPod(packet, ownPod, isLoopback(address), context)
  }
  if (isLoopback(address) || address === packet.at.address) return toMachine(packet, packet.at, context)
  const machine = machineByAddress(world, address)
  if (machine !== undefined) return overLan(packet, machine, context)
  const bridge = world.machines.find((candidate) => nodeBridge(world, candidate.name) === address)
  if (bridge !== undefined) return overLan(packet, bridge, context)
  const pod = podByAddress(world, address)
  if (pod !== undefined) return overPodNetwork(packet, pod, context)
  const subject = { kind: 'address', address, port: packet.destination.port } as const
  const written = packet.service !== undefined && isManual(packet.service.service) ? packet.service.service : undefined
  if (written !== undefined && [world.settings.podCidr, world.settings.lanCidr].some((cidr) => inCidr(address, cidr))) {
    return hops.end('unreachable', subject, 'endpoint-address-free', { address, service: serviceName(written) })
  }
  if (inCidr(address, world.settings.podCidr)) return hops.end('unreachable', subject, 'pod-address-free', { address })
  if (inCidr(address, world.settings.lanCidr) && address !== world.settings.gateway) {
    return hops.end('unreachable', subject, 'address-not-on-network', { address })
  }
  return toInternet(packet, context)
}

function overLan(packet: Packet, machine: NetworkMachine, context: StageContext): StageResult {
  if (!machine.powered) {
    const subject = { kind: 'machine', name: machine.name } as const
    return context.hops.end('unreachable', subject, 'machine-off', { machine: machine.name })
  }
  const { at } = packet
  const source = inCidr(packet.source, context.world.settings.podCidr) && at !== machine ? at.address : packet.source
  return toMachine({ ...packet, source }, machine, context)
}

function overPodNetwork(packet: Packet, pod: Pod, context: StageContext): StageResult {
  const { world } = context
  const node = world.machines.find((machine) => machine.name === pod.spec?.nodeName)
  const fromHost = packet.source === packet.at.address && packet.service === undefined
  const bridge = node?.name === packet.at.name ? nodeBridge(world, packet.at.name) : undefined
  return toPod({ ...packet, source: fromHost ? (bridge ?? packet.source) : packet.source }, pod, false, context)
}

function toPod(packet: Packet, pod: Pod, loopback: boolean, { world, hops }: StageContext): StageResult {
  const containers = world.containers
    .byPodIP(pod.status?.podIP ?? '')
    .filter((container) => container.spec.podUid === pod.metadata?.uid && container.state.kind === 'running')
  const listener = findListener(packet, containers, loopback)
  const { namespace = '', name = '' } = pod.metadata ?? {}
  if (listener === undefined) {
    const { code, params } = explainNoListener(packet, pod, containers, loopback)
    return hops.end('refused', { kind: 'pod', namespace, name }, code, params)
  }
  const { container } = listener
  hops.add(
    'pass',
    { kind: 'container', namespace, pod: name, name: container.spec.containerName, port: listener.port },
    'reached-container',
    { container: container.spec.containerName, pod: name, port: listener.port },
  )
  return next(packet, { listener })
}

function findListener(
  packet: Packet,
  containers: readonly NetworkContainer[],
  loopback: boolean,
): { readonly container: NetworkContainer; readonly port: number } | undefined {
  for (const container of containers) {
    const match = container.listeners.some(
      (listener) =>
        listener.port === packet.destination.port &&
        listener.protocol === packet.protocol &&
        (loopback || !isLoopback(listener.address)),
    )
    if (match) return { container, port: packet.destination.port }
  }
  return undefined
}

/** Processes of a host: host-network Pods, and what runs as a unit. */
function toMachine(packet: Packet, machine: NetworkMachine, { world, hops }: StageContext): StageResult {
  const containers = world.containers.byPodIP(machine.address).filter((container) => container.state.kind === 'running')
  const local = packet.at === machine && (packet.localSource || packet.sourcePod === undefined)
  const listener = findListener(packet, containers, isLoopback(packet.destination.address) && local)
  const subject = { kind: 'machine', name: machine.name } as const
  const params = { machine: machine.name, port: packet.destination.port }
  if (listener !== undefined) {
    hops.add('pass', subject, 'reached-host', params)
    return next(packet, { listener })
  }
  const socket = packet.protocol === 'TCP' ? world.sockets.find(machine.name, packet.destination) : undefined
  if (socket !== undefined) {
    hops.add('answered', subject, 'reached-host', params)
    return { end: { outcome: 'answered', latencyMs: 1, ...socket.answer({ http: packet.http, text: packet.text }) } }
  }
  const { port } = packet.destination
  const unit =
    machineListens(machine, packet.destination, packet.protocol) ??
    healthCheckPort(world, machine, port, packet.protocol)
  if (unit === undefined) {
    const { code, params: why } = explainClosedNodePort(packet, machine, world)
    return hops.end('refused', subject, code, why)
  }
  hops.add('answered', subject, 'reached-host', params)
  return { end: { outcome: 'answered', latencyMs: 1, ...unit.answer(packet.http) } }
}

function toInternet(packet: Packet, { world, hops }: StageContext): StageResult {
  const { address, port } = packet.destination
  const subject = { kind: 'address', address, port } as const
  if (address === world.settings.gateway) {
    if (port === 53) return { end: { outcome: 'answered', latencyMs: 1, dns: 'public' } }
    return hops.end('refused', subject, 'host-no-listener', { machine: `the gateway ${address}`, port })
  }
  const host = internetHost(address)
  if (host === undefined) return hops.end('dropped', subject, 'no-route-to-internet', { address })
  const end = host.connect(port, packet.protocol, packet.http)
  if (end === undefined) return hops.end('dropped', subject, 'no-route-to-internet', { address })
  if (packet.sourcePod !== undefined || packet.source !== packet.at.address) {
    const { name, address: sourceAddress } = packet.at
    const params = { node: name, gateway: world.settings.gateway, client: packet.source, sourceAddress }
    hops.add('pass', { kind: 'machine', name }, 'route-internet', params)
  }
  hops.add('answered', subject, 'reached-internet', { address })
  return { end }
}
