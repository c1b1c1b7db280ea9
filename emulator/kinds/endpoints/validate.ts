import type { FieldError } from '../../api/field.ts'
import type { Endpoints } from '../../generated/types.ts'

/** Field errors of Endpoints (upstream: pkg/apis/core/validation ValidateEndpoints). */
export function validateEndpoints(_object: Endpoints): readonly FieldError[] {
  return []
}
