/** Lists that are sets or maps hold nothing twice (upstream: apiextensions-apiserver/pkg/apiserver/schema/listtype). */
import { type FieldError, field } from '../field.ts'
import { isRecord } from '../json.ts'
import { childPath, itemsOf, propertyOf, type Schema, valuesOf } from './schema.ts'

/** One error for each item that repeats an earlier one. */
export function listTypeErrors(schema: Schema, value: unknown, path = ''): readonly FieldError[] {
  if (Array.isArray(value)) {
    const items = itemsOf(schema)
    return [
      ...duplicates(schema, value, path),
      ...(items ? value.flatMap((item, index) => listTypeErrors(items, item, `${path}[${index}]`)) : []),
    ]
  }
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const own = propertyOf(schema, name)
    if (own) return listTypeErrors(own, inner, childPath(path, name))
    const values = valuesOf(schema)
    return values ? listTypeErrors(values, inner, `${path}[${name}]`) : []
  })
}

function duplicates(schema: Schema, list: readonly unknown[], path: string): readonly FieldError[] {
  const type = schema['x-kubernetes-list-type']
  if (type !== 'set' && type !== 'map') return []
  const seen = new Set<string>()
  return list.flatMap((item, index) => {
    const key = type === 'set' ? item : keyOf(schema, item)
    const text = JSON.stringify(key) ?? ''
    if (seen.has(text)) return [field.duplicate(`${path}[${index}]`, key)]
    seen.add(text)
    return []
  })
}

/** The fields of an item that tell it apart, as the error shows them. */
export function keyOf(schema: Schema, item: unknown): Readonly<Record<string, unknown>> {
  const keys = [...(schema['x-kubernetes-list-map-keys'] ?? [])].sort()
  return Object.fromEntries(
    keys.flatMap((name) => (isRecord(item) && item[name] !== undefined ? [[name, item[name]]] : [])),
  )
}
