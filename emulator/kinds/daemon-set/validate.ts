import { type FieldError, field } from '../../api/field.ts'
import type { DaemonSet, RollingUpdateDaemonSet } from '../../generated/types.ts'
import { intOrPercentErrors, nonNegativeErrors } from '../validation/numbers.ts'
import { selectorChangeErrors, selectorErrors, templateErrors } from '../workload/validate.ts'

/** Everything that can be wrong with a DaemonSet (upstream: pkg/apis/apps/validation ValidateDaemonSet). */
export function validateDaemonSet({ spec }: DaemonSet, old: DaemonSet | undefined): readonly FieldError[] {
  const { type, rollingUpdate } = spec?.updateStrategy ?? {}
  const path = 'spec.updateStrategy'
  return [
    ...selectorErrors(spec?.selector, 'daemonset'),
    ...templateErrors(spec?.selector, spec?.template, 'DaemonSet'),
    ...nonNegativeErrors('spec.minReadySeconds', spec?.minReadySeconds),
    ...(type === 'RollingUpdate' || type === 'OnDelete'
      ? []
      : [field.notSupported(`${path}.type`, type, ['RollingUpdate', 'OnDelete'])]),
    ...(rollingUpdate ? rollingErrors(`${path}.rollingUpdate`, rollingUpdate) : []),
    ...nonNegativeErrors('spec.revisionHistoryLimit', spec?.revisionHistoryLimit),
    ...(old ? selectorChangeErrors(spec?.selector, old.spec?.selector) : []),
  ]
}

/** One of the two says how Pods are replaced: by surplus Pods, or by missing ones. */
function rollingErrors(path: string, { maxUnavailable, maxSurge }: RollingUpdateDaemonSet): readonly FieldError[] {
  const given = (value: number | string | undefined) => Number.parseInt(String(value ?? 0), 10) > 0
  const [unavailable, surge] = [given(maxUnavailable), given(maxSurge)]
  return [
    ...intOrPercentErrors(`${path}.maxUnavailable`, maxUnavailable),
    ...intOrPercentErrors(`${path}.maxSurge`, maxSurge),
    ...(unavailable && surge
      ? [field.invalid(`${path}.maxSurge`, maxSurge, 'may not be set when maxUnavailable is non-zero')]
      : []),
    ...(unavailable || surge ? [] : [field.required(`${path}.maxUnavailable`, 'cannot be 0 when maxSurge is 0')]),
  ]
}
