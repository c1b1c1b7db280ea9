/**
 * Objects against a structural schema, in the words of the validator that the API server uses (upstream:
 * kube-openapi/pkg/validation/validate, apiextensions-apiserver/pkg/apiserver/validation). What an update leaves as it
 * was is not complained about (ratcheting).
 */
import { type FieldError, field } from '../field.ts'
import { isRecord, jsonEqual } from '../json.ts'
import { combinedErrors } from './combine.ts'
import { hasFormat } from './formats.ts'
import { keyOf } from './list-types.ts'
import { compileRegex } from './regex.ts'
import { childPath, isIntOrString, itemsOf, type Json, propertyOf, type Schema, valuesOf } from './schema.ts'

/** What stood in the place before; absent where nothing there can be compared. */
export type Before = { readonly value: unknown } | undefined

/** All errors of `value`; `path` is empty at the root. */
export function schemaErrors(schema: Schema, value: unknown, path = '', before?: Before): readonly FieldError[] {
  if (before && jsonEqual(before.value, value)) return []
  if (value === undefined) return []
  if (value === null) return [...typeErrors(schema, value, path), ...enumErrors(schema, value, path)]
  return [
    ...typeErrors(schema, value, path),
    ...combinedErrors(schema, value, path),
    ...(typeof value === 'string' ? stringErrors(schema, value, path) : []),
    ...(typeof value === 'number' ? numberErrors(schema, value, path) : []),
    ...(Array.isArray(value) ? listErrors(schema, value, path, before) : []),
    ...enumErrors(schema, value, path),
    ...(isRecord(value) ? objectErrors(schema, value, path, before) : []),
  ]
}

const inBody = (path: string): string => `${path} in body`

const typeInvalid = (path: string, value: unknown, detail: string): FieldError => ({
  type: 'TypeInvalid',
  path: path === '' ? '<nil>' : path,
  value,
  detail,
})

function typeErrors(schema: Schema, value: unknown, path: string): readonly FieldError[] {
  const wanted = isIntOrString(schema) ? ['integer', 'string'] : schema.type ? [schema.type] : []
  if (wanted.length === 0 || (value === null && schema.nullable)) return []
  const is = typeName(value)
  if (wanted.includes(is) || (is === 'integer' && wanted.includes('number'))) return []
  return [typeInvalid(path, is, `${inBody(path)} must be of type ${wanted.join(',')}: ${JSON.stringify(is)}`)]
}

function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

function enumErrors(schema: Schema, value: unknown, path: string): readonly FieldError[] {
  if (!schema.enum || (value === null && schema.nullable)) return []
  if (schema.enum.some((one) => jsonEqual(one, value))) return []
  const texts = schema.enum.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
  return [field.notSupported(path, value, texts)]
}

function stringErrors(schema: Schema, value: string, path: string): readonly FieldError[] {
  const length = [...value].length
  const errors: FieldError[] = []
  if (schema.maxLength !== undefined && length > schema.maxLength) errors.push(field.tooLong(path, schema.maxLength))
  else if (schema.minLength !== undefined && length < schema.minLength)
    errors.push(field.invalid(path, value, `${inBody(path)} should be at least ${schema.minLength} chars long`))
  else if (schema.pattern !== undefined && !matches(schema, schema.pattern, value))
    errors.push(field.invalid(path, value, `${inBody(path)} should match '${schema.pattern}'`))
  if (schema.format !== undefined && !hasFormat(schema.format, value))
    errors.push(typeInvalid(path, value, `${inBody(path)} must be of type ${schema.format}: ${JSON.stringify(value)}`))
  return errors
}

// allowed: results of a pure function, the same for every cluster
const compiled = new WeakMap<Schema, ReturnType<typeof compileRegex>>()

/** A pattern that Go would not compile, which no definition may have, is met by every text. */
function matches(schema: Schema, pattern: string, text: string): boolean {
  const regex = compiled.get(schema) ?? compileRegex(pattern)
  compiled.set(schema, regex)
  return 'error' in regex || regex.test(text)
}

