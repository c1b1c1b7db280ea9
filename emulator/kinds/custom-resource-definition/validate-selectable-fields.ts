import { type FieldError, field } from '../../api/field.ts'
import { propertyOf, type Schema } from '../../api/structural/schema.ts'
import type { SelectableField } from '../../generated/types.ts'

const SCALARS = ['string', 'boolean', 'integer']
const MAX_FIELDS = 8

/** Fields that a field selector may name (upstream: ValidateCustomResourceSelectableFields). */
export function selectableFieldErrors(
  fields: readonly SelectableField[],
  schema: Schema,
  path: string,
): readonly FieldError[] {
  const seen = new Set<string>()
  const errors = fields.flatMap(({ jsonPath }, index): readonly FieldError[] => {
    const at = `${path}[${index}].jsonPath`
    if (!jsonPath) return [field.required(at)]
    const found = schemaAt(schema, jsonPath)
    if (typeof found === 'string') return [field.invalid(at, jsonPath, `is an invalid path: ${found}`)]
    const repeated = seen.has(jsonPath)
    seen.add(jsonPath)
    return [
      ...(jsonPath.startsWith('.metadata')
        ? [field.invalid(at, jsonPath, 'must not point to fields in metadata')]
        : []),
      ...(SCALARS.includes(found.type ?? '')
        ? []
        : [
            field.invalid(
              at,
              jsonPath,
              'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.',
            ),
          ]),
      ...(repeated ? [field.duplicate(at, jsonPath)] : []),
    ]
  })
  return seen.size > MAX_FIELDS
    ? [...errors, { type: 'TooMany', path, value: seen.size, detail: `must have at most ${MAX_FIELDS} items` }]
    : errors
}

function schemaAt(schema: Schema, jsonPath: string): Schema | string {
  if (!jsonPath.startsWith('.')) return `expected [ or . but got: ${jsonPath.split(/[.[\]]/)[0] ?? ''}`
  if (jsonPath.includes('[')) return 'array notation is not allowed'
  let found: Schema | undefined = schema
  for (const name of jsonPath.slice(1).split('.')) {
    found = found && propertyOf(found, name)
    if (!found) return 'does not refer to a valid field'
  }
  return found
}
