/** The arithmetic of a Deployment's rollout, without a cluster (upstream: pkg/controller/deployment/util). */
import type { Deployment, ReplicaSet } from '../generated/types.ts'
import { annotationsOf, createdAt, isDeleting, nameOf } from './metadata.ts'

export const desiredReplicasAnnotation = 'deployment.kubernetes.io/desired-replicas'
export const maxReplicasAnnotation = 'deployment.kubernetes.io/max-replicas'
export const revisionAnnotation = 'deployment.kubernetes.io/revision'

/** One ReplicaSet to be set to a number of replicas. */
export interface Resize {
  readonly set: ReplicaSet
  readonly replicas: number
}

export const wanted = (deployment: Deployment): number => deployment.spec?.replicas ?? 1
export const sizeOf = (set: ReplicaSet): number => set.spec?.replicas ?? 0
export const availableOf = (set: ReplicaSet): number => set.status?.availableReplicas ?? 0
export const total = (sets: readonly ReplicaSet[], of: (set: ReplicaSet) => number): number =>
  sets.reduce((sum, set) => sum + of(set), 0)

/** Oldest first; ties by name. */
export function byAge(a: ReplicaSet, b: ReplicaSet): number {
  return createdAt(a) - createdAt(b) || (nameOf(a) < nameOf(b) ? -1 : 1)
}

export function revisionOf(object: ReplicaSet | Deployment): number {
  return Number(annotationsOf(object)[revisionAnnotation] ?? 0) || 0
}

/** `25%` of the wanted replicas, surge rounded up, unavailable down; both zero would never move, so one is then 1. */
export function rolloutBounds(deployment: Deployment): { readonly surge: number; readonly unavailable: number } {
  const replicas = wanted(deployment)
  const update = deployment.spec?.strategy?.rollingUpdate
  if (deployment.spec?.strategy?.type === 'Recreate' || replicas === 0) return { surge: 0, unavailable: 0 }
  const surge = scaled(update?.maxSurge ?? '25%', replicas, Math.ceil)
  const unavailable = scaled(update?.maxUnavailable ?? '25%', replicas, Math.floor)
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : Math.min(unavailable, replicas) }
}

function scaled(value: number | string, of: number, round: (n: number) => number): number {
  return typeof value === 'number' ? value : round((Number.parseInt(value, 10) * of) / 100)
}

export function maxReplicas(deployment: Deployment): number {
  return wanted(deployment) + rolloutBounds(deployment).surge
}

/** How many Pods the new ReplicaSet may have now (NewRSNewReplicas). */
export function newSetSize(deployment: Deployment, all: readonly ReplicaSet[], current: number): number {
  if (deployment.spec?.strategy?.type === 'Recreate') return wanted(deployment)
  const room = maxReplicas(deployment) - total(all, sizeOf)
  if (room <= 0) return current
  return current + Math.max(0, Math.min(room, wanted(deployment) - current))
}

/**
 * Old Pods that can go while enough stay available; unhealthy ones first (reconcileOldReplicaSets,
 * cleanupUnhealthyReplicas). A ReplicaSet that still counts Pods of a larger size is waited for.
 */
export function planScaleDown(
  deployment: Deployment,
  fresh: ReplicaSet,
  old: readonly ReplicaSet[],
): readonly Resize[] {
  const all = [...old, fresh]
  const minimumAvailable = wanted(deployment) - rolloutBounds(deployment).unavailable
  const newUnavailable = sizeOf(fresh) - availableOf(fresh)
  const most = total(all, sizeOf) - minimumAvailable - newUnavailable
  if (most <= 0) return []
  // Upstream refuses with an error here, and looks again once the ReplicaSet has told what is left of it.
  if (old.some((set) => sizeOf(set) > 0 && sizeOf(set) < availableOf(set))) return []
  const sizes = new Map(old.map((set) => [set, sizeOf(set)]))
  let cleaned = 0
  for (const set of [...old].sort(byAge)) {
    const unhealthy = Math.min(most - cleaned, sizeOf(set) - availableOf(set))
    if (unhealthy <= 0) continue
    sizes.set(set, sizeOf(set) - unhealthy)
    cleaned += unhealthy
  }
  let surplus = total(all, availableOf) - minimumAvailable
  for (const set of [...old].sort(byAge)) {
    const size = sizes.get(set) ?? 0
    const down = Math.min(size, surplus)
    if (down <= 0) continue
    sizes.set(set, size - down)
    surplus -= down
  }
  return changes(sizes)
}

