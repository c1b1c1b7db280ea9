/** Leaves out what a schema does not declare (upstream: apiextensions-apiserver/pkg/apiserver/schema/pruning). */
import { isRecord } from '../json.ts'
import {
  childPath,
  isEmbedded,
  isMap,
  itemsOf,
  type Json,
  keepsUnknown,
  propertyOf,
  type Schema,
  valuesOf,
} from './schema.ts'

const OBJECT_FIELDS = ['apiVersion', 'kind', 'metadata']

/** The object with nothing but what the schema knows; the paths of what went are added to `unknown`. */
export function prune(schema: Schema, object: Json, unknown: string[]): Json {
  return pruneObject(schema, object, '', unknown, OBJECT_FIELDS, false)
}

function pruneValue(
  schema: Schema | undefined,
  value: unknown,
  path: string,
  unknown: string[],
  kept: boolean,
): unknown {
  const keeps = kept || (schema !== undefined && keepsUnknown(schema))
  if (Array.isArray(value)) {
    const items = schema && itemsOf(schema)
    return value.map((item, index) => pruneValue(items, item, `${path}[${index}]`, unknown, keeps))
  }
  if (!isRecord(value)) return value
  const own = schema && isEmbedded(schema) ? OBJECT_FIELDS : []
  return schema
    ? pruneObject(schema, value, path, unknown, own, kept)
    : kept
      ? value
      : pruneObject({}, value, path, unknown, own, kept)
}

function pruneObject(
  schema: Schema,
  object: Json,
  path: string,
  unknown: string[],
  own: readonly string[],
  kept: boolean,
): Json {
  const keeps = kept || keepsUnknown(schema)
  const left: [string, unknown][] = []
  for (const [name, value] of Object.entries(object)) {
    const at = childPath(path, name)
    const property = propertyOf(schema, name)
    if (own.includes(name)) left.push([name, value])
    else if (property) left.push([name, pruneValue(property, value, at, unknown, kept && !property)])
    else if (isMap(schema)) {
      const values = valuesOf(schema)
      left.push([name, values ? pruneValue(values, value, at, unknown, false) : value])
    } else if (keeps) left.push([name, value])
    else unknown.push(at)
  }
  return Object.fromEntries(left)
}
