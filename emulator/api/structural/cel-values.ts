/** JSON values as CEL sees them through their schema (upstream: apiextensions-apiserver/pkg/apiserver/schema/cel/values.go). */
import { isRecord } from '../json.ts'
import { isEmbedded, itemsOf, propertyOf, type Schema, valuesOf } from './schema.ts'

/** Words that CEL keeps for itself, and fields named so get underscores around them (upstream: apiserver/pkg/cel/escaping.go). */
const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
)
const SIGNS: readonly (readonly [string, string])[] = [
  ['__', '__underscores__'],
  ['.', '__dot__'],
  ['-', '__dash__'],
  ['/', '__slash__'],
]

/** The value for an expression; `root` objects also show their identity and name. */
export function celValue(schema: Schema, value: unknown, root: boolean): unknown {
  if (typeof value === 'number') return schema.type !== 'number' && Number.isInteger(value) ? BigInt(value) : value
  if (typeof value === 'string') return textValue(schema, value)
  if (Array.isArray(value)) return value.map((item) => celValue(itemsOf(schema) ?? {}, item, false))
  if (!isRecord(value)) return value ?? null
  const values = valuesOf(schema)
  const fields = Object.entries(value).flatMap(([name, inner]): readonly (readonly [string, unknown])[] => {
    const own = propertyOf(schema, name)
    if (inner === undefined) return []
    if (own && !(root && name === 'metadata')) return [[escaped(name), celValue(own, inner, isEmbedded(own))]]
    if (values) return [[name, celValue(values, inner, isEmbedded(values))]]
    if (root && name === 'metadata') return [[name, nameOf(inner)]]
    return root && (name === 'apiVersion' || name === 'kind') ? [[name, inner]] : []
  })
  return new Map(fields)
}

/** Dates are points in time to an expression. */
function textValue({ format }: Schema, text: string): unknown {
  if (format !== 'date-time' && format !== 'date') return text
  const time = Date.parse(text)
  return Number.isNaN(time) ? text : new Date(time)
}

function nameOf(metadata: unknown): ReadonlyMap<string, unknown> {
  const fields = isRecord(metadata) ? metadata : {}
  return new Map(['name', 'generateName'].flatMap((name) => (fields[name] ? [[name, fields[name]]] : [])))
}

/** A field's name as expressions write it. */
export function escaped(name: string): string {
  if (RESERVED.has(name)) return `__${name}__`
  return SIGNS.reduce((text, [sign, word]) => text.replaceAll(sign, word), name)
}
