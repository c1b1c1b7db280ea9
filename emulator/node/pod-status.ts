import { timestamp } from '../api/age.ts'
import { FRESH } from '../api/json.ts'
import type { Container, ContainerStatus, Pod, PodCondition, PodStatus } from '../generated/types.ts'
import { qosClass } from '../kinds/pod/qos.ts'

/** What the kubelet knows of a Pod besides its containers. */
export interface PodFacts {
  readonly now: number
  readonly hostIP: string
  readonly podIP: string | undefined
  readonly sandboxReady: boolean
  readonly containers: ReadonlyMap<string, ContainerStatus>
  /** Conditions that tell of a resize under way. */
  readonly resize?: readonly PodCondition[]
  readonly failure?: { readonly reason: string; readonly message: string }
}

/** The status that a Pod's containers amount to (upstream: kubelet_pods.go generateAPIPodStatus). */
export function podStatus(pod: Pod, facts: PodFacts): PodStatus {
  const of = (containers: readonly Container[] | undefined) =>
    (containers ?? []).flatMap(({ name }) => facts.containers.get(name) ?? [])
  const sidecars = sidecarNames(pod)
  const init = of(pod.spec?.initContainers).map((status) =>
    initDone(status) && !sidecars.has(status.name) ? { ...status, ready: true } : status,
  )
  const main = of(pod.spec?.containers)
  const ephemeral = of(pod.spec?.ephemeralContainers)
  const phase = facts.failure ? 'Failed' : podPhase(pod, init, main)
  const addresses = facts.podIP ? { podIP: facts.podIP, podIPs: [{ ip: facts.podIP }] } : {}
  return {
    ...(pod.metadata?.generation !== undefined && { observedGeneration: pod.metadata.generation }),
    phase,
    ...facts.failure,
    conditions: conditionsOf(pod, facts, phase, init, main),
    hostIP: facts.hostIP,
    hostIPs: [{ ip: facts.hostIP }],
    ...addresses,
    startTime: pod.status?.startTime ?? timestamp(facts.now),
    ...(init.length > 0 && { initContainerStatuses: init }),
    containerStatuses: main,
    ...(ephemeral.length > 0 && { ephemeralContainerStatuses: ephemeral }),
    qosClass: pod.status?.qosClass ?? qosClass(pod),
  }
}

/** kubelet_pods.go getPhase. */
export function podPhase(pod: Pod, init: readonly ContainerStatus[], main: readonly ContainerStatus[]): string {
  const policy = pod.spec?.restartPolicy ?? 'Always'
  const sidecars = sidecarNames(pod)
  const regular = init.filter(({ name }) => !sidecars.has(name))
  if (regular.some((status) => initFailed(status)) && policy === 'Never') return 'Failed'
  if (regular.some((status) => !initDone(status))) return 'Pending'
  const count = (test: (status: ContainerStatus) => boolean) => main.filter(test).length
  const running = count(({ state }) => state?.running !== undefined)
  const stopped = main.filter(({ state, lastState }) => state?.terminated ?? (state?.waiting && lastState?.terminated))
  const succeeded = stopped.filter(
    ({ state, lastState }) => (state?.terminated ?? lastState?.terminated)?.exitCode === 0,
  ).length
  if (main.length === 0 || main.length > running + stopped.length) return 'Pending'
  if (running > 0 || policy === 'Always') return 'Running'
  if (init.some(({ name, state }) => sidecars.has(name) && state?.running)) return 'Running'
  if (stopped.length === succeeded) return 'Succeeded'
  return policy === 'Never' ? 'Failed' : 'Running'
}

/** Init containers that go on running beside the others. */
function sidecarNames(pod: Pod): ReadonlySet<string> {
  const sidecars = pod.spec?.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always') ?? []
  return new Set(sidecars.map(({ name }) => name))
}

/** Its work is done; the kubelet then shows it as ready (upstream: prober_manager.go UpdatePodStatus). */
export function initDone(status: ContainerStatus | undefined): boolean {
  return status?.state?.terminated?.exitCode === 0
}

