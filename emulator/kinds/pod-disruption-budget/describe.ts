import type { DescribeContext } from '../../api/kind.ts'
import type { PodDisruptionBudget } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { nameLines } from '../describe/lines.ts'
import { labelSelectorText } from '../format/labels.ts'

/** `kubectl describe pdb` (upstream: k8s.io/kubectl/pkg/describe/describe.go describePodDisruptionBudgetV1). */
export function describePodDisruptionBudget(budget: PodDisruptionBudget, context: DescribeContext): readonly string[] {
  const { minAvailable, maxUnavailable, selector } = budget.spec ?? {}
  const { disruptionsAllowed = 0, currentHealthy = 0, desiredHealthy = 0, expectedPods = 0 } = budget.status ?? {}
  const bound =
    minAvailable !== undefined
      ? [`Min available:\t${minAvailable}`]
      : maxUnavailable !== undefined
        ? [`Max unavailable:\t${maxUnavailable}`]
        : []
  return [
    ...nameLines(budget),
    ...bound,
    `Selector:\t${selector ? labelSelectorText(selector) || '<none>' : '<unset>'}`,
    'Status:',
    `    Allowed disruptions:\t${disruptionsAllowed}`,
    `    Current:\t${currentHealthy}`,
    `    Desired:\t${desiredHealthy}`,
    `    Total:\t${expectedPods}`,
    ...eventLines('PodDisruptionBudget', budget, context),
  ]
}
