import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import { configMapKeyErrors } from '../../api/names.ts'
import type { Secret } from '../../generated/types.ts'
import { MAX_DATA_BYTES } from '../config-map/validate.ts'
import { base64Length } from '../format/base64.ts'
import { byBytes } from '../format/labels.ts'
import { nameErrors } from '../validation/names.ts'

/** Keys that a type of Secret must have. */
const REQUIRED_KEYS = new Map([
  ['kubernetes.io/dockercfg', ['.dockercfg']],
  ['kubernetes.io/dockerconfigjson', ['.dockerconfigjson']],
  ['kubernetes.io/ssh-auth', ['ssh-privatekey']],
  ['kubernetes.io/tls', ['tls.crt', 'tls.key']],
])

const ACCOUNT = 'kubernetes.io/service-account.name'

/** Everything that can be wrong with a Secret (upstream: pkg/apis/core/validation ValidateSecret, ValidateSecretUpdate). */
export function validateSecret(secret: Secret, old: Secret | undefined): readonly FieldError[] {
  const { type = '', data = {} } = secret
  const errors: FieldError[] = old ? updateErrors(secret, old) : []
  const entries = Object.entries(data).sort(([a], [b]) => byBytes(a, b))
  for (const [key] of entries) errors.push(...nameErrors(`data[${key}]`, key, configMapKeyErrors))
  if (entries.reduce((size, [, value]) => size + base64Length(value), 0) > MAX_DATA_BYTES)
    errors.push(field.tooLong('data', MAX_DATA_BYTES))
  if (type === 'kubernetes.io/service-account-token' && !secret.metadata?.annotations?.[ACCOUNT])
    errors.push(field.required(`metadata.annotations[${ACCOUNT}]`))
  for (const key of REQUIRED_KEYS.get(type) ?? [])
    if (!Object.hasOwn(data, key)) errors.push(field.required(`data[${key}]`))
  if (type === 'kubernetes.io/basic-auth' && !Object.hasOwn(data, 'username') && !Object.hasOwn(data, 'password')) {
    errors.push(field.required('data[username]'), field.required('data[password]'))
  }
  return errors
}

function updateErrors(secret: Secret, old: Secret): FieldError[] {
  const errors: FieldError[] = []
  if (secret.type !== old.type) errors.push(field.invalid('type', secret.type, 'field is immutable'))
  if (!old.immutable) return errors
  const detail = 'field is immutable when `immutable` is set'
  if (!secret.immutable) errors.push(field.forbidden('immutable', detail))
  if (!jsonEqual(secret.data ?? {}, old.data ?? {})) errors.push(field.forbidden('data', detail))
  return errors
}
