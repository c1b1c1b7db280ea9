import { type FieldError, field } from '../../api/field.ts'
import { isRecord } from '../../api/json.ts'
import { prune } from '../../api/structural/prune.ts'
import { itemsOf, type Schema, valuesOf } from '../../api/structural/schema.ts'
import { schemaErrors } from '../../api/structural/validate.ts'

/** Defaults must be what their own schema allows (upstream: schema/defaulting/validation.go). */
export function defaultErrors(schema: Schema, path: string): readonly FieldError[] {
  const items = itemsOf(schema)
  const values = valuesOf(schema)
  return [
    ...(schema.default === undefined ? [] : ownErrors(schema, schema.default, `${path}.default`)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
      defaultErrors(inner, `${path}.properties[${name}]`),
    ),
    ...(items ? defaultErrors(items, `${path}.items`) : []),
    ...(values ? defaultErrors(values, `${path}.additionalProperties`) : []),
  ]
}

function ownErrors(schema: Schema, value: unknown, path: string): readonly FieldError[] {
  if (isRecord(value)) {
    const unknown: string[] = []
    prune(schema, value, unknown)
    if (unknown.length > 0) return [field.invalid(path, value, 'must not have unknown fields')]
  }
  return schemaErrors(schema, value, path)
}
