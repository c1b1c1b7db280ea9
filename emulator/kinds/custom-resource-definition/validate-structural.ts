import { fieldErrorText } from '../../api/errors.ts'
import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import { compileRegex } from '../../api/structural/regex.ts'
import {
  isEmbedded,
  isIntOrString,
  isMap,
  itemsOf,
  keepsUnknown,
  propertyOf,
  type Schema,
  valuesOf,
} from '../../api/structural/schema.ts'

type Level = 'root' | 'item' | 'field'

/** Is the schema structural (upstream: apiextensions-apiserver/pkg/apiserver/schema/validation.go)? Errors in the order of their texts. */
export function structuralErrors(schema: Schema, path: string): readonly FieldError[] {
  const errors = [...invariants(schema, 'root', path), ...completeness(schema, schema, path)]
  return errors.sort((a, b) => (fieldErrorText(a) < fieldErrorText(b) ? -1 : 1))
}

const EMPTY_TYPE = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
} as const

function invariants(schema: Schema, level: Level, path: string): readonly FieldError[] {
  const items = itemsOf(schema)
  const values = valuesOf(schema)
  return [
    ...(schema.type === 'array' && !items ? [field.required(`${path}.items`, 'must be specified')] : []),
    ...(items ? invariants(items, 'item', `${path}.items`) : []),
    ...properties(schema).flatMap(([name, inner]) => invariants(inner, 'field', `${path}.properties[${name}]`)),
    ...(isMap(schema) && level === 'root'
      ? [field.forbidden(`${path}.additionalProperties`, 'must not be used at the root')]
      : []),
    ...(values ? invariants(values, 'field', `${path}.additionalProperties`) : []),
    ...extensionErrors(schema, path),
    ...nestedErrors(schema, path, intOrStringPattern(schema)),
    ...typeErrors(schema, level, path),
    ...metaErrors(schema, level, path),
  ]
}

const properties = (schema: Schema): readonly (readonly [string, Schema])[] => Object.entries(schema.properties ?? {})

function extensionErrors(schema: Schema, path: string): readonly FieldError[] {
  if (!isIntOrString(schema)) return []
  const detail = 'must be false if x-kubernetes-int-or-string is true'
  return [
    ...(keepsUnknown(schema) ? [field.invalid(`${path}.x-kubernetes-preserve-unknown-fields`, true, detail)] : []),
    ...(isEmbedded(schema) ? [field.invalid(`${path}.x-kubernetes-embedded-resource`, true, detail)] : []),
  ]
}

function typeErrors(schema: Schema, level: Level, path: string): readonly FieldError[] {
  const { type = '' } = schema
  const at = `${path}.type`
  const embedded = 'must be object if x-kubernetes-embedded-resource is true'
  const errors: FieldError[] = []
  if (isEmbedded(schema) && type !== 'object')
    errors.push(type === '' ? field.required(at, embedded) : field.invalid(at, type, embedded))
  else if (type === '' && !isIntOrString(schema) && !keepsUnknown(schema))
    errors.push(field.required(at, EMPTY_TYPE[level]))
  if (isEmbedded(schema) && isMap(schema))
    errors.push(
      field.forbidden(`${path}.additionalProperties`, 'must not be used if x-kubernetes-embedded-resource is set'),
    )
  if (level === 'root' && type !== '' && type !== 'object')
    errors.push(field.invalid(at, type, 'must be object at the root'))
  return errors
}

function metaErrors(schema: Schema, level: Level, path: string): readonly FieldError[] {
  const errors: FieldError[] = []
  const checked = level === 'root' || isEmbedded(schema)
  for (const name of ['kind', 'apiVersion']) {
    const own = propertyOf(schema, name)
    if (own && checked && own.type !== 'string')
      errors.push(field.invalid(`${path}.properties[${name}].type`, own.type ?? '', 'must be string'))
  }
  const metadata = propertyOf(schema, 'metadata')
  if (metadata) errors.push(...metadataErrors(metadata, checked, level, `${path}.properties[metadata]`))
  if (isEmbedded(schema) && !keepsUnknown(schema) && properties(schema).length === 0)
    errors.push(
      field.required(
        `${path}.properties`,
        'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields',
      ),
    )
  return errors
}

function metadataErrors(metadata: Schema, checked: boolean, level: Level, path: string): readonly FieldError[] {
  const errors: FieldError[] = []
  if (checked && metadata.type !== 'object')
    errors.push(field.invalid(`${path}.type`, metadata.type ?? '', 'must be object'))
  const { type: _type, properties: names = {}, default: _default, ...others } = metadata
  const foreign = Object.keys(names).some((name) => name !== 'name' && name !== 'generateName')
  if (level === 'root' && (foreign || Object.keys(others).some((keyword) => keyword !== 'description')))
    errors.push(
      field.forbidden(
        path,
        'must not specify anything other than name and generateName, but metadata is implicitly specified',
      ),
    )
  return errors
}

const INT_OR_STRING: readonly Schema[] = [{ type: 'integer' }, { type: 'string' }]

