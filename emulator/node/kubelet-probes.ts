import type { ContainerStatus, Container as ContainerTemplate } from '../generated/types.ts'
import { containerWork } from './kubelet-container.ts'
import type { PodPass } from './kubelet-sync.ts'
import type { ContainerWork } from './pod-work.ts'
import {
  advance,
  mayRecover,
  newProbe,
  type ProbeKind,
  type ProbeState,
  periodMs,
  probeKinds,
  probeOf,
  runProbe,
} from './probes.ts'
import type { Container } from './runtime.ts'

/** Runs the probes that are due and says which containers are started and ready (upstream: pkg/kubelet/prober). */
export function runProbes(pass: PodPass): void {
  for (const template of [...(pass.pod.spec?.initContainers ?? []), ...(pass.pod.spec?.containers ?? [])]) {
    const status = pass.statuses.get(template.name)
    if (!status?.state?.running) continue
    const container = pass.runtime.byId(status.containerID?.replace('containerd://', '') ?? '')
    if (container) probeContainer(template, status, container, pass)
  }
}

function probeContainer(
  template: ContainerTemplate,
  status: ContainerStatus,
  container: Container,
  pass: PodPass,
): void {
  const work = containerWork(template, pass)
  if (work.probedId !== container.id) {
    work.probes = newProbes(template, status, container.startedAt)
    work.probedId = container.id
  }
  const started = () => work.probes.get('startup')?.passing ?? true
  for (const kind of probeKinds) {
    const state = work.probes.get(kind)
    if (!state || (kind === 'startup' ? state.passing : !started())) continue
    const killed = tick(template, kind, state, container, pass)
    if (killed) break
  }
  const ready = started() && (work.probes.get('readiness')?.passing ?? true)
  const running = container.state.kind === 'running'
  pass.statuses.set(template.name, { ...status, started: running && started(), ready: running && ready })
}

/** A container of the blueprint has been probed before: its status tells the verdicts, and its probers rest. */
function newProbes(template: ContainerTemplate, status: ContainerStatus, startedAt: number): ContainerWork['probes'] {
  const probes: ContainerWork['probes'] = new Map()
  for (const kind of probeKinds) {
    const probe = probeOf(template, kind)
    if (!probe) continue
    const seasoned = status.ready && status.started
    probes.set(kind, seasoned ? { run: 1, last: true, passing: true } : newProbe(kind, probe, startedAt))
  }
  return probes
}

/** One prober's turn; true if it had the container killed. */
function tick(
  template: ContainerTemplate,
  kind: ProbeKind,
  state: ProbeState,
  container: Container,
  pass: PodPass,
): boolean {
  const probe = probeOf(template, kind)
  if (!probe || state.nextAt === undefined) return false
  const period = periodMs(probe)
  if (state.nextAt < container.startedAt) state.nextAt = nextTick(container.startedAt, period, pass.now)
  if (pass.now < state.nextAt) {
    pass.wake(state.nextAt, (state.last === false && !mayRecover(state)) || isLate(state.nextAt, pass.now))
    return false
  }
  const pod = { ...pass.pod, status: { ...pass.pod.status, podIP: pass.own.podIP ?? '' } }
  const answer = runProbe(probe, pod, template, container, pass.network())
  advance(state, probe, answer.ok)
  if (!answer.ok) {
    const name = `${kind[0]?.toUpperCase()}${kind.slice(1)}`
    pass.event('Warning', 'Unhealthy', `${name} probe failed: ${answer.message}`, template)
  }
  if (!state.passing && kind !== 'readiness' && !answer.ok && state.run >= (probe.failureThreshold ?? 3)) {
    return kill(template, kind, container, pass)
  }
  rest(state, answer.ok, nextTick(container.startedAt, period, pass.now + 1), pass)
  return false
}

/** A prober whose answer is what it stands for rests until the container changes; others go on ticking. */
function rest(state: ProbeState, ok: boolean, next: number, pass: PodPass): void {
  if (ok && state.passing) {
    state.nextAt = undefined
    return
  }
  state.nextAt = next
  pass.wake(next, !ok || isLate(next, pass.now))
}

/** Ticks further away than this keep nobody waiting. */
function isLate(at: number, now: number): boolean {
  return at - now > 30_000
}

function nextTick(startedAt: number, period: number, from: number): number {
  return startedAt + Math.max(0, Math.ceil((from - startedAt) / period)) * period
}

function kill(template: ContainerTemplate, kind: ProbeKind, container: Container, pass: PodPass): boolean {
  pass.event('Normal', 'Killing', `Container ${template.name} failed ${kind} probe, will be restarted`, template)
  const probe = probeOf(template, kind)
  const seconds = probe?.terminationGracePeriodSeconds ?? pass.pod.spec?.terminationGracePeriodSeconds ?? 30
  pass.runtime.stop(container.id, seconds * 1000)
  const work = containerWork(template, pass)
  for (const state of work.probes.values()) state.nextAt = undefined
  return true
}
