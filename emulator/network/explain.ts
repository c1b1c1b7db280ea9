import type { Pod } from '../generated/types.ts'
import { slicesOf } from './endpoint-set.ts'
import type { Explanation } from './explain/explanation.ts'
import { explainNotReady } from './explain/not-ready.ts'
import { explainSelector, hasAll } from './explain/selector.ts'
import type { MatchedService } from './packet.ts'
import { serviceName } from './service-match.ts'
import { isFinished, type World } from './world.ts'

/** Why a Service has no usable endpoint: the selector, readiness, a port name, or nobody said. */
export function explainNoEndpoints(matched: MatchedService, world: World): Explanation {
  const { service, port } = matched
  const name = serviceName(service)
  const namespace = service.metadata?.namespace ?? ''
  const selector = service.spec?.selector ?? {}
  if (Object.keys(selector).length === 0) return explainWithoutSelector(matched, world)
  const selected = world.objects
    .podsIn(namespace)
    .filter((pod) => !isFinished(pod) && hasAll(selector, pod.metadata?.labels))
  const [first] = selected
  if (first === undefined) return explainSelector(service, world)
  const unready = selected.map((pod) => explainNotReady(pod, name, world))
  const [why] = unready
  if (why !== undefined && !unready.includes(undefined)) return why
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

function namedPorts(pod: Pod): readonly string[] {
  const ports = (pod.spec?.containers ?? []).flatMap((container) => container.ports ?? [])
  return ports.flatMap((port) => (port.name === undefined ? [] : [`${port.name} = ${port.containerPort}`]))
}
