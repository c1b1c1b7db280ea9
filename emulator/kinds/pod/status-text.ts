import { age } from '../../api/age.ts'
import type { ContainerStatus, Pod } from '../../generated/types.ts'

/** What `get pods` says about a Pod in its READY, STATUS and RESTARTS columns. */
interface PodSummary {
  readonly ready: number
  readonly total: number
  readonly status: string
  readonly restarts: number
  /** When a container was last restarted, if one was. */
  readonly lastRestart: string | undefined
}

interface Restarts {
  count: number
  last: string | undefined
}

/** Derives the columns as the API server's printer does (upstream: pkg/printers/internalversion/printers.go printPod). */
export function summarizePod(pod: Pod): PodSummary {
  const init = summarizeInitContainers(pod)
  const main = init.reason === undefined || isConditionTrue(pod, 'Initialized') ? summarizeContainers(pod, init) : init
  const sidecars = (pod.spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always').length
  return {
    ready: main.ready,
    total: (pod.spec?.containers.length ?? 0) + sidecars,
    status: deletionReason(pod) ?? main.reason ?? baseReason(pod),
    restarts: main.restarts.count,
    lastRestart: main.restarts.last,
  }
}

/** `2 (5s ago)`, or just the number where no restart's time is known. */
export function restartsText({ restarts, lastRestart }: PodSummary, now: number): string {
  return restarts > 0 && lastRestart ? `${restarts} (${age(lastRestart, now)} ago)` : String(restarts)
}

function baseReason({ status }: Pod): string {
  const gated = status?.conditions?.some(({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated')
  return gated ? 'SchedulingGated' : status?.reason || (status?.phase ?? '')
}

function deletionReason({ metadata, status }: Pod): string | undefined {
  if (!metadata?.deletionTimestamp) return undefined
  if (status?.reason === 'NodeLost') return 'Unknown'
  return status?.phase === 'Succeeded' || status?.phase === 'Failed' ? undefined : 'Terminating'
}

interface Part {
  readonly ready: number
  readonly restarts: Restarts
  readonly reason: string | undefined
}

function summarizeInitContainers(pod: Pod): Part & { readonly sidecarRestarts: Restarts } {
  const specs = new Map((pod.spec?.initContainers ?? []).map((container) => [container.name, container]))
  const restarts: Restarts = { count: 0, last: undefined }
  const sidecarRestarts: Restarts = { count: 0, last: undefined }
  let ready = 0
  for (const [index, status] of (pod.status?.initContainerStatuses ?? []).entries()) {
    const sidecar = specs.get(status.name)?.restartPolicy === 'Always'
    addRestarts(restarts, status)
    if (sidecar) addRestarts(sidecarRestarts, status)
    if (status.state?.terminated?.exitCode === 0) continue
    if (sidecar && status.started) {
      if (status.ready) ready++
      continue
    }
    return { ready, restarts, sidecarRestarts, reason: initReason(status, index, specs.size) }
  }
  return { ready, restarts, sidecarRestarts, reason: undefined }
}

function initReason({ state }: ContainerStatus, index: number, total: number): string {
  if (state?.terminated) return `Init:${exitText(state.terminated)}`
  const waiting = state?.waiting?.reason
  return waiting && waiting !== 'PodInitializing' ? `Init:${waiting}` : `Init:${index}/${total}`
}

function summarizeContainers(pod: Pod, init: Part & { readonly sidecarRestarts: Restarts }): Part {
  const restarts = { ...init.sidecarRestarts }
  let { ready, reason } = init
  let hasRunning = false
  for (const status of [...(pod.status?.containerStatuses ?? [])].reverse()) {
    addRestarts(restarts, status)
    if (status.state?.waiting?.reason) reason = status.state.waiting.reason
    else if (status.state?.terminated) reason = exitText(status.state.terminated)
    else if (status.ready && status.state?.running) {
      hasRunning = true
      ready++
    }
  }
  if ((reason ?? baseReason(pod)) === 'Completed' && hasRunning)
    reason = isConditionTrue(pod, 'Ready') ? 'Running' : 'NotReady'
  return { ready, restarts, reason }
}

function exitText(terminated: {
  readonly reason?: string
  readonly signal?: number
  readonly exitCode: number
}): string {
  if (terminated.reason) return terminated.reason
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`
}

function addRestarts(sum: Restarts, { restartCount, lastState }: ContainerStatus): void {
  sum.count += restartCount
  const finished = lastState?.terminated?.finishedAt
  if (finished && (sum.last === undefined || Date.parse(finished) > Date.parse(sum.last))) sum.last = finished
}

const isConditionTrue = ({ status }: Pod, type: string): boolean =>
  status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false
