import { timestamp } from '../api/age.ts'
import { milliValue, parseQuantity, wholeValue } from '../api/quantity.ts'
import { nameOf, namespaceOf, uidOf } from '../controllers/metadata.ts'
import type { ContainerStateTerminated, ContainerStatus, Container as ContainerTemplate } from '../generated/types.ts'
import { expandVariables } from './expand-variables.ts'
import { ensureImage, imageId, runningImage } from './image-pulls.ts'
import { runPostStart } from './kubelet-hooks.ts'
import { allocation } from './kubelet-resize.ts'
import type { PodPass } from './kubelet-sync.ts'
import { MountError } from './mount-error.ts'
import { ConfigError, containerCommand, podText } from './pod-environment.ts'
import { hostsFile, kernelHostname, kubeletResolvConf, podHostname, resolvConf } from './pod-files.ts'
import type { ContainerWork } from './pod-work.ts'
import { type ContainerSpec, RunError } from './runtime.ts'
import { securityOf } from './security.ts'
import { containerMounts, podVolumes } from './volumes.ts'

type RestartPolicy = string

/** How long an ended container shows its end before the kubelet acts on it. */
const noticeMs = 900
const initialCrashMs = 10_000
const maximumCrashMs = 300_000
/** After this long a container counts as stable, and its back-off starts anew. */
const stableMs = 2 * maximumCrashMs

/** Brings one container a step further; `busy` while its image comes, which holds up the containers after it. */
export function advanceContainer(
  template: ContainerTemplate,
  policy: RestartPolicy,
  pass: PodPass,
): 'busy' | 'settled' {
  const status = pass.statuses.get(template.name)
  if (!status) return 'settled'
  const work = containerWork(template, pass)
  if (status.state?.running) {
    replaceIfChanged(template, status, work, pass)
    return 'settled'
  }
  return work.restarting || mayStart(template, policy, status, work, pass) ? start(template, work, pass) : 'settled'
}

/** A container that runs another image than its Pod says is stopped, and started anew without a back-off. */
function replaceIfChanged(
  template: ContainerTemplate,
  status: ContainerStatus,
  work: ContainerWork,
  pass: PodPass,
): void {
  const container = pass.runtime.byId(idOf(status))
  if (!container || container.spec.image === template.image || work.restarting) return
  stopForRestart(template, status, `Container ${template.name} definition changed, will be restarted`, pass)
}

/** Stops a container that is to be started anew at once. */
export function stopForRestart(
  template: ContainerTemplate,
  status: ContainerStatus,
  message: string,
  pass: PodPass,
): void {
  const work = containerWork(template, pass)
  if (work.restarting) return
  pass.event('Normal', 'Killing', message, template)
  pass.runtime.stop(idOf(status), (pass.pod.spec?.terminationGracePeriodSeconds ?? 30) * 1000)
  work.crash = undefined
  work.restarting = true
}

/** The runtime's id behind a status. */
function idOf(status: ContainerStatus): string {
  return status.containerID?.replace('containerd://', '') ?? ''
}

function mayStart(
  template: ContainerTemplate,
  policy: RestartPolicy,
  status: ContainerStatus,
  work: ContainerWork,
  pass: PodPass,
): boolean {
  const ended = status.state?.terminated
  if (ended) return isRestarted(policy, ended.exitCode) && readyToRestart(template, status, ended, work, pass)
  if (work.crash?.until === undefined || pass.now >= work.crash.until) return true
  pass.wake(work.crash.until, true)
  return false
}

export function containerWork(template: ContainerTemplate, { own }: PodPass): ContainerWork {
  const known = own.containers.get(template.name)
  if (known) return known
  const fresh: ContainerWork = { probes: new Map() }
  own.containers.set(template.name, fresh)
  return fresh
}

/** Whether a container that ended with this code is started again. */
export function isRestarted(policy: RestartPolicy, exitCode: number): boolean {
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0)
}

