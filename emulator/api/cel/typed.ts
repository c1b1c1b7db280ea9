/** Variables with the types that a schema gives them, to find out before anything runs what cannot work (upstream: apiserver/pkg/cel/common/schemas.go). */
import type { Environment } from '@marcbachmann/cel-js'
import { escaped } from '../structural/cel-values.ts'
import { isEmbedded, isIntOrString, itemsOf, keepsUnknown, type Schema, valuesOf } from '../structural/schema.ts'
import { environmentOf } from './environment.ts'

const TEXTS = new Map([
  ['date-time', 'google.protobuf.Timestamp'],
  ['date', 'google.protobuf.Timestamp'],
  ['duration', 'google.protobuf.Duration'],
  ['byte', 'bytes'],
])
const SCALARS = new Map([
  ['integer', 'int'],
  ['number', 'double'],
  ['boolean', 'bool'],
])

/** An environment in which each name is an object of its schema. */
export function typedEnvironment(variables: ReadonlyMap<string, Schema>, root: boolean): Environment {
  const environment = environmentOf()
  let types = 0
  const define = (fields: { [name: string]: string }): string => {
    const name = `Type${types++}`
    environment.registerType(name, { fields })
    return name
  }
  const typeOf = (schema: Schema, whole: boolean): string => {
    if (isIntOrString(schema)) return 'dyn'
    const { type = '' } = schema
    const items = itemsOf(schema)
    const values = valuesOf(schema)
    if (type === 'string') return TEXTS.get(schema.format ?? '') ?? 'string'
    if (type === 'array') return items ? `list<${typeOf(items, isEmbedded(items))}>` : 'list'
    if (type !== 'object') return SCALARS.get(type) ?? 'dyn'
    if (values) return `map<string, ${typeOf(values, isEmbedded(values))}>`
    if (!schema.properties && !whole) return keepsUnknown(schema) ? 'dyn' : define({})
    const fields = Object.entries(schema.properties ?? {}).map(([name, inner]) => [
      escaped(name),
      typeOf(inner, isEmbedded(inner)),
    ])
    const identity = whole
      ? { apiVersion: 'string', kind: 'string', metadata: define({ name: 'string', generateName: 'string' }) }
      : {}
    return define({ ...Object.fromEntries(fields), ...identity })
  }
  for (const [name, schema] of variables) environment.registerVariable(name, typeOf(schema, root))
  return environment
}
