import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import { qualifiedNameErrors } from '../../api/names.ts'
import type { StorageClass } from '../../generated/types.ts'
import { nameErrors } from '../validation/names.ts'

const RECLAIM_POLICIES = ['Delete', 'Retain']
const BINDING_MODES = ['Immediate', 'WaitForFirstConsumer']

/** Everything that can be wrong with a StorageClass (upstream: pkg/apis/storage/validation ValidateStorageClass and its update). */
export function validateStorageClass(object: StorageClass, old: StorageClass | undefined): readonly FieldError[] {
  const { provisioner, parameters, reclaimPolicy = '', volumeBindingMode = '' } = object
  return [
    ...(provisioner
      ? nameErrors('provisioner', provisioner.toLowerCase(), qualifiedNameErrors)
      : [field.required('provisioner')]),
    ...(Object.keys(parameters ?? {}).includes('')
      ? [field.invalid('parameters', '', 'field must not be empty.')]
      : []),
    ...(reclaimPolicy !== '' && !RECLAIM_POLICIES.includes(reclaimPolicy)
      ? [field.notSupported('reclaimPolicy', reclaimPolicy, RECLAIM_POLICIES)]
      : []),
    ...(BINDING_MODES.includes(volumeBindingMode)
      ? []
      : [field.notSupported('volumeBindingMode', volumeBindingMode, BINDING_MODES)]),
    ...(old ? updateErrors(object, old) : []),
  ]
}

function updateErrors(object: StorageClass, old: StorageClass): readonly FieldError[] {
  const forbidden = (name: 'parameters' | 'provisioner' | 'reclaimPolicy') =>
    jsonEqual(object[name], old[name]) ? [] : [field.forbidden(name, `updates to ${name} are forbidden.`)]
  return [
    ...forbidden('parameters'),
    ...forbidden('provisioner'),
    ...forbidden('reclaimPolicy'),
    ...(object.volumeBindingMode === old.volumeBindingMode
      ? []
      : [field.invalid('volumeBindingMode', object.volumeBindingMode, 'field is immutable')]),
  ]
}
