/** allOf, anyOf, oneOf and not (upstream: kube-openapi/pkg/validation/validate/schema_props.go). */
import { type FieldError, field } from '../field.ts'
import type { Schema } from './schema.ts'
import { schemaErrors } from './validate.ts'

/** Errors of the combinations; the alternative that fails with the fewest errors is shown in full. */
export function combinedErrors(schema: Schema, value: unknown, path: string): readonly FieldError[] {
  return [
    ...anyOfErrors(schema.anyOf ?? [], value, path),
    ...oneOfErrors(schema.oneOf ?? [], value, path),
    ...allOfErrors(schema.allOf ?? [], value, path),
    ...(schema.not && schemaErrors(schema.not, value, path).length === 0
      ? [unplaced(path, 'must not validate the schema (not)')]
      : []),
  ]
}

/** Upstream's composite errors know their place only in words. */
const unplaced = (path: string, text: string): FieldError =>
  field.invalid('<nil>', '', `${JSON.stringify(path)} ${text}`)

const fewest = (results: readonly (readonly FieldError[])[]): readonly FieldError[] =>
  results.reduce((best, errors) => (errors.length < best.length ? errors : best), results[0] ?? [])

function anyOfErrors(schemas: readonly Schema[], value: unknown, path: string): readonly FieldError[] {
  if (schemas.length === 0) return []
  const results = schemas.map((one) => schemaErrors(one, value, path))
  if (results.some((errors) => errors.length === 0)) return []
  return [unplaced(path, 'must validate at least one schema (anyOf)'), ...fewest(results)]
}

function oneOfErrors(schemas: readonly Schema[], value: unknown, path: string): readonly FieldError[] {
  if (schemas.length === 0) return []
  const results = schemas.map((one) => schemaErrors(one, value, path))
  const valid = results.filter((errors) => errors.length === 0).length
  if (valid === 1) return []
  const found = valid === 0 ? 'Found none valid' : `Found ${valid} valid alternatives`
  const shown = valid === 0 ? fewest(results) : []
  return [unplaced(path, `must validate one and only one schema (oneOf). ${found}`), ...shown]
}

function allOfErrors(schemas: readonly Schema[], value: unknown, path: string): readonly FieldError[] {
  if (schemas.length === 0) return []
  const results = schemas.map((one) => schemaErrors(one, value, path))
  const valid = results.filter((errors) => errors.length === 0).length
  if (valid === schemas.length) return []
  return [
    ...results.flat(),
    unplaced(path, `must validate all the schemas (allOf)${valid === 0 ? '. None validated' : ''}`),
  ]
}
