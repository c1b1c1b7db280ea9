import type { Pod } from '../../generated/types.ts'
import type { Packet } from '../packet.ts'
import { serviceName } from '../service-match.ts'
import type { NetworkContainer } from '../world.ts'
import { isManual } from './closed-port.ts'
import type { Explanation } from './explanation.ts'
import { notReadyBecause } from './not-ready.ts'

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
  if (isManual(service)) return { code: 'no-listener-slice-port', params: { ...params, service: serviceName(service) } }
  const targetPort = servicePort.targetPort ?? servicePort.port
  return { code: 'no-listener-target-port', params: { ...params, service: serviceName(service), targetPort } }
}
