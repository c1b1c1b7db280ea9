import { decode } from '../../api/decode.ts'
import { badRequest } from '../../api/errors.ts'
import { isRecord, jsonEqual } from '../../api/json.ts'
import type { Schema } from '../../api/structural/schema.ts'
import type { CustomResourceDefinition, JsonValue } from '../../generated/types.ts'

/**
 * The definition with the schemas of lists' items and maps' values decoded too: a model says only that something stands
 * there, since it may be of two forms. Throws BadRequest for what is no schema.
 */
export function withDecodedSchemas(definition: CustomResourceDefinition): CustomResourceDefinition {
  const versions = definition.spec.versions.map((version) => {
    const schema = version.schema?.openAPIV3Schema
    const decoded = schema && decodedSchema(schema)
    return decoded === schema ? version : { ...version, schema: { ...version.schema, openAPIV3Schema: decoded } }
  })
  if (versions.every((version, index) => version === definition.spec.versions[index])) return definition
  return { ...definition, spec: { ...definition.spec, versions } }
}

/** The same schema where there was nothing to do. */
function decodedSchema(schema: Schema): Schema {
  const changes = Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
    const decoded = decodedKeyword(keyword, value)
    return decoded === value ? [] : [[keyword, decoded]]
  })
  return changes.length === 0 ? schema : { ...schema, ...Object.fromEntries(changes) }
}

function decodedKeyword(keyword: string, value: unknown): unknown {
  switch (keyword) {
    case 'items':
      return Array.isArray(value) ? value : nested(value)
    case 'additionalProperties':
      return typeof value === 'boolean' ? value : nested(value)
    case 'not':
      return isRecord(value) ? decodedSchema(value) : value
    case 'properties':
      return isRecord(value) ? decodedProperties(value) : value
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      return Array.isArray(value) ? decodedList(value) : value
    default:
      return value
  }
}

function decodedList(list: readonly Schema[]): readonly Schema[] {
  const decoded = list.map(decodedSchema)
  return decoded.every((one, index) => one === list[index]) ? list : decoded
}

function decodedProperties(properties: Readonly<Record<string, unknown>>): unknown {
  const decoded = Object.entries(properties).map(
    ([name, value]) => [name, isRecord(value) ? decodedSchema(value) : value] as const,
  )
  return decoded.every(([name, value]) => properties[name] === value) ? properties : Object.fromEntries(decoded)
}

function nested(value: unknown): JsonValue {
  const decoded = decode('JSONSchemaProps', value)
  if (!decoded.ok)
    throw badRequest(
      `CustomResourceDefinition in version "v1" cannot be handled as a CustomResourceDefinition: ${decoded.message}`,
    )
  const schema = decodedSchema(decoded.value as Schema)
  return (jsonEqual(schema, value) ? value : schema) as JsonValue
}
