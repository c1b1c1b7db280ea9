import { type FieldError, field } from '../../api/field.ts'
import type { ReplicationController } from '../../generated/types.ts'
import { labelErrors } from '../validation/names.ts'
import { nonNegativeErrors } from '../validation/numbers.ts'
import { templateErrors } from '../workload/validate.ts'

/** Everything that can be wrong with one (upstream: pkg/apis/core/validation ValidateReplicationControllerSpec). */
export function validateReplicationController({ spec = {} }: ReplicationController): readonly FieldError[] {
  const { selector = {} } = spec
  const empty = Object.keys(selector).length === 0
  return [
    ...nonNegativeErrors('spec.minReadySeconds', spec.minReadySeconds),
    ...labelErrors('spec.selector', selector),
    ...(empty ? [field.required('spec.selector')] : []),
    ...nonNegativeErrors('spec.replicas', spec.replicas),
    ...templateErrors({ matchLabels: selector }, spec.template, 'ReplicationController'),
  ]
}
