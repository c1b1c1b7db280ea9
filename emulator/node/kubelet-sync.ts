/** One pass of a kubelet over one of its Pods (upstream: pkg/kubelet/kubelet.go SyncPod, SyncTerminatingPod). */

import { timestamp } from '../api/age.ts'
import { FRESH } from '../api/json.ts'
import type { ReconcileResult } from '../controllers/controller.ts'
import { isDeleting, nameOf, namespaceOf, uidOf } from '../controllers/metadata.ts'
import { isPodFinished } from '../controllers/pods.ts'
import type { ContainerStatus, Container as ContainerTemplate, Node, Pod } from '../generated/types.ts'
import { node as nodeKind } from '../kinds/node.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { internalIP } from './downward.ts'
import type { FileTree } from './files.ts'
import type { KubeletContext } from './kubelet.ts'
import { type Rejection, rejectionOf } from './kubelet-admission.ts'
import { advanceContainer, isRestarted } from './kubelet-container.ts'
import { runProbes } from './kubelet-probes.ts'
import { resizeConditions, resizeContainers } from './kubelet-resize.ts'
import { stopContainers, stopSidecars } from './kubelet-stop.ts'
import { MountError } from './mount-error.ts'
import { kubeletResolvConf, resolvConfProblems } from './pod-files.ts'
import { networkProblem, sandboxProblem } from './pod-network.ts'
import { initDone, podStatus } from './pod-status.ts'
import type { PodWork } from './pod-work.ts'
import { sandboxId } from './sandbox-id.ts'
import { terminationMessage } from './termination-message.ts'
import { refreshVolumes } from './volume-refresh.ts'
import { podVolumes } from './volumes.ts'

/** Everything one pass reads and collects. */
export interface PodPass extends KubeletContext {
  readonly pod: Pod
  readonly own: PodWork
  readonly node: Node | undefined
  readonly nodeFiles: FileTree | undefined
  readonly now: number
  /** Statuses as they will be written, by container name. */
  readonly statuses: Map<string, ContainerStatus>
  readonly event: (type: 'Normal' | 'Warning', reason: string, message: string, container?: ContainerTemplate) => void
  /** Asks for another pass. */
  readonly wake: (at: number, background?: boolean) => void
}

export function syncPod(pod: Pod, context: KubeletContext): ReconcileResult | undefined {
  const wakes: { readonly at: number; readonly background: boolean }[] = []
  const pass = beginPass(pod, context, (at, background = false) => wakes.push({ at, background }))
  if (isDeleting(pod)) terminate(pass)
  else if (!isPodFinished(pod)) run(pass)
  if (wakes.length === 0) return undefined
  return {
    requeueAfterMs: Math.max(0, Math.min(...wakes.map(({ at }) => at)) - pass.now),
    background: wakes.every(({ background }) => background),
  }
}

function beginPass(pod: Pod, context: KubeletContext, wake: PodPass['wake']): PodPass {
  const nodeName = pod.spec?.nodeName ?? ''
  const recorder = context.recorder(nodeName)
  const lists = ['initContainers', 'ephemeralContainers'] as const
  return {
    ...FRESH,
    ...context,
    pod,
    own: context.work(pod),
    node: context.objects.get(nodeKind, undefined, nodeName),
    nodeFiles: context.machine(nodeName)?.files,
    now: context.clock.now(),
    statuses: knownStatuses(pod, context),
    event: (type, reason, message, container) => {
      const list = lists.find((name) => pod.spec?.[name]?.some((one) => one === container)) ?? 'containers'
      recorder.event(pod, type, reason, message, container && `spec.${list}{${container.name}}`)
    },
    wake,
  }
}

/** The statuses last written, with what the runtime has seen end since. */
function knownStatuses(pod: Pod, { runtime }: KubeletContext): Map<string, ContainerStatus> {
  const written = [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.ephemeralContainerStatuses ?? []),
  ]
  const templates = new Map(allContainers(pod).map((template) => [template.name, template]))
  return new Map(written.map((status) => [status.name, withExit(status, templates.get(status.name), runtime)]))
}

function withExit(
  status: ContainerStatus,
  template: ContainerTemplate | undefined,
  runtime: KubeletContext['runtime'],
): ContainerStatus {
  if (!status.state?.running) return status
  const container = runtime.byId(status.containerID?.replace('containerd://', '') ?? '')
  if (container?.state.kind === 'running') return status
  const ended = container?.state.kind === 'exited' ? container.state : undefined
  const message = container && ended ? terminationMessage(template, container, ended.exitCode) : ''
  const terminated = {
    exitCode: ended?.exitCode ?? 137,
    reason: ended?.reason ?? 'Unknown',
    ...(message !== '' && { message }),
    startedAt: status.state.running.startedAt,
    ...(ended && { finishedAt: timestamp(ended.at) }),
    ...(status.containerID && { containerID: status.containerID }),
  }
  return { ...status, ready: false, started: false, state: { terminated } }
}

