import type { CoreV1Event, Pod, Probe } from '../../generated/types.ts'
import type { World } from '../world.ts'
import type { Explanation } from './explanation.ts'

/** Why a Pod that a Service selects is not ready; undefined if it is. */
export function explainNotReady(pod: Pod, service: string, world: World): Explanation | undefined {
  const why = notReadyBecause(pod)
  if (why === undefined) return undefined
  const params = { service, pod: pod.metadata?.name ?? '', why }
  const lost = explainLostNode(pod, params, world)
  if (lost !== undefined) return lost
  const scheduled = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled')
  if (scheduled?.status === 'False')
    return { code: 'no-endpoints-unscheduled', params: { ...params, message: scheduled.message ?? '' } }
  const warned = world.objects.warningsAbout(pod)
  if (why !== PROBE) {
    const message = STARTS.has(why) ? warned.findLast(isHindrance)?.message : undefined
    if (message === undefined) return { code: 'no-endpoints-not-ready', params }
    return { code: 'no-endpoints-held-up', params: { ...params, message: trimmed(message) } }
  }
  const name = pod.status?.containerStatuses?.find(({ ready }) => !ready)?.name
  const container = pod.spec?.containers.find((candidate) => candidate.name === name)
  const probe = container?.readinessProbe
  if (container === undefined || probe === undefined) return { code: 'no-endpoints-not-ready', params }
  const asked = probe.httpGet?.port ?? probe.tcpSocket?.port
  const named = container.ports?.find((port) => port.name === asked)?.containerPort
  const port = typeof asked === 'number' ? asked : (named ?? 0)
  const listening = portsOf(pod, world)
  const probing = { ...params, container: container.name, probe: probeText(probe) }
  if (asked === undefined || listening.includes(port)) {
    const said = warned.findLast(({ message }) => message?.startsWith(FAILED_PROBE))?.message
    if (said === undefined) return { code: 'no-endpoints-probe-waits', params: probing }
    const answer = trimmed(said.slice(FAILED_PROBE.length))
    return { code: 'no-endpoints-probe-fails', params: { ...probing, answer } }
  }
  return {
    code: 'no-endpoints-probe-port',
    params: { ...probing, port: asked, listening: listening.join(', ') || '-' },
  }
}

const PROBE = 'readiness probe'
/** How the kubelet's event begins (pkg/kubelet/prober/prober.go). */
const FAILED_PROBE = 'Readiness probe failed: '
/** What a container waits for before it has ever run; whatever else it waits for, its log says more. */
const STARTS: ReadonlySet<string> = new Set([
  'ContainerCreating',
  'PodInitializing',
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
])
const HINDRANCES: ReadonlySet<string> = new Set(['FailedCreatePodSandBox', 'FailedMount', 'Failed'])

/** Does an event say why a container does not start? Some only repeat the reason. */
function isHindrance({ reason, message = '' }: CoreV1Event): boolean {
  return reason !== undefined && HINDRANCES.has(reason) && !/^Error: \w+$/.test(message)
}

/** One line without the full stop, as part of a sentence. */
function trimmed(message: string): string {
  const [line = ''] = message.trim().split('\n')
  return line.replace(/\.$/, '')
}

/** A Pod on a node that nobody hears of, or whose network is not set up, cannot become ready. */
function explainLostNode(pod: Pod, params: Explanation['params'], { objects }: World): Explanation | undefined {
  const node = pod.spec?.nodeName
  const ready = objects.node(node ?? '')?.status?.conditions?.find(({ type }) => type === 'Ready')
  if (node === undefined || ready === undefined || ready.status === 'True') return undefined
  return { code: 'no-endpoints-node-not-ready', params: { ...params, node, message: trimmed(ready.message ?? '') } }
}

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