const INTEGER_LIMITS = new Map([
  ['int32', 2 ** 31],
  ['int64', 2 ** 63],
])

function numberErrors(schema: Schema, value: number, path: string): readonly FieldError[] {
  const { multipleOf, maximum, minimum, format = '' } = schema
  const errors: FieldError[] = []
  const limit = INTEGER_LIMITS.get(format)
  if (limit !== undefined && (value >= limit || value < -limit))
    errors.push(field.invalid(path, value, `Checked value must be of type integer with format ${format}`))
  if (multipleOf !== undefined && multipleOf > 0 && !isMultiple(value, multipleOf))
    errors.push(field.invalid(path, value, `${inBody(path)} should be a multiple of ${multipleOf}`))
  if (maximum !== undefined && (schema.exclusiveMaximum ? value >= maximum : value > maximum))
    errors.push(
      field.invalid(path, value, `${inBody(path)} should be less than ${orEqual(schema.exclusiveMaximum)}${maximum}`),
    )
  if (minimum !== undefined && (schema.exclusiveMinimum ? value <= minimum : value < minimum))
    errors.push(
      field.invalid(
        path,
        value,
        `${inBody(path)} should be greater than ${orEqual(schema.exclusiveMinimum)}${minimum}`,
      ),
    )
  return errors
}

const orEqual = (exclusive: boolean | undefined): string => (exclusive ? '' : 'or equal to ')

function isMultiple(value: number, of: number): boolean {
  const times = value / of
  return Math.abs(times - Math.round(times)) < 1e-9
}

function listErrors(schema: Schema, list: readonly unknown[], path: string, before: Before): readonly FieldError[] {
  const items = itemsOf(schema)
  const errors = items
    ? list.flatMap((item, index) => schemaErrors(items, item, `${path}[${index}]`, itemBefore(schema, item, before)))
    : []
  if (schema.minItems !== undefined && list.length < schema.minItems)
    errors.push(field.invalid(path, list.length, `${inBody(path)} should have at least ${schema.minItems} items`))
  if (schema.maxItems !== undefined && list.length > schema.maxItems)
    errors.push(tooMany(path, list.length, schema.maxItems))
  return errors
}

const tooMany = (path: string, actual: number, limit: number): FieldError => ({
  type: 'TooMany',
  path,
  value: actual,
  detail: `must have at most ${limit} items`,
})

/** Items of a keyed list are found again by their keys; those of other lists are nowhere before. */
export function itemBefore(schema: Schema, item: unknown, before: Before): Before {
  if (schema['x-kubernetes-list-type'] !== 'map' || !before || !Array.isArray(before.value)) return undefined
  const key = keyOf(schema, item)
  const found = before.value.find((one: unknown) => jsonEqual(keyOf(schema, one), key))
  return found === undefined ? undefined : { value: found }
}

/** What stood in a field before. */
export function fieldBefore(name: string, before: Before): Before {
  if (!before || !isRecord(before.value) || !Object.hasOwn(before.value, name)) return undefined
  return { value: before.value[name] }
}

function objectErrors(schema: Schema, object: Json, path: string, before: Before): readonly FieldError[] {
  const names = Object.keys(object)
  const { minProperties, maxProperties } = schema
  if (minProperties !== undefined && names.length < minProperties)
    return [field.invalid(path, minProperties, `${inBody(path)} should have at least ${minProperties} properties`)]
  if (maxProperties !== undefined && names.length > maxProperties) return [tooMany(path, names.length, maxProperties)]
  const values = valuesOf(schema)
  const inner = names.sort().flatMap((name) => {
    const own = propertyOf(schema, name) ?? values
    return own ? schemaErrors(own, object[name], childPath(path, name), fieldBefore(name, before)) : []
  })
  const missing = (schema.required ?? []).filter((name) => object[name] === undefined)
  return [...inner, ...missing.map((name) => field.required(childPath(path, name)))]
}