function run(pass: PodPass): void {
  const rejection = rejectionOf(pass)
  if (rejection) {
    reject(rejection, pass)
    return
  }
  for (const template of allContainers(pass.pod)) {
    if (!pass.statuses.has(template.name)) pass.statuses.set(template.name, freshStatus(pass.pod, template))
  }
  if (pastDeadline(pass)) stopForDeadline(pass)
  else startContainers(pass)
}

/** The kubelet does not take the Pod (upstream: kubelet.go rejectPod). */
function reject({ reason, message }: Rejection, { pod, objects, event, now }: PodPass): void {
  event('Warning', reason, message)
  const status: NonNullable<Pod['status']> = {
    ...(pod.metadata?.generation !== undefined && { observedGeneration: pod.metadata.generation }),
    phase: 'Failed',
    reason,
    message: `Pod was rejected: ${message}`,
    startTime: timestamp(now),
    ...(pod.status?.qosClass && { qosClass: pod.status.qosClass }),
  }
  objects.updateStatus(podKind, { ...pod, status })
}

/** No main container runs or will run again. */
function isDone({ pod, statuses }: PodPass): boolean {
  const policy = pod.spec?.restartPolicy ?? 'Always'
  return (pod.spec?.containers ?? []).every(({ name }) => {
    const ended = statuses.get(name)?.state?.terminated
    return ended !== undefined && !isRestarted(policy, ended.exitCode)
  })
}

function startContainers(pass: PodPass): void {
  if (sandboxStands(pass)) {
    if (isDone(pass)) stopSidecars(pass)
    else if (runInitContainers(pass)) {
      for (const template of pass.pod.spec?.containers ?? []) {
        if (advanceContainer(template, pass.pod.spec?.restartPolicy ?? 'Always', pass) === 'busy') break
      }
    }
    // Ephemeral containers wait for nobody and are started once (upstream: kuberuntime_manager.go computePodActions).
    for (const template of pass.pod.spec?.ephemeralContainers ?? []) advanceContainer(template, 'Never', pass)
    refreshVolumes(pass)
    resizeContainers(pass)
    runProbes(pass)
  }
  write(pass)
}

function allContainers(pod: Pod): readonly ContainerTemplate[] {
  const { initContainers = [], containers = [], ephemeralContainers = [] } = pod.spec ?? {}
  return [...initContainers, ...containers, ...ephemeralContainers]
}

function freshStatus(pod: Pod, template: ContainerTemplate): ContainerStatus {
  const isMain = pod.spec?.initContainers?.includes(template) !== true
  const reason = isMain && pod.spec?.initContainers?.length ? 'PodInitializing' : 'ContainerCreating'
  return {
    name: template.name,
    state: { waiting: { reason: isMain ? reason : 'PodInitializing' } },
    lastState: {},
    ready: false,
    restartCount: 0,
    image: template.image ?? '',
    imageID: '',
    started: false,
  }
}

/** Volumes, then the sandbox with its address: what has to stand before a container may start. */
function sandboxStands(pass: PodPass): boolean {
  const { own, now, pod } = pass
  if (own.sandboxAt === undefined) {
    if (!hasNetwork(pass, 'before') || !mountsVolumes(pass) || !hasNetwork(pass, 'after')) return false
    own.sandboxRetry = undefined
    own.sandboxAt = now + 200 + pass.randomInt('sandbox', 80)
    for (const problem of dnsProblems(pass)) pass.event('Warning', 'DNSConfigForming', problem)
  }
  if (now < own.sandboxAt) {
    pass.wake(own.sandboxAt)
    return false
  }
  const hostNetwork = pod.spec?.hostNetwork === true
  own.podIP ??= hostNetwork
    ? internalIP(pass.node)
    : pass.allocateAddress(nameOf(pass.node ?? {}), pass.node?.spec?.podCIDR ?? '')
  return true
}

/** What the Pod's DNS settings have too much of. */
function dnsProblems({ pod, node, machine, clusterDns }: PodPass): readonly string[] {
  const text = machine(nameOf(node ?? {}))?.files.read(kubeletResolvConf) ?? ''
  return resolvConfProblems(pod, text, clusterDns)
}

