import type { Pod } from '../../generated/types.ts'
import { isLoopback } from '../addresses.ts'
import { next, type Packet, type Stage } from '../packet.ts'
import { isLocalAddress } from './route.ts'

/**
 * Host ports: the CNI plugin `portmap` sends a port of the node on to the Pod on this very node that asked for it
 * (`ports[].hostPort`). Services come first: kube-proxy's rules stand before the plugin's.
 */
export const hostPort: Stage = (packet, context) => {
  const { world, hops } = context
  if (packet.service !== undefined || packet.at.role === 'laptop') return next(packet)
  if (!isLocalAddress(packet, context)) return next(packet)
  const { address, port } = packet.destination
  if (isLoopback(address) && packet.sourcePod !== undefined) return next(packet)
  const pods = world.objects.podsWithHostPort(`${packet.protocol}/${port}`)
  const target = pods.flatMap((pod) => targetIn(pod, packet))[0]
  if (target === undefined) return next(packet)
  const { pod, containerPort } = target
  const { namespace = '', name = '' } = pod.metadata ?? {}
  hops.add('pass', { kind: 'pod', namespace, name }, 'matched-host-port', {
    node: packet.at.name,
    port,
    pod: `${namespace}/${name}`,
    containerPort,
  })
  return next(packet, {
    destination: { address: pod.status?.podIP ?? '', port: containerPort },
    source: isLoopback(packet.source) ? packet.at.address : packet.source,
  })
}

/** The container's port that a running Pod of the packet's node has put at the port it asks for. */
function targetIn(pod: Pod, { at, destination, protocol }: Packet): readonly { pod: Pod; containerPort: number }[] {
  const { nodeName, containers = [] } = pod.spec ?? {}
  if (nodeName !== at.name || pod.status?.phase !== 'Running' || !pod.status.podIP) return []
  const wanted = containers
    .flatMap(({ ports = [] }) => ports)
    .find(
      (port) =>
        port.hostPort === destination.port &&
        (port.protocol ?? 'TCP') === protocol &&
        ['', '0.0.0.0', destination.address].includes(port.hostIP ?? ''),
    )
  return wanted === undefined ? [] : [{ pod, containerPort: wanted.containerPort }]
}
