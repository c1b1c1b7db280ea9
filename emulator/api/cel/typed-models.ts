/** Variables with the types of built-in kinds, from their models (upstream: apiserver/pkg/admission/plugin/policy/validating/typechecking.go). */
import type { Environment } from '@marcbachmann/cel-js'
import { type FieldSchema, innerOf, modelOf } from '../schema.ts'

const TIMES = new Map([
  ['date-time', 'google.protobuf.Timestamp'],
  ['micro-time', 'google.protobuf.Timestamp'],
])

/** The type of a model's objects in `environment`, which gets all that it reaches. Models within themselves are of any type. */
export function modelType(environment: Environment, field: FieldSchema): string {
  const known = new Map<string, string>()
  const typeOf = (one: FieldSchema): string => {
    if (one.container === 'array') return `list<${typeOf(innerOf(one))}>`
    if (one.container === 'map') return `map<string, ${typeOf(innerOf(one))}>`
    const model = modelOf(one.type)
    if (!model) return scalarOf(one)
    const existing = known.get(one.type)
    if (existing !== undefined) return existing
    known.set(one.type, 'dyn')
    const fields = Object.fromEntries(Object.entries(model.fields).map(([name, inner]) => [name, typeOf(inner)]))
    const type = `Model${one.type}`
    environment.registerType(type, { fields })
    known.set(one.type, type)
    return type
  }
  return typeOf(field)
}

function scalarOf({ type, format = '' }: FieldSchema): string {
  if (type === 'Date') return TIMES.get(format) ?? 'string'
  if (type === 'number') return format.startsWith('int') ? 'int' : 'double'
  if (type === 'boolean') return 'bool'
  // Quantities may be written as numbers, too.
  return type === 'string' ? (format === 'byte' ? 'bytes' : 'string') : 'dyn'
}