/** The two forms in which an int-or-string may say so once more. */
function intOrStringPattern(schema: Schema): 'anyOf' | 'allOf' | undefined {
  if (jsonEqual(schema.anyOf, INT_OR_STRING)) return 'anyOf'
  return jsonEqual(schema.allOf?.[0]?.anyOf, INT_OR_STRING) ? 'allOf' : undefined
}

/** allOf, anyOf, oneOf, not, and the pattern. */
function nestedErrors(schema: Schema, path: string, skip: 'anyOf' | 'allOf' | undefined): readonly FieldError[] {
  const all = (list: readonly Schema[] | undefined, name: string) =>
    (list ?? []).flatMap((one, index) => nested(one, `${path}.${name}[${index}]`, skip === 'allOf' && index === 0))
  const regex = schema.pattern === undefined ? undefined : compileRegex(schema.pattern)
  return [
    ...(skip === 'anyOf' ? [] : all(schema.anyOf, 'anyOf')),
    ...all(schema.allOf, 'allOf'),
    ...all(schema.oneOf, 'oneOf'),
    ...(schema.not ? nested(schema.not, `${path}.not`, false) : []),
    ...(regex && 'error' in regex
      ? [
          field.invalid(
            `${path}.pattern`,
            schema.pattern,
            `must be a valid regular expression, but isn't: ${regex.error}`,
          ),
        ]
      : []),
  ]
}

/** Keywords that say what a value is, and may not stand in a condition on it. */
const FORBIDDEN: readonly (readonly [keyof Schema, string])[] = [
  ['type', 'must be empty to be structural'],
  ['additionalProperties', 'must be undefined to be structural'],
  ['default', 'must be undefined to be structural'],
  ['title', 'must be empty to be structural'],
  ['description', 'must be empty to be structural'],
  ['nullable', 'must be false to be structural'],
  ['externalDocs', 'must be undefined to be structural'],
  ['x-kubernetes-preserve-unknown-fields', 'must be false to be structural'],
  ['x-kubernetes-embedded-resource', 'must be false to be structural'],
  ['x-kubernetes-int-or-string', 'must be false to be structural'],
  ['x-kubernetes-list-map-keys', 'must be empty to be structural'],
  ['x-kubernetes-list-type', 'must be undefined to be structural'],
  ['x-kubernetes-map-type', 'must be undefined to be structural'],
  ['x-kubernetes-validations', 'must be empty to be structural'],
]

function nested(schema: Schema, path: string, skipAnyOf: boolean): readonly FieldError[] {
  const items = itemsOf(schema)
  return [
    ...nestedErrors(schema, path, skipAnyOf ? 'anyOf' : undefined),
    ...(items ? nested(items, `${path}.items`, false) : []),
    ...properties(schema).flatMap(([name, inner]) => nested(inner, `${path}.properties[${name}]`, false)),
    ...FORBIDDEN.flatMap(([keyword, detail]) =>
      schema[keyword] === undefined || schema[keyword] === false || schema[keyword] === ''
        ? []
        : [field.forbidden(`${path}.${keyword}`, detail)],
    ),
    ...(propertyOf(schema, 'metadata')
      ? [field.forbidden(`${path}.properties[metadata]`, 'must not be specified in a nested context')]
      : []),
  ]
}

/** What a condition names must be declared outside of it too (upstream: complete.go). */
function completeness(condition: Schema, declared: Schema, path: string): readonly FieldError[] {
  const conditions = [...(condition.allOf ?? []), ...(condition.anyOf ?? []), ...(condition.oneOf ?? [])]
  if (condition.not) conditions.push(condition.not)
  const inside = [
    ...properties(declared).flatMap(([name, inner]) => completeness(inner, inner, `${path}.properties[${name}]`)),
    ...(itemsOf(declared) ? completeness(itemsOf(declared) ?? {}, itemsOf(declared) ?? {}, `${path}.items`) : []),
    ...(valuesOf(declared)
      ? completeness(valuesOf(declared) ?? {}, valuesOf(declared) ?? {}, `${path}.additionalProperties`)
      : []),
  ]
  const own = conditions.flatMap((one) => undeclared(one, declared, path))
  const seen = new Set<string>()
  return [...own, ...inside].filter(({ path: at }) => !seen.has(at) && seen.add(at))
}

function undeclared(condition: Schema, declared: Schema, path: string): readonly FieldError[] {
  const because = 'because it is defined in'
  const nestedConditions = [...(condition.allOf ?? []), ...(condition.anyOf ?? []), ...(condition.oneOf ?? [])]
  if (condition.not) nestedConditions.push(condition.not)
  return [
    ...properties(condition).flatMap(([name, inner]) => {
      const own = propertyOf(declared, name)
      const at = `${path}.properties[${name}]`
      return own ? undeclared(inner, own, at) : [field.required(at, `${because} ${path}`)]
    }),
    ...(itemsOf(condition)
      ? itemsOf(declared)
        ? undeclared(itemsOf(condition) ?? {}, itemsOf(declared) ?? {}, `${path}.items`)
        : [field.required(`${path}.items`, `${because} ${path}`)]
      : []),
    ...nestedConditions.flatMap((one) => undeclared(one, declared, path)),
  ]
}
