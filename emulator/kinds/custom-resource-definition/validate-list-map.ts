import { type FieldError, field } from '../../api/field.ts'
import { itemsOf, propertyOf, type Schema } from '../../api/structural/schema.ts'

/** Lists whose items are told apart by keys (upstream: ValidateCustomResourceDefinitionOpenAPISchema, validateMapListKeysMapSet). */
export function listMapErrors(schema: Schema, path: string): readonly FieldError[] {
  const keys = schema['x-kubernetes-list-map-keys'] ?? []
  const type = schema['x-kubernetes-list-type']
  const at = `${path}.x-kubernetes-list-type`
  const detail = 'must be map if x-kubernetes-list-map-keys is non-empty'
  const errors: FieldError[] = []
  if (keys.length > 0 && type === undefined) errors.push(field.required(at, detail))
  else if (keys.length > 0 && type !== 'map') errors.push(field.invalid(at, type, detail))
  if (type === 'map') errors.push(...keyErrors(schema, keys, path))
  const items = itemsOf(schema)
  if ((type === 'map' || type === 'set') && items?.nullable)
    errors.push(field.forbidden(`${path}.items.nullable`, `cannot be nullable when x-kubernetes-list-type is ${type}`))
  return errors
}

function keyErrors(schema: Schema, keys: readonly string[], path: string): readonly FieldError[] {
  const at = `${path}.x-kubernetes-list-map-keys`
  const items = itemsOf(schema)
  const errors: FieldError[] = []
  if (keys.length === 0) errors.push(field.required(at, 'must not be empty if x-kubernetes-list-type is map'))
  if (!items) return [...errors, field.required(`${path}.items`, 'must have a schema if x-kubernetes-list-type is map')]
  if (items.type !== 'object')
    return [
      ...errors,
      field.invalid(
        `${path}.items.type`,
        items.type ?? '',
        "must be object if parent array's x-kubernetes-list-type is map",
      ),
    ]
  for (const key of keys) errors.push(...oneKeyErrors(items, key, keys, path))
  if (new Set(keys).size < keys.length) errors.push(field.invalid(at, keys, 'must not contain duplicate entries'))
  return errors
}

function oneKeyErrors(items: Schema, key: string, keys: readonly string[], path: string): readonly FieldError[] {
  const property = propertyOf(items, key)
  const at = `${path}.items.properties[${key}]`
  if (!property)
    return [field.invalid(`${path}.x-kubernetes-list-map-keys`, keys, 'entries must all be names of item properties')]
  const errors: FieldError[] = []
  if (property.type === 'array' || property.type === 'object')
    errors.push(
      field.invalid(
        `${at}.type`,
        items.type ?? '',
        "must be a scalar type if parent array's x-kubernetes-list-type is map",
      ),
    )
  if (!items.required?.includes(key) && property.default === undefined)
    errors.push(
      field.required(
        `${at}.default`,
        'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property',
      ),
    )
  if (property.nullable)
    errors.push(
      field.forbidden(`${at}.nullable`, 'this property is in x-kubernetes-list-map-keys, so it cannot be nullable'),
    )
  return errors
}
