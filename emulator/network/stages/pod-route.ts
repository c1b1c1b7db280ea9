import { next, type Stage } from '../packet.ts'
import { machineByName, podByAddress } from '../world.ts'

/** From node to node over the Pod network: each node has a route to the range of every other (flannel's host-gw). */
export const podRoute: Stage = (packet, { world, hops }) => {
  const pod = podByAddress(world, packet.destination.address)
  const node = pod && machineByName(world, pod.spec?.nodeName ?? '')
  if (node === undefined || node === packet.at) return next(packet)
  const subject = { kind: 'machine', name: node.name } as const
  if (!node.powered) return hops.end('dropped', subject, 'machine-off', { machine: node.name })
  const range = world.objects.node(node.name)?.spec?.podCIDR ?? ''
  hops.add('pass', subject, 'route-pod-network', { node: packet.at.name, to: node.name, range, via: node.address })
  return next(packet)
}
