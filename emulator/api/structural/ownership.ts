/** A structural schema as ownership and server-side apply see it (upstream: kube-openapi/pkg/schemaconv). */
import type { FieldSchema, ModelSchema } from '../schema.ts'
import { isEmbedded, isIntOrString, isMap, itemsOf, keepsUnknown, type Schema, valuesOf } from './schema.ts'

/** Whatever stands there: objects field by field, lists and scalars as one. */
const DEDUCED: FieldSchema = { type: 'deduced', doc: '' }

const OBJECT_FIELDS = {
  apiVersion: { type: 'string', doc: '' },
  kind: { type: 'string', doc: '' },
  metadata: { type: 'ObjectMeta', doc: '' },
} as const

/** The whole object: its own fields beside identity and metadata. */
export function objectFields(schema: Schema): FieldSchema {
  return { type: 'object', doc: '', structure: structureOf(schema, OBJECT_FIELDS) }
}

function structureOf(schema: Schema, own: Readonly<Record<string, FieldSchema>>): ModelSchema {
  const declared = Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, fieldOf(inner)] as const)
  return {
    doc: '',
    definition: '',
    fields: Object.fromEntries([...declared, ...Object.entries(own)]),
    ...(schema['x-kubernetes-map-type'] === 'atomic' && { atomic: true }),
    ...(keepsUnknown(schema) && { others: DEDUCED }),
  }
}

function fieldOf(schema: Schema): FieldSchema {
  const value = { doc: '', ...(schema.default !== undefined && { default: schema.default }) }
  if (isIntOrString(schema)) return { ...value, type: 'any' }
  switch (schema.type) {
    case 'array':
      return {
        ...value,
        type: 'array',
        container: 'array',
        items: fieldOf(itemsOf(schema) ?? {}),
        listType: listType(schema),
        ...(schema['x-kubernetes-list-map-keys'] && { listMapKeys: schema['x-kubernetes-list-map-keys'] }),
      }
    case 'object':
      if (isMap(schema))
        return {
          ...value,
          type: 'map',
          container: 'map',
          items: fieldOf(valuesOf(schema) ?? { 'x-kubernetes-preserve-unknown-fields': true }),
          ...(schema['x-kubernetes-map-type'] === 'atomic' && { mapType: 'atomic' }),
        }
      return { ...value, type: 'object', structure: structureOf(schema, isEmbedded(schema) ? OBJECT_FIELDS : {}) }
    case 'integer':
    case 'number':
      return { ...value, type: 'number' }
    case 'string':
    case 'boolean':
      return { ...value, type: schema.type }
    default:
      return { ...value, ...DEDUCED }
  }
}

function listType(schema: Schema): 'map' | 'set' | 'atomic' {
  const type = schema['x-kubernetes-list-type']
  return type === 'map' || type === 'set' ? type : 'atomic'
}
