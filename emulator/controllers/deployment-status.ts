import { timestamp } from '../api/age.ts'
import type { Deployment, DeploymentCondition, DeploymentStatus, ReplicaSet } from '../generated/types.ts'
import { nameOf } from './metadata.ts'
import { availableOf, rolloutBounds, sizeOf, total, wanted } from './rollout.ts'

type Reason = { readonly status: 'True' | 'False' | 'Unknown'; readonly reason: string; readonly message: string }

/** The status that a Deployment's ReplicaSets amount to (upstream: sync.go calculateStatus, progress.go). */
export function deploymentStatus(
  deployment: Deployment,
  fresh: ReplicaSet | undefined,
  all: readonly ReplicaSet[],
  now: number,
): DeploymentStatus {
  const counts = replicaCounts(deployment, fresh, all)
  let conditions = deployment.status?.conditions ?? []
  const enough = counts.availableReplicas >= wanted(deployment) - rolloutBounds(deployment).unavailable
  conditions = withCondition(conditions, 'Available', enough ? available : unavailable, now)
  const progress = progressing(deployment, fresh, counts, now)
  if (progress)
    conditions = withCondition(conditions, 'Progressing', progress, now, progress.reason === 'ReplicaSetUpdated')
  const failure = [...(fresh ? [fresh] : []), ...all]
    .flatMap((set) => set.status?.conditions ?? [])
    .find((condition) => condition.type === 'ReplicaFailure')
  conditions = conditions.filter((condition) => condition.type !== 'ReplicaFailure' || failure)
  if (failure) {
    const { reason = '', message = '' } = failure
    conditions = withCondition(conditions, 'ReplicaFailure', { status: 'True', reason, message }, now)
  }
  return { ...counts, conditions }
}

const available: Reason = {
  status: 'True',
  reason: 'MinimumReplicasAvailable',
  message: 'Deployment has minimum availability.',
}
const unavailable: Reason = {
  status: 'False',
  reason: 'MinimumReplicasUnavailable',
  message: 'Deployment does not have minimum availability.',
}

function replicaCounts(deployment: Deployment, fresh: ReplicaSet | undefined, all: readonly ReplicaSet[]) {
  const availableReplicas = total(all, availableOf)
  return {
    ...(deployment.metadata?.generation !== undefined && { observedGeneration: deployment.metadata.generation }),
    replicas: total(all, (set) => set.status?.replicas ?? 0),
    updatedReplicas: fresh?.status?.replicas ?? 0,
    readyReplicas: total(all, (set) => set.status?.readyReplicas ?? 0),
    availableReplicas,
    unavailableReplicas: Math.max(0, total(all, sizeOf) - availableReplicas),
    terminatingReplicas: total(all, (set) => set.status?.terminatingReplicas ?? 0),
    ...(deployment.status?.collisionCount !== undefined && { collisionCount: deployment.status.collisionCount }),
  }
}

type Counts = ReturnType<typeof replicaCounts>

export function isComplete(deployment: Deployment, counts: DeploymentStatus): boolean {
  const replicas = wanted(deployment)
  return (
    counts.updatedReplicas === replicas &&
    counts.replicas === replicas &&
    counts.availableReplicas === replicas &&
    (counts.observedGeneration ?? 0) >= (deployment.metadata?.generation ?? 0)
  )
}

function progressing(
  deployment: Deployment,
  fresh: ReplicaSet | undefined,
  counts: Counts,
  now: number,
): Reason | undefined {
  const current = deployment.status?.conditions?.find((condition) => condition.type === 'Progressing')
  const subject = fresh
    ? `ReplicaSet ${JSON.stringify(nameOf(fresh))}`
    : `Deployment ${JSON.stringify(nameOf(deployment))}`
  const rested = counts.replicas === counts.updatedReplicas && current?.reason === 'NewReplicaSetAvailable'
  if (rested || deployment.spec?.paused) return undefined
  if (isComplete(deployment, counts)) {
    return { status: 'True', reason: 'NewReplicaSetAvailable', message: `${subject} has successfully progressed.` }
  }
  if (hasProgressed(deployment, counts)) {
    return { status: 'True', reason: 'ReplicaSetUpdated', message: `${subject} is progressing.` }
  }
  if (hasTimedOut(deployment, current, now)) {
    return { status: 'False', reason: 'ProgressDeadlineExceeded', message: `${subject} has timed out progressing.` }
  }
  return undefined
}

function hasProgressed(deployment: Deployment, counts: Counts): boolean {
  const old = deployment.status ?? {}
  const oldOld = (old.replicas ?? 0) - (old.updatedReplicas ?? 0)
  return (
    counts.updatedReplicas > (old.updatedReplicas ?? 0) ||
    counts.replicas - counts.updatedReplicas < oldOld ||
    counts.readyReplicas > (old.readyReplicas ?? 0) ||
    counts.availableReplicas > (old.availableReplicas ?? 0)
  )
}

/** When the progress deadline strikes, ms since the epoch; undefined if the rollout rests. */
export function progressDeadline(deployment: Deployment, current: DeploymentCondition | undefined): number | undefined {
  const seconds = deployment.spec?.progressDeadlineSeconds
  const resting = new Set(['NewReplicaSetAvailable', 'ProgressDeadlineExceeded', 'DeploymentPaused'])
  if (!current || seconds === undefined || resting.has(current.reason ?? '')) return undefined
  return Date.parse(current.lastUpdateTime ?? '') + seconds * 1000
}

function hasTimedOut(deployment: Deployment, current: DeploymentCondition | undefined, now: number): boolean {
  if (current?.reason === 'ProgressDeadlineExceeded') return true
  const deadline = progressDeadline(deployment, current)
  return deadline !== undefined && deadline < now
}

/** Sets a condition; its transition time moves only with its status, its update time with its reason or if `touch`. */
export function withCondition(
  conditions: readonly DeploymentCondition[],
  type: string,
  { status, reason, message }: Reason,
  now: number,
  touch = false,
): readonly DeploymentCondition[] {
  const old = conditions.find((condition) => condition.type === type)
  if (old && old.status === status && old.reason === reason && !touch) return conditions
  const time = timestamp(now)
  const lastTransitionTime = old?.status === status ? old.lastTransitionTime : time
  const fresh = { type, status, lastUpdateTime: time, lastTransitionTime, reason, message }
  return [...conditions.filter((condition) => condition.type !== type), fresh]
}
