import { type FieldError, field } from '../../api/field.ts'
import type { DaemonSet, DaemonSetUpdateStrategy, RollingUpdateDaemonSet } from '../../generated/types.ts'
import { beyondWholeErrors, intOrPercentErrors, intOrPercentValue, nonNegativeErrors } from '../validation/numbers.ts'
import { labelSelectorErrors } from '../validation/selectors.ts'
import {
  emptySelectorErrors,
  internalStrategy,
  mismatchErrors,
  runningErrors,
  selectorChangeErrors,
} from '../workload/validate.ts'

/** Everything that can be wrong with a DaemonSet (upstream: pkg/apis/apps/validation ValidateDaemonSet). */
export function validateDaemonSet({ spec }: DaemonSet, old: DaemonSet | undefined): readonly FieldError[] {
  const { selector, template } = spec ?? {}
  const malformed = selector ? labelSelectorErrors('spec.selector', selector) : []
  return [
    ...malformed,
    ...(malformed.length === 0 ? mismatchErrors(selector, template) : []),
    ...emptySelectorErrors(selector, 'daemonset'),
    ...runningErrors(template, 'DaemonSet'),
    ...nonNegativeErrors('spec.minReadySeconds', spec?.minReadySeconds),
    ...strategyErrors('spec.updateStrategy', spec?.updateStrategy ?? {}),
    ...nonNegativeErrors('spec.revisionHistoryLimit', spec?.revisionHistoryLimit),
    ...(old ? selectorChangeErrors(selector, old.spec?.selector) : []),
  ]
}

function strategyErrors(path: string, strategy: DaemonSetUpdateStrategy): readonly FieldError[] {
  const { type, rollingUpdate } = strategy
  if (type === 'OnDelete') return []
  if (type !== 'RollingUpdate')
    return [field.notSupported(path, internalStrategy(strategy), ['RollingUpdate', 'OnDelete'])]
  const at = `${path}.rollingUpdate`
  return rollingUpdate ? rollingErrors(at, rollingUpdate) : [field.required(at)]
}

/** One of the two says how Pods are replaced: by surplus Pods, or by missing ones. */
function rollingErrors(path: string, { maxUnavailable, maxSurge }: RollingUpdateDaemonSet): readonly FieldError[] {
  const [unavailable, surge] = [intOrPercentValue(maxUnavailable) !== 0, intOrPercentValue(maxSurge) !== 0]
  return [
    ...intOrPercentErrors(`${path}.maxUnavailable`, maxUnavailable),
    ...intOrPercentErrors(`${path}.maxSurge`, maxSurge),
    ...beyondWholeErrors(`${path}.maxUnavailable`, maxUnavailable),
    ...beyondWholeErrors(`${path}.maxSurge`, maxSurge),
    ...(unavailable && surge
      ? [field.invalid(`${path}.maxSurge`, maxSurge, 'may not be set when maxUnavailable is non-zero')]
      : []),
    ...(unavailable || surge ? [] : [field.required(`${path}.maxUnavailable`, 'cannot be 0 when maxSurge is 0')]),
  ]
}
