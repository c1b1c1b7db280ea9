import { timestamp } from '../api/age.ts'
import type { ObjectClient } from '../api/client.ts'
import { forbidden, serverError, tooManyRequests } from '../api/errors.ts'
import { isRecord } from '../api/json.ts'
import type { SubresourceHandler } from '../api/subresource.ts'
import { budgetsFor } from '../controllers/disruption.ts'
import { withDisruptionTarget } from '../controllers/disruption-target.ts'
import { nameOf } from '../controllers/metadata.ts'
import { isPodFinished, isPodReady } from '../controllers/pods.ts'
import type { Pod, PodDisruptionBudget } from '../generated/types.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { podDisruptionBudget as budgetKind } from '../kinds/pod-disruption-budget.ts'

/** Deletes a Pod if its budget can spare it (upstream: pkg/registry/core/pod/storage/eviction.go). */
export const evictionHandler: SubresourceHandler = {
  resource: 'pods',
  subresource: 'eviction',
  methods: ['POST'],
  speaks: { group: 'policy', version: 'v1', kind: 'Eviction' },
  handle({ object, objects, namespace, name, body, dryRun, now }) {
    const options = isRecord(body) && isRecord(body.deleteOptions) ? body.deleteOptions : {}
    const grace = options.gracePeriodSeconds
    const isDryRun = dryRun || (Array.isArray(options.dryRun) && options.dryRun.includes('All'))
    spend(object, objects, isDryRun, now)
    if (!isDryRun) {
      objects.updateStatus(
        podKind,
        withDisruptionTarget(object, 'EvictionByEvictionAPI', 'Eviction API: evicting', now),
      )
      objects.delete(podKind, namespace, name, typeof grace === 'number' ? { gracePeriodSeconds: grace } : {})
    }
    return { status: 201, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } }
  },
}

/** Takes one from the budget, or throws. A Pod that does not run, or is going, costs nothing. */
function spend(pod: Pod, objects: ObjectClient, dryRun: boolean, now: number): void {
  const free = isPodFinished(pod) || pod.status?.phase === 'Pending' || pod.metadata?.deletionTimestamp !== undefined
  const budgets = free ? [] : budgetsFor(pod, objects)
  if (budgets.length > 1)
    throw serverError(
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    )
  const [budget] = budgets
  if (!budget) return
  const { currentHealthy = 0, desiredHealthy = 0 } = budget.status ?? {}
  const policy = budget.spec?.unhealthyPodEvictionPolicy ?? 'IfHealthyBudget'
  const healthyEnough = policy === 'AlwaysAllow' || (currentHealthy >= desiredHealthy && desiredHealthy > 0)
  if (!isPodReady(pod) && healthyEnough) return
  const left = checkBudget(budget)
  if (dryRun) return
  const disruptedPods = { ...budget.status?.disruptedPods, [nameOf(pod)]: timestamp(now) }
  objects.updateStatus(budgetKind, {
    ...budget,
    status: { ...budget.status, disruptionsAllowed: left - 1, disruptedPods },
  })
}

function checkBudget(budget: PodDisruptionBudget): number {
  const { observedGeneration = 0, disruptionsAllowed = 0, desiredHealthy = 0, currentHealthy = 0 } = budget.status ?? {}
  const refused = (message: string) =>
    tooManyRequests("Cannot evict pod as it would violate the pod's disruption budget.", [
      { reason: 'DisruptionBudget', message },
    ])
  if (observedGeneration < (budget.metadata?.generation ?? 0))
    throw refused(`The disruption budget ${nameOf(budget)} is still being processed by the server.`)
  if (disruptionsAllowed < 0) throw forbidden(budgetKind, nameOf(budget), 'pdb disruptions allowed is negative')
  if (disruptionsAllowed === 0)
    throw refused(
      `The disruption budget ${nameOf(budget)} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`,
    )
  return disruptionsAllowed
}