/** The runtime's readiness is asked for before volumes are mounted; the plug-ins run after it (upstream: kubelet.go SyncPod). */
function hasNetwork(pass: PodPass, when: 'before' | 'after'): boolean {
  const { own, pod, now, nodeFiles } = pass
  if (pod.spec?.hostNetwork === true) return true
  const problem = when === 'before' ? networkProblem(nodeFiles) : sandboxProblem(nodeFiles, sandboxId(pod))
  if (problem === undefined) return true
  if (own.sandboxRetry === undefined || now >= own.sandboxRetry.at) {
    if (when === 'before') pass.event('Warning', 'NetworkNotReady', `network is not ready: ${problem}`)
    else
      pass.event(
        'Warning',
        'FailedCreatePodSandBox',
        `Failed to create pod sandbox: rpc error: code = Unknown desc = ${problem}`,
      )
    const delayMs = Math.min((own.sandboxRetry?.delayMs ?? 6_000) * 2, 120_000)
    own.sandboxRetry = { delayMs, at: now + delayMs }
  }
  pass.wake(own.sandboxRetry.at, true)
  return false
}

function mountsVolumes(pass: PodPass): boolean {
  const { own, now } = pass
  if (own.mountRetry && now < own.mountRetry.at) {
    pass.wake(own.mountRetry.at, true)
    // A change of what is missing may have brought this pass: look again without waiting.
  }
  try {
    // Only whether everything is there: tokens are signed when a container starts.
    podVolumes({ ...pass, token: () => '' })
    own.mountRetry = undefined
    return true
  } catch (error) {
    if (!(error instanceof MountError)) throw error
    if (!own.mountRetry || now >= own.mountRetry.at) {
      pass.event('Warning', 'FailedMount', error.message)
      const delayMs = own.mountRetry ? Math.min(own.mountRetry.delayMs * 2, 122_000) : 500
      own.mountRetry = { delayMs, at: now + delayMs }
      pass.wake(own.mountRetry.at, true)
    }
    return false
  }
}

/** True when the main containers may start. Sidecars have to be started, others done, one after another. */
function runInitContainers(pass: PodPass): boolean {
  const policy = pass.pod.spec?.restartPolicy === 'Never' ? 'Never' : 'OnFailure'
  for (const template of pass.pod.spec?.initContainers ?? []) {
    const sidecar = template.restartPolicy === 'Always'
    if (!sidecar && initDone(pass.statuses.get(template.name))) continue
    advanceContainer(template, sidecar ? 'Always' : policy, pass)
    const status = pass.statuses.get(template.name)
    if (sidecar ? !status?.started : !initDone(status)) return false
  }
  return true
}

function pastDeadline({ pod, now, wake }: PodPass): boolean {
  const seconds = pod.spec?.activeDeadlineSeconds
  const start = Date.parse(pod.status?.startTime ?? '')
  if (seconds === undefined || Number.isNaN(start)) return false
  if (start + seconds * 1000 > now) {
    wake(start + seconds * 1000, true)
    return false
  }
  return true
}

function stopForDeadline(pass: PodPass): void {
  const message = 'Pod was active on the node longer than the specified deadline'
  pass.own.failure ??= { reason: 'DeadlineExceeded', message }
  pass.event('Normal', 'DeadlineExceeded', message)
  if (stopContainers(pass, (pass.pod.spec?.terminationGracePeriodSeconds ?? 30) * 1000)) write(pass)
}

export function write(pass: PodPass): void {
  const { pod, own, now } = pass
  const sandboxReady = own.sandboxAt !== undefined && now >= own.sandboxAt
  const status = podStatus(pod, {
    now,
    hostIP: internalIP(pass.node),
    podIP: own.podIP,
    sandboxReady,
    containers: pass.statuses,
    ...(own.failure && { failure: own.failure }),
    resize: resizeConditions(pass),
  })
  pass.objects.updateStatus(podKind, { ...pod, status })
}

/** A going Pod: stop its containers, report their end, then let the object go. */
function terminate(pass: PodPass): void {
  const { pod, own, now } = pass
  const graceMs = (pod.metadata?.deletionGracePeriodSeconds ?? 30) * 1000
  if (!stopContainers(pass, graceMs)) return
  own.goneAt ??= now + 250 + pass.randomInt('teardown', 200)
  if (now < own.goneAt) {
    write(pass)
    pass.wake(own.goneAt)
    return
  }
  pass.objects.delete(podKind, namespaceOf(pod), nameOf(pod), { gracePeriodSeconds: 0, uid: uidOf(pod) })
}
