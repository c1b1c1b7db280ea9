import { type FieldError, field } from '../../api/field.ts'
import { dns1123LabelErrors } from '../../api/names.ts'
import type { IngressClass, IngressClassParametersReference } from '../../generated/types.ts'
import { objectReferenceErrors } from '../ingress/reference.ts'
import { domainPathErrors } from '../validation/domain-path.ts'
import { nameErrors } from '../validation/names.ts'

const SCOPES = ['Cluster', 'Namespace']
const MAX_CONTROLLER = 250

/** Everything that can be wrong with an IngressClass (upstream: pkg/apis/networking/validation ValidateIngressClass). */
export function validateIngressClass(
  { spec = {} }: IngressClass,
  old: IngressClass | undefined,
): readonly FieldError[] {
  const { controller = '', parameters } = spec
  const changed = old !== undefined && (old.spec?.controller ?? '') !== controller
  return [
    ...(changed ? [field.invalid('spec.controller', controller, 'field is immutable')] : []),
    ...(controller.length > MAX_CONTROLLER ? [field.tooLong('spec.controller', MAX_CONTROLLER)] : []),
    ...domainPathErrors('spec.controller', controller),
    ...(parameters ? parametersErrors('spec.parameters', parameters) : []),
  ]
}

function parametersErrors(path: string, parameters: IngressClassParametersReference): readonly FieldError[] {
  const { scope, namespace } = parameters
  const errors = [...objectReferenceErrors(path, parameters)]
  if (scope === undefined) return [...errors, field.required(`${path}.scope`)]
  if (!SCOPES.includes(scope)) return [...errors, field.notSupported(`${path}.scope`, scope, SCOPES)]
  if (scope === 'Cluster')
    return namespace === undefined
      ? errors
      : [...errors, field.forbidden(`${path}.namespace`, "`parameters.scope` is set to 'Cluster'")]
  if (namespace === undefined)
    return [...errors, field.required(`${path}.namespace`, "`parameters.scope` is set to 'Namespace'")]
  return [...errors, ...nameErrors(`${path}.namespace`, namespace, dns1123LabelErrors)]
}
