/** How a Pod's containers end (upstream: kuberuntime_container.go killContainersWithSyncResult, kuberuntime_termination_order.go). */
import { uidOf } from '../controllers/metadata.ts'
import type { Container as ContainerTemplate } from '../generated/types.ts'
import { containerWork } from './kubelet-container.ts'
import { runPreStop } from './kubelet-hooks.ts'
import type { PodPass } from './kubelet-sync.ts'
import type { Container } from './runtime.ts'

/** However long a hook took, a container has this long after TERM. */
const minimumGraceMs = 2000

interface Running {
  readonly template: ContainerTemplate
  readonly container: Container
}

/**
 * Tells running containers to stop; true once none runs any more. The main ones go first and together, then the sidecars,
 * the last one first.
 */
export function stopContainers(pass: PodPass, graceMs: number): boolean {
  const { pod, own, now } = pass
  const { initContainers = [], containers = [], ephemeralContainers = [] } = pod.spec ?? {}
  const main = runningOf([...containers, ...ephemeralContainers], pass)
  const init = runningOf(initContainers, pass)
  if (main.length + init.length === 0) return true
  if (own.stopGraceMs !== undefined && graceMs < own.stopGraceMs) {
    for (const { container } of [...main, ...init]) pass.runtime.stop(container.id, graceMs)
    own.stopGraceMs = graceMs
    return false
  }
  own.stopGraceMs ??= graceMs
  own.stopSince ??= now
  const last = init.at(-1)
  for (const one of main.length > 0 || !last ? main : [last]) stopOne(one, own.stopSince + own.stopGraceMs, pass)
  return false
}

/** Sidecars end when the containers they stand beside have. */
export function stopSidecars(pass: PodPass): void {
  const { own, now } = pass
  const graceMs = (pass.pod.spec?.terminationGracePeriodSeconds ?? 30) * 1000
  own.sidecarsSince ??= now
  const last = runningOf(pass.pod.spec?.initContainers ?? [], pass).at(-1)
  if (last) stopOne(last, own.sidecarsSince + graceMs, pass)
}

function runningOf(templates: readonly ContainerTemplate[], { runtime, pod }: PodPass): readonly Running[] {
  return templates.flatMap((template) => {
    const container = runtime.get(uidOf(pod), template.name)
    return container?.state.kind === 'running' ? [{ template, container }] : []
  })
}

/** The hook first, TERM when it is done, KILL at `deadline`. */
function stopOne({ template, container }: Running, deadline: number, pass: PodPass): void {
  const { now } = pass
  const work = containerWork(template, pass)
  const terminate = () => {
    work.termAt = undefined
    pass.runtime.stop(container.id, deadline <= now ? 0 : Math.max(deadline - now, Math.min(minimumGraceMs, deadline)))
  }
  if (work.stopping !== container.id) {
    work.stopping = container.id
    pass.event('Normal', 'Killing', `Stopping container ${template.name}`, template)
    const hookMs = deadline <= now ? 0 : runPreStop(template, container, pass)
    if (hookMs <= 0) {
      terminate()
      return
    }
    work.termAt = Math.min(now + hookMs, deadline)
  }
  if (work.termAt === undefined) return
  if (now >= work.termAt) terminate()
  else pass.wake(work.termAt)
}
