/** What a container asks to be done after its start and before its end (upstream: pkg/kubelet/lifecycle/handlers.go). */
import type { Container as ContainerTemplate, LifecycleHandler } from '../generated/types.ts'
import type { PodPass } from './kubelet-sync.ts'
import { runProbe } from './probes.ts'
import type { Container } from './runtime.ts'

interface HookResult {
  readonly ok: boolean
  /** How long it took. */
  readonly ms: number
}

/** Runs a hook; one that asks for nothing known succeeds at once. */
function runHook(hook: LifecycleHandler, template: ContainerTemplate, container: Container, pass: PodPass): HookResult {
  if (hook.exec) {
    const { exitCode, elapsedMs } = container.run(hook.exec.command ?? [])
    return { ok: exitCode === 0, ms: elapsedMs }
  }
  if (hook.httpGet) {
    const pod = { ...pass.pod, status: { ...pass.pod.status, podIP: pass.own.podIP ?? '' } }
    const { ok } = runProbe({ httpGet: hook.httpGet, timeoutSeconds: 60 }, pod, template, container, pass.network())
    return { ok, ms: 0 }
  }
  return { ok: true, ms: (hook.sleep?.seconds ?? 0) * 1000 }
}

/** After the start; a hook that fails has the container killed. */
export function runPostStart(template: ContainerTemplate, container: Container, pass: PodPass): void {
  const hook = template.lifecycle?.postStart
  if (!hook || runHook(hook, template, container, pass).ok) return
  pass.event('Warning', 'FailedPostStartHook', 'PostStartHook failed', template)
  pass.event('Normal', 'Killing', 'FailedPostStartHook', template)
  pass.runtime.stop(container.id, (pass.pod.spec?.terminationGracePeriodSeconds ?? 30) * 1000)
}

/** Before the end: how long the container has until TERM comes. */
export function runPreStop(template: ContainerTemplate, container: Container, pass: PodPass): number {
  const hook = template.lifecycle?.preStop
  if (!hook) return 0
  const { ok, ms } = runHook(hook, template, container, pass)
  if (!ok) pass.event('Warning', 'FailedPreStopHook', 'PreStopHook failed', template)
  return ms
}
