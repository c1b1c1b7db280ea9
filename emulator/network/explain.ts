import type { Pod, Service } from '../generated/types.ts'
import { slicesOf } from './endpoint-set.ts'
import type { MatchedService, Packet } from './packet.ts'
import type { Reason } from './reasons.ts'
import { matchNodePort, serviceName } from './service-match.ts'
import type { Hop } from './types.ts'
import { isFinished, type NetworkContainer, type NetworkMachine, type World } from './world.ts'

/** A reason with its parameters, found by looking at what the learner has made. */
export interface Explanation {
  readonly code: Reason
  readonly params: Hop['params']
}

/** Why a Service has no usable endpoint: the selector, readiness, a port name, or nobody said. */
export function explainNoEndpoints(matched: MatchedService, world: World): Explanation {
  const { service, port } = matched
  const name = serviceName(service)
  const namespace = service.metadata?.namespace ?? ''
  const selector = service.spec?.selector ?? {}
  if (Object.keys(selector).length === 0) return explainWithoutSelector(matched, world)
  const pods = world.objects.pods().filter((pod) => pod.metadata?.namespace === namespace && !isFinished(pod))
  const params = { service: name, namespace, selector: formatLabels(selector) }
  if (pods.length === 0) return { code: 'no-endpoints-no-pods', params }
  const selected = pods.filter((pod) => countEqual(selector, pod) === Object.keys(selector).length)
  const [first] = selected
  if (first === undefined) {
    const nearest = nearestPod(selector, pods)
    return {
      code: 'no-endpoints-selector-matches-nothing',
      params: { ...params, pod: nearest.metadata?.name ?? '', labels: formatLabels(nearest.metadata?.labels ?? {}) },
    }
  }
  const unready = selected.find((pod) => notReadyBecause(pod) !== undefined)
  if (unready !== undefined && selected.every((pod) => notReadyBecause(pod) !== undefined)) {
    const why = notReadyBecause(unready) ?? ''
    return { code: 'no-endpoints-not-ready', params: { service: name, pod: unready.metadata?.name ?? '', why } }
  }
  if (typeof port.targetPort === 'string') {
    const names = namedPorts(first)
    if (!names.some((named) => named.startsWith(`${port.targetPort} `))) {
      const ports = names.join(', ') || 'none'
      const pod = first.metadata?.name ?? ''
      return { code: 'no-endpoints-named-port', params: { service: name, targetPort: port.targetPort, pod, ports } }
    }
  }
  return { code: 'no-endpoints-yet', params: { service: name } }
}

function explainWithoutSelector({ service, port }: MatchedService, world: World): Explanation {
  const name = serviceName(service)
  const slices = slicesOf(world.objects, service)
  const ports = slices.flatMap((slice) => slice.ports ?? []).map((slicePort) => slicePort.name || '(unnamed)')
  const portName = port.name ?? ''
  const named = ports.includes(portName === '' ? '(unnamed)' : portName)
  const filled = slices.some((slice) => (slice.endpoints ?? []).length > 0)
  if (filled && !named) {
    const params = { service: name, portName: portName || '(unnamed)', ports: ports.join(', ') || 'none' }
    return { code: 'no-endpoints-port-name', params }
  }
  return { code: 'no-endpoints-no-selector', params: { service: name } }
}

function nearestPod(selector: { readonly [key: string]: string }, pods: readonly Pod[]): Pod {
  const score = (pod: Pod): number => {
    const labels = pod.metadata?.labels ?? {}
    const keys = Object.keys(selector).filter((key) => Object.hasOwn(labels, key)).length
    const values = Object.values(selector).filter((value) => Object.values(labels).includes(value)).length
    return countEqual(selector, pod) * 10 + keys * 2 + values
  }
  return pods.reduce((best, pod) => (score(pod) > score(best) ? pod : best))
}

function countEqual(selector: { readonly [key: string]: string }, pod: Pod): number {
  const labels = pod.metadata?.labels ?? {}
  return Object.entries(selector).filter(([key, value]) => labels[key] === value).length
}

