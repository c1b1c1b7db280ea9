import { type FieldError, field } from '../../api/field.ts'
import { dns1123SubdomainErrors } from '../../api/names.ts'
import type { TypedLocalObjectReference } from '../../generated/types.ts'
import { nameErrors } from '../validation/names.ts'

/** A reference to an object of any kind (upstream: networking/validation validateIngressTypedLocalObjectReference). */
export function objectReferenceErrors(
  path: string,
  { apiGroup, kind, name }: TypedLocalObjectReference,
): readonly FieldError[] {
  return [
    ...(apiGroup === undefined ? [] : nameErrors(`${path}.apiGroup`, apiGroup, dns1123SubdomainErrors)),
    ...(kind
      ? nameErrors(`${path}.kind`, kind, pathSegmentErrors)
      : [field.required(`${path}.kind`, 'kind is required')]),
    ...(name
      ? nameErrors(`${path}.name`, name, pathSegmentErrors)
      : [field.required(`${path}.name`, 'name is required')]),
  ]
}

/** What cannot stand in a URL path (upstream: apimachinery/pkg/api/validation/path IsValidPathSegmentName). */
function pathSegmentErrors(name: string): readonly string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`]
  return ['/', '%'].filter((sign) => name.includes(sign)).map((sign) => `may not contain '${sign}'`)
}