/** Spreads a changed size over the ReplicaSets in proportion, when a rollout is under way (sync.go scale). */
export function planScale(
  deployment: Deployment,
  fresh: ReplicaSet | undefined,
  old: readonly ReplicaSet[],
): readonly Resize[] {
  const all = [...(fresh ? [fresh] : []), ...old]
  const active = all.filter((set) => sizeOf(set) > 0)
  const only =
    active.length === 1 ? active[0] : active.length === 0 ? (fresh ?? [...old].sort(byAge).at(-1)) : undefined
  if (only) return changes(new Map([[only, wanted(deployment)]]))
  if (fresh && isSaturated(deployment, fresh)) return changes(new Map(old.map((set) => [set, 0])))
  if (deployment.spec?.strategy?.type === 'Recreate') return []
  return planProportions(deployment, active)
}

function planProportions(deployment: Deployment, active: readonly ReplicaSet[]): readonly Resize[] {
  const allowed = wanted(deployment) > 0 ? maxReplicas(deployment) : 0
  const difference = allowed - total(active, sizeOf)
  const sorted = [...active].sort((a, b) => sizeOf(b) - sizeOf(a) || (difference > 0 ? byAge(b, a) : byAge(a, b)))
  const sizes = new Map<ReplicaSet, number>()
  let added = 0
  for (const set of sorted) {
    const share = difference === 0 ? 0 : fraction(deployment, set, difference, added)
    sizes.set(set, sizeOf(set) + share)
    added += share
  }
  const [largest] = sorted
  if (largest) sizes.set(largest, Math.max(0, (sizes.get(largest) ?? 0) + difference - added))
  return changes(sizes)
}

function fraction(deployment: Deployment, set: ReplicaSet, difference: number, added: number): number {
  const before = Number(annotationsOf(set)[maxReplicasAnnotation] ?? 0) || (deployment.status?.replicas ?? sizeOf(set))
  const allowed = wanted(deployment) > 0 ? maxReplicas(deployment) : 0
  const share = before === 0 ? 0 : Math.round((sizeOf(set) * allowed) / before) - sizeOf(set)
  const left = difference - added
  return difference > 0 ? Math.max(0, Math.min(share, left)) : Math.min(0, Math.max(share, left))
}

/** The new ReplicaSet alone has all that is wanted, and all of it serves. */
export function isSaturated(deployment: Deployment, set: ReplicaSet): boolean {
  const desired = Number(annotationsOf(set)[desiredReplicasAnnotation] ?? -1)
  return sizeOf(set) === wanted(deployment) && desired === wanted(deployment) && availableOf(set) === wanted(deployment)
}

/** Old, empty ReplicaSets beyond revisionHistoryLimit, oldest revision first (cleanupDeployment). */
export function planCleanup(deployment: Deployment, old: readonly ReplicaSet[]): readonly ReplicaSet[] {
  const surplus = old.length - (deployment.spec?.revisionHistoryLimit ?? 10)
  if (surplus <= 0) return []
  const unused = (set: ReplicaSet) => sizeOf(set) === 0 && (set.status?.replicas ?? 0) === 0 && !isDeleting(set)
  return [...old]
    .sort((a, b) => revisionOf(a) - revisionOf(b) || byAge(a, b))
    .slice(0, surplus)
    .filter(unused)
}

function changes(sizes: ReadonlyMap<ReplicaSet, number>): readonly Resize[] {
  return [...sizes].filter(([set, size]) => sizeOf(set) !== size).map(([set, replicas]) => ({ set, replicas }))
}
