import { byteLength } from '../../api/byte-length.ts'
import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import { configMapKeyErrors } from '../../api/names.ts'
import type { ConfigMap } from '../../generated/types.ts'
import { base64Length } from '../format/base64.ts'
import { byBytes } from '../format/labels.ts'
import { nameErrors } from '../validation/names.ts'

export const MAX_DATA_BYTES = 1024 * 1024

/** Everything that can be wrong with a ConfigMap (upstream: pkg/apis/core/validation ValidateConfigMap, ValidateConfigMapUpdate). */
export function validateConfigMap(configMap: ConfigMap, old: ConfigMap | undefined): readonly FieldError[] {
  const { data = {}, binaryData = {} } = configMap
  const errors: FieldError[] = old?.immutable ? immutableErrors(configMap, old) : []
  let size = 0
  for (const [key, value] of sorted(data)) {
    errors.push(...nameErrors(`data[${key}]`, key, configMapKeyErrors))
    if (Object.hasOwn(binaryData, key))
      errors.push(field.invalid(`data[${key}]`, key, 'duplicate of key present in binaryData'))
    size += byteLength(value)
  }
  for (const [key, value] of sorted(binaryData)) {
    errors.push(...nameErrors(`binaryData[${key}]`, key, configMapKeyErrors))
    size += base64Length(value)
  }
  if (size > MAX_DATA_BYTES) errors.push(field.tooLong('[]', MAX_DATA_BYTES))
  return errors
}

function immutableErrors(configMap: ConfigMap, old: ConfigMap): FieldError[] {
  const fixed = (name: 'data' | 'binaryData'): readonly FieldError[] =>
    jsonEqual(configMap[name] ?? {}, old[name] ?? {})
      ? []
      : [field.forbidden(name, 'field is immutable when `immutable` is set')]
  return [
    ...(configMap.immutable ? [] : [field.forbidden('immutable', 'field is immutable when `immutable` is set')]),
    ...fixed('data'),
    ...fixed('binaryData'),
  ]
}

const sorted = (map: { readonly [key: string]: string }) => Object.entries(map).sort(([a], [b]) => byBytes(a, b))