/** The first restart comes at once; each later one waits twice as long as the one before. */
function readyToRestart(
  template: ContainerTemplate,
  status: ContainerStatus,
  ended: ContainerStateTerminated,
  work: ContainerWork,
  pass: PodPass,
): boolean {
  const endedAt = exitTime(status, ended, pass)
  if (pass.now < endedAt + noticeMs) {
    pass.wake(endedAt + noticeMs)
    return false
  }
  const ran = endedAt - (Date.parse(ended.startedAt ?? '') || endedAt)
  if (!work.crash || ran > stableMs) {
    work.crash = { delayMs: initialCrashMs }
    work.restarting = true
    return true
  }
  work.crash.until = endedAt + work.crash.delayMs
  if (pass.now >= work.crash.until) return true
  const { name } = template
  const message = `back-off ${goSeconds(work.crash.delayMs)} restarting failed container=${name} pod=${podText(pass.pod)}`
  const waiting = { reason: 'CrashLoopBackOff', message }
  pass.statuses.set(name, {
    ...status,
    ready: false,
    started: false,
    state: { waiting },
    lastState: { terminated: ended },
  })
  pass.event('Warning', 'BackOff', `Back-off restarting failed container ${name} in pod ${podText(pass.pod)}`, template)
  pass.wake(work.crash.until, true)
  return false
}

function exitTime(status: ContainerStatus, ended: ContainerStateTerminated, { runtime, now }: PodPass): number {
  const container = runtime.byId(idOf(status))
  if (container?.state.kind === 'exited') return container.state.at
  // Of a container that the runtime does not know nobody has seen the end.
  return Date.parse(ended.finishedAt ?? '') || (container ? now : 0)
}

