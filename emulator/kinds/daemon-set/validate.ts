import { type FieldError, field } from '../../api/field.ts'
import type { DaemonSet } from '../../generated/types.ts'
import { intOrPercentErrors, nonNegativeErrors } from '../validation/numbers.ts'
import { selectorChangeErrors, selectorErrors, templateErrors } from '../workload/validate.ts'

/** Everything that can be wrong with a DaemonSet (upstream: pkg/apis/apps/validation ValidateDaemonSet). */
export function validateDaemonSet({ spec }: DaemonSet, old: DaemonSet | undefined): readonly FieldError[] {
  const { type, rollingUpdate } = spec?.updateStrategy ?? {}
  const path = 'spec.updateStrategy'
  return [
    ...selectorErrors(spec?.selector, 'daemonset'),
    ...templateErrors(spec?.selector, spec?.template),
    ...nonNegativeErrors('spec.minReadySeconds', spec?.minReadySeconds),
    ...(type === 'RollingUpdate' || type === 'OnDelete'
      ? []
      : [field.notSupported(`${path}.type`, type, ['RollingUpdate', 'OnDelete'])]),
    ...intOrPercentErrors(`${path}.rollingUpdate.maxUnavailable`, rollingUpdate?.maxUnavailable),
    ...intOrPercentErrors(`${path}.rollingUpdate.maxSurge`, rollingUpdate?.maxSurge),
    ...nonNegativeErrors('spec.revisionHistoryLimit', spec?.revisionHistoryLimit),
    ...(old ? selectorChangeErrors(spec?.selector, old.spec?.selector) : []),
  ]
}
