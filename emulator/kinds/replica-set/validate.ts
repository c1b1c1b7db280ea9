import type { FieldError } from '../../api/field.ts'
import type { ReplicaSet } from '../../generated/types.ts'
import { nonNegativeErrors } from '../validation/numbers.ts'
import { selectorChangeErrors, selectorErrors, templateErrors } from '../workload/validate.ts'

/** Everything that can be wrong with a ReplicaSet (upstream: pkg/apis/apps/validation ValidateReplicaSet). */
export function validateReplicaSet({ spec }: ReplicaSet, old: ReplicaSet | undefined): readonly FieldError[] {
  return [
    ...nonNegativeErrors('spec.replicas', spec?.replicas),
    ...nonNegativeErrors('spec.minReadySeconds', spec?.minReadySeconds),
    ...selectorErrors(spec?.selector),
    ...templateErrors(spec?.selector, spec?.template),
    ...(old ? selectorChangeErrors(spec?.selector, old.spec?.selector) : []),
  ]
}