/** `10s`, `1m20s`: a Go duration of whole seconds. */
function goSeconds(ms: number): string {
  const seconds = ms / 1000
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`
}

function start(template: ContainerTemplate, work: ContainerWork, pass: PodPass): 'busy' | 'settled' {
  const image = ensureImage(template, work, {
    now: pass.now,
    runtime: pass.runtime,
    present: pass.imagesOn(pass.pod.spec?.nodeName ?? ''),
    event: (type, reason, message) => pass.event(type, reason, message, template),
  })
  if (image.kind === 'pulling') {
    pass.wake(image.until)
    return 'busy'
  }
  if (image.kind === 'waiting') {
    setWaiting(template, image.reason, image.message, pass)
    if (image.until !== undefined) pass.wake(image.until, true)
    return 'settled'
  }
  const spec = specOf(template, pass)
  if (spec) run(template, spec, work, pass)
  return 'settled'
}

function setWaiting(template: ContainerTemplate, reason: string, message: string, pass: PodPass): void {
  const status = pass.statuses.get(template.name)
  if (!status) return
  const lastState = status.state?.terminated ? { terminated: status.state.terminated } : (status.lastState ?? {})
  pass.statuses.set(template.name, {
    ...status,
    state: { waiting: { reason, message } },
    lastState,
    ready: false,
    started: false,
  })
}

/** What the runtime is told; undefined if the container cannot be configured. */
function specOf(template: ContainerTemplate, pass: PodPass): ContainerSpec | undefined {
  const { pod, node, objects } = pass
  const podIP = pass.own.podIP ?? ''
  const addressed = { ...pod, status: { ...pod.status, podIP } }
  try {
    const podsVolumes = podVolumes({ ...pass, pod: addressed })
    const { env, command, args } = containerCommand(addressed, template, node, objects, pass.serviceLinks)
    const { mounts, volumes, fileVolumes } = containerMounts(withSubPaths(template, env), pod, podsVolumes, pass.now)
    return {
      podUid: uidOf(pod),
      namespace: namespaceOf(pod),
      podName: nameOf(pod),
      hostname: pod.spec?.hostNetwork ? nameOf(node ?? {}) : kernelHostname(pod),
      podIP,
      nodeName: nameOf(node ?? {}),
      containerName: template.name,
      image: template.image ?? '',
      ...(command && { command }),
      ...(args && { args }),
      env,
      ...(template.workingDir && { workingDir: template.workingDir }),
      ...(template.stdin && { stdin: true }),
      ...limitsOf(template),
      ...securityOf(template, pod),
      mounts: [...managedFiles(pass, podIP), ...mounts],
      ...(volumes?.length && { volumes }),
      ...(fileVolumes?.length && { fileVolumes }),
    }
  } catch (error) {
    if (!(error instanceof ConfigError) && !(error instanceof MountError)) throw error
    setWaiting(template, 'CreateContainerConfigError', error.message, pass)
    pass.event('Warning', 'Failed', `Error: ${error.message}`, template)
    pass.wake(pass.now + 12_000, true)
    return undefined
  }
}

/** `subPathExpr` with the container's own variables in it (upstream: kubelet_pods.go makeMounts). */
function withSubPaths(template: ContainerTemplate, env: ContainerSpec['env']): ContainerTemplate {
  if (!template.volumeMounts?.some(({ subPathExpr }) => subPathExpr)) return template
  const known = new Map(env)
  const volumeMounts = template.volumeMounts.map((mount) =>
    mount.subPathExpr ? { ...mount, subPath: expandVariables(mount.subPathExpr, (name) => known.get(name)) } : mount,
  )
  return { ...template, volumeMounts }
}

/** What the runtime tells of a running container: its user and its mounts. */
function runtimeFacts({ volumeMounts }: ContainerTemplate, { user }: ContainerSpec): Partial<ContainerStatus> {
  const { uid, gid, groups } = user ?? { uid: 0, gid: 0, groups: [0] }
  return {
    user: { linux: { gid, supplementalGroups: groups, uid } },
    ...(volumeMounts?.length && {
      volumeMounts: volumeMounts.map(({ name, mountPath, readOnly }) => ({
        mountPath,
        name,
        ...(readOnly && { readOnly, recursiveReadOnly: 'Disabled' }),
      })),
    }),
  }
}

/** What the kernel holds the container to. */
export function limitsOf({ resources }: ContainerTemplate): Pick<ContainerSpec, 'limits'> {
  const cpu = parseQuantity(resources?.limits?.cpu ?? '')
  const memory = parseQuantity(resources?.limits?.memory ?? '')
  if (!cpu && !memory) return {}
  return {
    limits: {
      ...(cpu && { cpuMilli: Number(milliValue(cpu)) }),
      ...(memory && { memoryBytes: Number(wholeValue(memory)) }),
    },
  }
}

function managedFiles({ pod, node, machine, clusterDns }: PodPass, podIP: string): ContainerSpec['mounts'] {
  const files = machine(nameOf(node ?? {}))?.files
  return [
    { path: '/etc/hosts', content: hostsFile(pod, podIP, files?.read('/etc/hosts') ?? '') },
    { path: '/etc/hostname', content: `${podHostname(pod)}\n` },
    { path: '/etc/resolv.conf', content: resolvConf(pod, files?.read(kubeletResolvConf) ?? '', clusterDns) },
  ]
}

function run(template: ContainerTemplate, spec: ContainerSpec, work: ContainerWork, pass: PodPass): void {
  const before = pass.statuses.get(template.name)
  const last = before?.state?.terminated ?? before?.lastState?.terminated
  const common = {
    name: template.name,
    lastState: last ? { terminated: last } : {},
    restartCount: last ? (before?.restartCount ?? 0) + 1 : (before?.restartCount ?? 0),
    image: runningImage(spec.image),
    imageID: imageId(spec.image),
  }
  if (work.crash?.until !== undefined) work.crash = { delayMs: Math.min(work.crash.delayMs * 2, maximumCrashMs) }
  work.restarting = undefined
  pass.event('Normal', 'Created', 'Container created', template)
  try {
    const container = pass.runtime.start(spec)
    pass.event('Normal', 'Started', 'Container started', template)
    const startedAt = timestamp(container.startedAt)
    pass.statuses.set(template.name, {
      ...common,
      containerID: `containerd://${container.id}`,
      state: { running: { startedAt } },
      ...allocation(template),
      ...runtimeFacts(template, spec),
      ready: false,
      started: template.startupProbe === undefined,
    })
    runPostStart(template, container, pass)
  } catch (error) {
    if (!(error instanceof RunError)) throw error
    pass.event('Warning', 'Failed', `Error: ${error.message}`, template)
    const finishedAt = timestamp(pass.now)
    const terminated = {
      exitCode: error.exitCode,
      reason: 'StartError',
      message: error.message,
      startedAt: timestamp(0),
      finishedAt,
    }
    pass.statuses.set(template.name, { ...common, state: { terminated }, ready: false, started: false })
    pass.wake(pass.now + noticeMs)
  }
  if (before?.lastState?.terminated?.containerID) {
    pass.runtime.remove(before.lastState.terminated.containerID.replace('containerd://', ''))
  }
}
