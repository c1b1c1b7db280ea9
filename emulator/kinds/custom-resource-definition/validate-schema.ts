import { type FieldError, field } from '../../api/field.ts'
import type { Schema } from '../../api/structural/schema.ts'
import { defaultErrors } from './validate-defaults.ts'
import { openApiErrors } from './validate-open-api.ts'
import { structuralErrors } from './validate-structural.ts'

/** Keywords that the root may have where status is a subresource, as upstream lists them. */
const AT_ROOT = [
  'description',
  'type',
  'format',
  'title',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'multipleOf',
  'required',
  'items',
  'properties',
  'externalDocs',
  'example',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-validations',
]

const GO_NAMES = new Map([
  ['x-kubernetes-preserve-unknown-fields', 'XPreserveUnknownFields'],
  ['x-kubernetes-validations', 'XValidations'],
])

/** A whole schema (upstream: validateCustomResourceDefinitionValidation). */
export function schemaDefinitionErrors(schema: Schema, path: string, hasStatus: boolean): readonly FieldError[] {
  const structural = structuralErrors(schema, path)
  return [
    ...(hasStatus ? rootErrors(schema, path) : []),
    ...(schema.nullable ? [field.forbidden(`${path}.nullable`, 'nullable cannot be true at the root')] : []),
    ...(structural.length > 0 ? structural : defaultErrors(schema, path)),
    ...openApiErrors(schema, path),
  ]
}

function rootErrors(schema: Schema, path: string): readonly FieldError[] {
  if (schema.type !== undefined && schema.type !== 'object')
    return [
      field.invalid(
        `${path}.type`,
        schema.type,
        'only "object" is allowed as the type at the root of the schema if the status subresource is enabled',
      ),
    ]
  const other = Object.keys(schema).find((keyword) => !AT_ROOT.includes(keyword))
  if (other === undefined) return []
  const names = AT_ROOT.map((name) => GO_NAMES.get(name) ?? name.charAt(0).toUpperCase() + name.slice(1))
  return [
    field.invalid(
      path,
      schema,
      `only [${names.join(' ')}] fields are allowed at the root of the schema if the status subresource is enabled`,
    ),
  ]
}
