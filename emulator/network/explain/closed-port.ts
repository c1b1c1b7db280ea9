import type { Service } from '../../generated/types.ts'
import type { Packet } from '../packet.ts'
import { loadBalancerAddresses, matchNodePort, otherProxy, serviceName, servicePorts } from '../service-match.ts'
import type { NetworkMachine, World } from '../world.ts'
import type { Explanation } from './explanation.ts'

/** Why a port of a node is closed, when the learner probably meant a Service. */
export function explainClosedNodePort(packet: Packet, machine: NetworkMachine, world: World): Explanation {
  const { port } = packet.destination
  const base = { node: machine.name, machine: machine.name, port }
  if (packet.service !== undefined && isManual(packet.service.service))
    return { code: 'endpoint-port-closed', params: { ...base, service: serviceName(packet.service.service) } }
  if (machine.role === 'laptop') return { code: 'host-no-listener', params: base }
  if (!world.rules.runs(machine) && matchNodePort(world.objects, port, packet.protocol) !== undefined) {
    return { code: 'kube-proxy-stopped', params: { ...base, address: packet.destination.address } }
  }
  const services = world.objects.services().filter((service) => !isSystem(service))
  for (const service of services) {
    const match = service.spec?.ports?.find((candidate) => candidate.port === port || candidate.targetPort === port)
    if (match === undefined) continue
    const params = { ...base, service: serviceName(service), type: service.spec?.type ?? 'ClusterIP' }
    const pending = service.spec?.type === 'LoadBalancer' && loadBalancerAddresses(service).length === 0
    if (match.nodePort === undefined) {
      if (match.port === port && !pending) return { code: 'node-port-not-node-port', params }
      continue
    }
    const { nodePort } = match
    return { code: pending ? 'load-balancer-pending' : 'node-port-is-service-port', params: { ...params, nodePort } }
  }
  if (port < 30000 || port > 32767) return { code: 'host-no-listener', params: base }
  const open = services.flatMap((service) =>
    (service.spec?.ports ?? []).flatMap(({ nodePort }) => (nodePort ? [`${nodePort} (${serviceName(service)})`] : [])),
  )
  if (open.length === 0) return { code: 'node-port-closed', params: base }
  return { code: 'node-port-other', params: { ...base, nodePorts: open.slice(0, 5).join(', ') } }
}

/** Why a cluster IP drops what is sent to one of its ports. */
export function explainUnknownPort(service: Service, port: number): Explanation {
  const params = { service: serviceName(service), port, ports: servicePorts(service) }
  const proxy = otherProxy(service)
  if (proxy !== undefined) return { code: 'cluster-ip-other-proxy', params: { ...params, proxy } }
  const mixed = service.spec?.ports?.find(({ targetPort, nodePort }) => targetPort === port || nodePort === port)
  if (mixed === undefined) return { code: 'cluster-ip-port-unknown', params }
  const code = mixed.nodePort === port ? 'cluster-ip-node-port' : 'cluster-ip-target-port'
  return { code, params: { ...params, servicePort: mixed.port } }
}

/** Whether somebody wrote the endpoints of a Service by hand. */
export function isManual(service: Service): boolean {
  return Object.keys(service.spec?.selector ?? {}).length === 0
}

function isSystem(service: Service): boolean {
  return service.metadata?.namespace === 'kube-system' || service.metadata?.name === 'kubernetes'
}