function initFailed(status: ContainerStatus): boolean {
  return (status.state?.terminated?.exitCode ?? 0) !== 0
}

type Draft = Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>

function conditionsOf(
  pod: Pod,
  facts: PodFacts,
  phase: string,
  init: readonly ContainerStatus[],
  main: readonly ContainerStatus[],
): readonly PodCondition[] {
  const finished = phase === 'Succeeded' || phase === 'Failed'
  const containersReady = readiness('ContainersReady', pod, phase, init, main)
  const drafts: readonly Draft[] = [
    { type: 'PodReadyToStartContainers', status: facts.sandboxReady && !finished ? 'True' : 'False' },
    initialized(pod, phase, init),
    containersReady.status === 'True' ? withGates(pod) : { ...containersReady, type: 'Ready' },
    containersReady,
  ]
  const own = new Set(drafts.map(({ type }) => type))
  const others = [
    ...(pod.status?.conditions ?? []).filter(({ type }) => !own.has(type) && type !== 'PodResizePending'),
    ...(facts.resize ?? []),
  ]
  // A Pod that names its node itself has met no scheduler: then the kubelet says that it is scheduled.
  const scheduled = others.some(({ type }) => type === 'PodScheduled') ? [] : [{ type: 'PodScheduled', status: 'True' }]
  return [...[...drafts, ...scheduled].map((draft) => stamped(draft, pod, facts.now)), ...others]
}

function initialized(pod: Pod, phase: string, init: readonly ContainerStatus[]): Draft {
  const sidecars = sidecarNames(pod)
  const open = (pod.spec?.initContainers ?? [])
    .map(({ name }) => name)
    .filter((name) => {
      const status = init.find((candidate) => candidate.name === name)
      return sidecars.has(name) ? !status?.started : !initDone(status)
    })
  if (open.length === 0) {
    return { type: 'Initialized', status: 'True', ...(phase === 'Succeeded' && { reason: 'PodCompleted' }) }
  }
  const message = `containers with incomplete status: [${open.join(' ')}]`
  return { type: 'Initialized', status: 'False', reason: 'ContainersNotInitialized', message }
}

function readiness(
  type: string,
  pod: Pod,
  phase: string,
  init: readonly ContainerStatus[],
  main: readonly ContainerStatus[],
): Draft {
  if (phase === 'Succeeded') return { type, status: 'False', reason: 'PodCompleted' }
  if (phase === 'Failed') return { type, status: 'False', reason: 'PodFailed' }
  const unready = [...sidecarNames(pod), ...(pod.spec?.containers ?? []).map(({ name }) => name)].filter(
    (name) => ![...init, ...main].find((status) => status.name === name)?.ready,
  )
  if (unready.length === 0) return { type, status: 'True' }
  return {
    type,
    status: 'False',
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${unready.join(' ')}]`,
  }
}

/** Readiness gates hold Ready back though every container is (status/generate.go GeneratePodReadyCondition). */
function withGates(pod: Pod): Draft {
  const messages = (pod.spec?.readinessGates ?? []).flatMap(({ conditionType }) => {
    const quoted = JSON.stringify(conditionType)
    const found = pod.status?.conditions?.find(({ type }) => type === conditionType)
    if (!found) return [`corresponding condition of pod readiness gate ${quoted} does not exist.`]
    return found.status === 'True'
      ? []
      : [`the status of pod readiness gate ${quoted} is not "True", but ${found.status}`]
  })
  if (messages.length === 0) return { type: 'Ready', status: 'True' }
  return { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady', message: messages.join(', ') }
}

function stamped(draft: Draft, pod: Pod, now: number): PodCondition {
  const old = pod.status?.conditions?.find(({ type }) => type === draft.type)
  const since = old?.status === draft.status ? old.lastTransitionTime : timestamp(now)
  return {
    ...FRESH,
    ...draft,
    ...(pod.metadata?.generation !== undefined && { observedGeneration: pod.metadata.generation }),
    lastTransitionTime: since,
  }
}
