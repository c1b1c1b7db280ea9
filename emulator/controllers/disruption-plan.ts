/** How many Pods a budget can spare, without a cluster (upstream: pkg/controller/disruption/disruption.go). */
import { timestamp } from '../api/age.ts'
import type { Condition, Pod, PodDisruptionBudget, PodDisruptionBudgetStatus } from '../generated/types.ts'
import { isDeleting, nameOf } from './metadata.ts'
import { isPodReady } from './pods.ts'

/** How long an eviction that was granted counts before its Pod is seen going. */
const DELETION_TIMEOUT_MS = 120_000

/** A share of `total`, rounded up as upstream does. */
function scaled(bound: number | string, total: number): number {
  return typeof bound === 'number' ? bound : Math.ceil((Number(bound.replace('%', '')) * total) / 100)
}

/** The status that these Pods amount to. `controlled` is how many their controllers want, counted once each. */
export function disruptionStatus(
  budget: PodDisruptionBudget,
  pods: readonly Pod[],
  controlled: number,
  now: number,
): PodDisruptionBudgetStatus {
  const { minAvailable, maxUnavailable } = budget.spec ?? {}
  const counted = typeof minAvailable === 'number' ? pods.length : controlled
  const spared = maxUnavailable === undefined ? undefined : counted - scaled(maxUnavailable, counted)
  const wanted = spared ?? scaled(minAvailable ?? 0, counted)
  const desiredHealthy = Math.max(0, wanted)
  const disruptedPods = Object.fromEntries(
    Object.entries(budget.status?.disruptedPods ?? {}).filter(([name, since]) => {
      const pod = pods.find((each) => nameOf(each) === name)
      return pod !== undefined && !isDeleting(pod) && Date.parse(since) + DELETION_TIMEOUT_MS > now
    }),
  )
  const healthy = pods.filter(
    (pod) => isPodReady(pod) && !isDeleting(pod) && !Object.hasOwn(disruptedPods, nameOf(pod)),
  )
  const allowed = counted <= 0 ? 0 : Math.max(0, healthy.length - desiredHealthy)
  return {
    conditions: [allowedCondition(budget, allowed, now)],
    currentHealthy: healthy.length,
    desiredHealthy,
    ...(Object.keys(disruptedPods).length > 0 && { disruptedPods }),
    disruptionsAllowed: allowed,
    expectedPods: counted,
    ...(budget.metadata?.generation !== undefined && { observedGeneration: budget.metadata.generation }),
  }
}

function allowedCondition({ metadata, status }: PodDisruptionBudget, allowed: number, now: number): Condition {
  const [value, reason] = allowed > 0 ? ['True', 'SufficientPods'] : ['False', 'InsufficientPods']
  const old = status?.conditions?.find(({ type }) => type === 'DisruptionAllowed')
  return {
    type: 'DisruptionAllowed',
    status: value,
    reason,
    message: '',
    lastTransitionTime: old?.status === value ? old.lastTransitionTime : timestamp(now),
    ...(metadata?.generation !== undefined && { observedGeneration: metadata.generation }),
  }
}
