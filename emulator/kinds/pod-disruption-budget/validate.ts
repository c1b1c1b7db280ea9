import { type FieldError, field } from '../../api/field.ts'
import type { PodDisruptionBudget, PodDisruptionBudgetSpec } from '../../generated/types.ts'
import { beyondWholeErrors, intOrPercentErrors } from '../validation/numbers.ts'
import { labelSelectorErrors } from '../validation/selectors.ts'

const EVICTION_POLICIES = ['AlwaysAllow', 'IfHealthyBudget']

/** Everything that can be wrong with a budget (upstream: pkg/apis/policy/validation ValidatePodDisruptionBudgetSpec). */
export function validatePodDisruptionBudget({ spec = {} }: PodDisruptionBudget): readonly FieldError[] {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy: policy } = spec
  const errors: FieldError[] = []
  if (minAvailable !== undefined && maxUnavailable !== undefined)
    errors.push(field.invalid('spec', internalSpec(spec), 'minAvailable and maxUnavailable cannot be both set'))
  return [
    ...errors,
    ...boundErrors('spec.minAvailable', minAvailable),
    ...boundErrors('spec.maxUnavailable', maxUnavailable),
    ...(selector ? labelSelectorErrors('spec.selector', selector) : []),
    ...(policy !== undefined && !EVICTION_POLICIES.includes(policy)
      ? [field.notSupported('spec.unhealthyPodEvictionPolicy', policy, EVICTION_POLICIES)]
      : []),
  ]
}

/** The spec as the API server prints its own form of it. */
const internalSpec = ({
  minAvailable,
  maxUnavailable,
  selector,
  unhealthyPodEvictionPolicy,
}: PodDisruptionBudgetSpec) => ({
  MinAvailable: minAvailable ?? null,
  Selector: selector ?? null,
  MaxUnavailable: maxUnavailable ?? null,
  UnhealthyPodEvictionPolicy: unhealthyPodEvictionPolicy ?? null,
})

const boundErrors = (path: string, value: number | string | undefined): readonly FieldError[] => [
  ...intOrPercentErrors(path, value),
  ...beyondWholeErrors(path, value),
]