/** Why a Pod is not ready, in the words that `kubectl get pods` and its conditions use; undefined if it is. */
function notReadyBecause(pod: Pod): string | undefined {
  const ready = pod.status?.conditions?.find((condition) => condition.type === 'Ready')
  if (ready?.status === 'True' && pod.metadata?.deletionTimestamp === undefined) return undefined
  if (pod.metadata?.deletionTimestamp !== undefined) return 'Terminating'
  for (const container of pod.status?.containerStatuses ?? []) {
    const reason = container.state?.waiting?.reason ?? container.state?.terminated?.reason
    if (reason !== undefined) return reason
  }
  return pod.status?.phase === 'Running' ? 'readiness probe' : (pod.status?.phase ?? 'Pending')
}

function namedPorts(pod: Pod): readonly string[] {
  const ports = (pod.spec?.containers ?? []).flatMap((container) => container.ports ?? [])
  return ports.flatMap((port) => (port.name === undefined ? [] : [`${port.name} = ${port.containerPort}`]))
}

/** Why a Pod refuses: the wrong port, a server bound to loopback, or no process at all. */
export function explainNoListener(
  packet: Packet,
  pod: Pod,
  running: readonly NetworkContainer[],
  loopback: boolean,
): Explanation {
  const { port } = packet.destination
  const base = { pod: pod.metadata?.name ?? '', port, protocol: packet.protocol }
  if (running.length === 0) {
    return { code: 'no-container-running', params: { ...base, why: notReadyBecause(pod) ?? 'Completed' } }
  }
  for (const container of running) {
    const same = container.listeners.filter((listener) => listener.port === port)
    if (
      !loopback &&
      same.some((listener) => listener.address === '127.0.0.1' && listener.protocol === packet.protocol)
    ) {
      return { code: 'listens-on-loopback', params: { ...base, container: container.spec.containerName } }
    }
    const [other] = same
    if (other !== undefined) return { code: 'listener-protocol', params: { ...base, listening: other.protocol } }
  }
  const listening = running
    .flatMap((container) => container.listeners)
    .map((listener) => `${listener.port}${listener.protocol === 'TCP' ? '' : `/${listener.protocol}`}`)
  if (listening.length === 0) return { code: 'no-listener-none', params: base }
  const params = { ...base, listening: [...new Set(listening)].join(', ') }
  if (packet.service === undefined) return { code: 'no-listener', params }
  const { service, port: servicePort } = packet.service
  const targetPort = servicePort.targetPort ?? servicePort.port
  return { code: 'no-listener-target-port', params: { ...params, service: serviceName(service), targetPort } }
}

/** Why a port of a node is closed, when the learner probably meant a Service. */
export function explainClosedNodePort(packet: Packet, machine: NetworkMachine, world: World): Explanation {
  const { port } = packet.destination
  const base = { node: machine.name, machine: machine.name, port }
  if (machine.role === 'laptop') return { code: 'host-no-listener', params: base }
  if (!world.rules.runs(machine) && matchNodePort(world.objects, port, packet.protocol) !== undefined) {
    return { code: 'kube-proxy-stopped', params: { ...base, address: packet.destination.address } }
  }
  for (const service of world.objects.services()) {
    const match = service.spec?.ports?.find((candidate) => candidate.port === port || candidate.targetPort === port)
    if (match === undefined || isSystem(service)) continue
    const params = { ...base, service: serviceName(service) }
    if (match.nodePort !== undefined)
      return { code: 'node-port-is-service-port', params: { ...params, nodePort: match.nodePort } }
    if (match.port === port) {
      return { code: 'node-port-not-node-port', params: { ...params, type: service.spec?.type ?? 'ClusterIP' } }
    }
  }
  return port >= 30000 && port <= 32767
    ? { code: 'node-port-closed', params: base }
    : { code: 'host-no-listener', params: base }
}

function isSystem(service: Service): boolean {
  return service.metadata?.namespace === 'kube-system' || service.metadata?.name === 'kubernetes'
}

function formatLabels(labels: { readonly [key: string]: string }): string {
  const text = Object.entries(labels).map(([key, value]) => `${key}=${value}`)
  return text.length === 0 ? '<none>' : text.join(',')
}
