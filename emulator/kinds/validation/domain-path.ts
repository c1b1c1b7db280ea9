import { type FieldError, field } from '../../api/field.ts'
import { dns1123SubdomainErrors, urlPathErrors } from '../../api/names.ts'
import { nameErrors } from './names.ts'

/** `acme.io/foo` (upstream: util/validation IsDomainPrefixedPath). */
export function domainPathErrors(path: string, value: string): readonly FieldError[] {
  if (value === '') return [field.required(path)]
  const slash = value.indexOf('/')
  if (slash <= 0 || slash === value.length - 1)
    return [field.invalid(path, value, 'must be a domain-prefixed path (such as "acme.io/foo")')]
  return [
    ...nameErrors(path, value.slice(0, slash), dns1123SubdomainErrors),
    ...nameErrors(path, value.slice(slash + 1), urlPathErrors),
  ]
}
