import type { Pod, Probe } from '../../generated/types.ts'
import type { World } from '../world.ts'
import type { Explanation } from './explanation.ts'

/** Why a Pod that a Service selects is not ready; undefined if it is. */
export function explainNotReady(pod: Pod, service: string, world: World): Explanation | undefined {
  const why = notReadyBecause(pod)
  if (why === undefined) return undefined
  const params = { service, pod: pod.metadata?.name ?? '', why }
  const scheduled = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled')
  if (scheduled?.status === 'False')
    return { code: 'no-endpoints-unscheduled', params: { ...params, message: scheduled.message ?? '' } }
  if (why !== PROBE) return { code: 'no-endpoints-not-ready', params }
  const name = pod.status?.containerStatuses?.find(({ ready }) => !ready)?.name
  const container = pod.spec?.containers.find((candidate) => candidate.name === name)
  const probe = container?.readinessProbe
  if (container === undefined || probe === undefined) return { code: 'no-endpoints-not-ready', params }
  const asked = probe.httpGet?.port ?? probe.tcpSocket?.port
  const named = container.ports?.find((port) => port.name === asked)?.containerPort
  const port = typeof asked === 'number' ? asked : (named ?? 0)
  const listening = portsOf(pod, world)
  const probing = { ...params, container: container.name, probe: probeText(probe) }
  if (asked === undefined || listening.includes(port)) return { code: 'no-endpoints-probe-fails', params: probing }
  return {
    code: 'no-endpoints-probe-port',
    params: { ...probing, port: asked, listening: listening.join(', ') || '-' },
  }
}

const PROBE = 'readiness probe'

/** Why a Pod is not ready, in the words that `kubectl get pods` and its conditions use; undefined if it is. */
export function notReadyBecause(pod: Pod): string | undefined {
  const ready = pod.status?.conditions?.find((condition) => condition.type === 'Ready')
  if (ready?.status === 'True' && pod.metadata?.deletionTimestamp === undefined) return undefined
  if (pod.metadata?.deletionTimestamp !== undefined) return 'Terminating'
  for (const container of pod.status?.containerStatuses ?? []) {
    const reason = container.state?.waiting?.reason ?? container.state?.terminated?.reason
    if (reason !== undefined) return reason
  }
  return pod.status?.phase === 'Running' ? PROBE : (pod.status?.phase ?? 'Pending')
}

function portsOf(pod: Pod, { containers }: World): readonly number[] {
  const running = containers
    .byPodIP(pod.status?.podIP ?? '')
    .filter(({ spec, state }) => spec.podUid === pod.metadata?.uid && state.kind === 'running')
  return [...new Set(running.flatMap(({ listeners }) => listeners.map(({ port }) => port)))]
}

/** As `kubectl describe pod` begins a probe's line, shortened. */
function probeText({ httpGet, tcpSocket, grpc, exec }: Probe): string {
  if (httpGet) return `httpGet ${httpGet.path ?? '/'} :${httpGet.port}`
  if (tcpSocket) return `tcpSocket :${tcpSocket.port}`
  if (grpc) return `grpc :${grpc.port}`
  return `exec ${(exec?.command ?? []).join(' ')}`
}
