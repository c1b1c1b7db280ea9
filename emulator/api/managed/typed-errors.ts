/** What an applied configuration gets wrong against the schema (upstream: structured-merge-diff/typed/validate.go). */
import { isQuantity } from '../go-types.ts'
import { isRecord } from '../json.ts'
import { type FieldSchema, fieldOf, innerOf, structureOf } from '../schema.ts'
import { pathText } from './field-set.ts'
import { itemKey } from './typed.ts'

/** All problems, each with the path of its field: `.spec.prts: field not declared in schema`. */
export function typedErrors(root: FieldSchema, value: unknown): readonly string[] {
  return check(root, value, [], false)
}

function check(field: FieldSchema, value: unknown, path: readonly string[], quantity: boolean): readonly string[] {
  const problem = (text: string): readonly string[] => [`${pathText(path)}: ${text}`]
  if (value === null || value === undefined) return []
  if (field.container === 'array') {
    if (!Array.isArray(value)) return problem(`expected list, got ${shown(value)}`)
    return [
      ...associativeErrors(field, value, problem),
      ...value.flatMap((item, index) =>
        check(innerOf(field), item, [...path, elementOf(field, item, index)], quantity),
      ),
    ]
  }
  if (field.container === 'map') {
    if (!isRecord(value)) return problem(`expected map, got ${shown(value)}`)
    return Object.entries(value).flatMap(([key, item]) => check(innerOf(field), item, [...path, `f:${key}`], quantity))
  }
  const model = structureOf(field)
  if (!model) return quantity ? [] : scalarErrors(field, value, problem)
  if (!isRecord(value)) return problem(`expected map, got ${shown(value)}`)
  return Object.entries(value).flatMap(([name, inner]) => {
    const own = fieldOf(model, name)
    const at = [...path, `f:${name}`]
    return own ? check(own, inner, at, isQuantity(field.type, name)) : [`${pathText(at)}: field not declared in schema`]
  })
}

/** Items of keyed lists and sets are told apart by their keys: each has one, and none twice. */
function associativeErrors(
  field: FieldSchema,
  items: readonly unknown[],
  problem: (text: string) => readonly string[],
): readonly string[] {
  const associative = field.listType === 'map' || field.listType === 'set'
  if (!associative) return []
  const seen = new Set<string>()
  return items.flatMap((item, index) => {
    const missing = field.listType === 'map' ? missingKey(field, item) : undefined
    if (missing !== undefined)
      return problem(
        `element ${index}: associative list with keys has an element that omits key field ${JSON.stringify(missing)} (and doesn't have default value)`,
      )
    const key = field.listType === 'map' ? itemKey(field, item) : `v:${JSON.stringify(item)}`
    const again = seen.has(key)
    seen.add(key)
    return again ? problem(`duplicate entries for key ${pathText([key])}`) : []
  })
}

function missingKey(field: FieldSchema, item: unknown): string | undefined {
  if (!isRecord(item)) return undefined
  const model = structureOf(innerOf(field))
  return (field.listMapKeys ?? []).find(
    (name) => item[name] === undefined && (model && fieldOf(model, name)?.default) === undefined,
  )
}

function scalarErrors(
  field: FieldSchema,
  value: unknown,
  problem: (text: string) => readonly string[],
): readonly string[] {
  if (field.type === 'number' && typeof value !== 'number')
    return problem(`expected numeric (int or float), got ${goKind(value)}`)
  if (field.type === 'string' && typeof value !== 'string')
    return problem(`expected string, got &value.valueUnstructured{Value:${shown(value)}}`)
  if (field.type === 'boolean' && typeof value !== 'boolean')
    return problem(`expected boolean, got &value.valueUnstructured{Value:${shown(value)}}`)
  return []
}

/** Items of keyed lists are named by their keys, others by their place. */
function elementOf(field: FieldSchema, item: unknown, index: number): string {
  return field.listType === 'map' ? itemKey(field, item) : `i:${index}`
}

const shown = (value: unknown): string => (typeof value === 'object' ? 'a structure' : JSON.stringify(value))

function goKind(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}'
  if (typeof value === 'boolean') return 'bool'
  return typeof value === 'string' ? 'string' : 'map[string]interface {}'
}
