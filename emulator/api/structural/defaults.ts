/** Fills in a schema's defaults (upstream: apiextensions-apiserver/pkg/apiserver/schema/defaulting). */
import { isRecord } from '../json.ts'
import { itemsOf, type Json, propertyOf, type Schema, valuesOf } from './schema.ts'

/** The value with its defaults and without the nulls that its schema does not allow; the same value where nothing is to do. */
export function withDefaults(schema: Schema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = itemsOf(schema)
    if (!items) return value
    const filled = value.map((item) => withDefaults(items, item))
    return filled.some((item, index) => item !== value[index]) ? filled : value
  }
  return isRecord(value) ? defaultObject(schema, value) : value
}

function defaultObject(schema: Schema, object: Json): Json {
  const filled = new Map<string, unknown>()
  let changed = false
  for (const [name, value] of Object.entries(object)) {
    const own = propertyOf(schema, name) ?? valuesOf(schema)
    if (value === null && own && !own.nullable && propertyOf(schema, name)) {
      changed = true
      if (own.default === undefined || own.default === null) continue
      filled.set(name, withDefaults(own, own.default))
      continue
    }
    const inner = own ? withDefaults(own, value) : value
    changed ||= inner !== value
    filled.set(name, inner)
  }
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (property.default === undefined || filled.has(name)) continue
    changed = true
    filled.set(name, withDefaults(property, property.default))
  }
  return changed ? Object.fromEntries(filled) : object
}
