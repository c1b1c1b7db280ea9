import { decodeBase64 } from '../../api/base64.ts'
import { type FieldError, field } from '../../api/field.ts'
import { parseJson } from '../../api/go-json.ts'
import { isRecord, jsonEqual } from '../../api/json.ts'
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
    if (!Object.hasOwn(data, key) || (key === 'ssh-privatekey' && !data[key]))
      errors.push(field.required(`data[${key}]`))
    else if (key.startsWith('.docker')) errors.push(...jsonErrors(`data[${key}]`, data[key] ?? ''))
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

/** Credentials of registries are JSON objects; what they hold is not shown. */
function jsonErrors(path: string, encoded: string): readonly FieldError[] {
  const parsed = parseJson(decodeBase64(encoded) ?? '')
  const refuse = (why: string) => [field.invalid(path, '<secret contents redacted>', why)]
  if (!parsed.ok) return refuse(parsed.message)
  if (isRecord(parsed.value)) return []
  const kind = Array.isArray(parsed.value) ? 'array' : typeof parsed.value
  return refuse(`json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`)
}
