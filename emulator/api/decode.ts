/**
 * JSON values into objects of a kind: unknown fields are left out and reported, wrong types refused in Go's words
 * (upstream: sigs.k8s.io/json; recordings errors/err-type-mismatch and errors/err-strict-decoding).
 */
import { isBase64 } from './base64.ts'
import { goType, structName } from './go-types.ts'
import { isRecord } from './json.ts'
import type { KindDefinition } from './kind.ts'
import { parseQuantity } from './quantity.ts'
import { type FieldSchema, fieldOf, innerOf, type ModelSchema, modelOf } from './schema.ts'

export type Decoded =
  | { readonly ok: true; readonly value: unknown; readonly unknown: readonly string[] }
  | { readonly ok: false; readonly message: string; readonly converterMessage: string }

/** Upstream reports no more strict errors than this. */
const MAX_UNKNOWN = 100

class DecodeProblem extends Error {
  /** What upstream's converter of maps says of the same problem: strategic merge patches go through it. */
  readonly converterMessage: string
  constructor(message: string, converterMessage = message) {
    super(message)
    this.converterMessage = converterMessage
  }
}

/** Decodes `value` as an object of the kind; never throws. */
export function decodeAs(
  kind: Pick<KindDefinition, 'schema' | 'custom'>,
  value: unknown,
  form?: 'complete' | 'as-given',
): Decoded {
  return kind.custom && isRecord(value) ? kind.custom.decode(value) : decode(kind.schema, value, form)
}

/** Where decoding stands: the innermost structure, its field names so far, and the path with indices. */
interface Place {
  readonly struct: string
  readonly names: string
  readonly path: string
  readonly complete: boolean
}

/**
 * Decodes `value` as the model `name`; never throws. Required fields that are not there get their zero value, as Go's
 * structures have it, so that everything behind may rely on them; `as-given` leaves them out.
 */
export function decode(name: string, value: unknown, form: 'complete' | 'as-given' = 'complete'): Decoded {
  const unknown: string[] = []
  const root = { struct: '', names: '', path: '', complete: form === 'complete' }
  try {
    const decoded = decodeField({ type: name, doc: '' }, value, root, unknown)
    return { ok: true, value: decoded, unknown }
  } catch (error) {
    if (error instanceof DecodeProblem)
      return { ok: false, message: error.message, converterMessage: error.converterMessage }
    throw error
  }
}

function decodeField(field: FieldSchema, value: unknown, place: Place, unknown: string[]): unknown {
  if (field.container === 'array') {
    if (!Array.isArray(value)) return mismatch(field, value, place)
    const item = innerOf(field)
    return value.map((one, index) => decodeItem(item, one, { ...place, path: `${place.path}[${index}]` }, unknown))
  }
  if (field.container === 'map') {
    if (!isRecord(value)) return mismatch(field, value, place)
    const item = innerOf(field)
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        key,
        decodeItem(item, one, { ...place, path: `${place.path}.${key}` }, unknown),
      ]),
    )
  }
  const model = modelOf(field.type)
  if (!model) return decodeScalar(field, value, place)
  if (!isRecord(value)) return mismatch(field, value, place)
  return decodeModel(field.type, value, place, unknown)
}

/** A list item or map value; `null` there is the type's zero value. */
function decodeItem(field: FieldSchema, value: unknown, place: Place, unknown: string[]): unknown {
  return value === null ? zero(field, place.complete) : decodeField(field, value, place, unknown)
}

function zero(field: FieldSchema, complete: boolean): unknown {
  if (field.container === 'array' || field.type === 'any') return null
  const model = modelOf(field.type)
  if (field.container === 'map' || !model) return field.container ? {} : (ZERO.get(field.type) ?? '')
  return complete ? missing(model, {}) : {}
}

function decodeModel(name: string, value: Readonly<Record<string, unknown>>, place: Place, unknown: string[]): unknown {
  const model = modelOf(name)
  const decoded: [string, unknown][] = []
  for (const [key, inner] of Object.entries(value)) {
    const field = model && fieldOf(model, key)
    const path = place.path === '' ? key : `${place.path}.${key}`
    if (!field) {
      if (unknown.length < MAX_UNKNOWN) unknown.push(path)
      continue
    }
    if (inner === null || inner === undefined) continue
    const names = place.names === '' ? key : `${place.names}.${key}`
    decoded.push([key, decodeField(field, inner, { ...place, struct: name, names, path }, unknown)])
  }
  const found = Object.fromEntries(decoded)
  return place.complete && model ? { ...missing(model, found), ...found } : found
}

/** Zero values of the required fields that `found` lacks. Lists, maps and selectors may be nil in Go, and stay absent. */
function missing(model: ModelSchema, found: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const absent = Object.entries(model.fields).filter(
    ([name, field]) =>
      field.required && !field.container && field.type !== 'LabelSelector' && !Object.hasOwn(found, name),
  )
  return Object.fromEntries(
    absent.flatMap(([name, field]) => {
      const inner = modelOf(field.type)
      if (inner) return [[name, missing(inner, {})]]
      const value = ZERO.get(field.type)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

const ZERO = new Map<string, unknown>([
  ['string', ''],
  ['number', 0],
  ['boolean', false],
  ['IntOrString', 0],
])

function decodeScalar(field: FieldSchema, value: unknown, place: Place): unknown {
  switch (field.type) {
    case 'number':
      return decodeNumber(field, value, place)
    case 'boolean':
      return typeof value === 'boolean' ? value : mismatch(field, value, place)
    case 'Date':
      return decodeTime(field, value, place)
    case 'IntOrString':
      if (typeof value === 'string' || Number.isInteger(value)) return value
      throw new DecodeProblem(
        `json: cannot unmarshal ${jsonKind(value)} into Go value of type ${typeof value === 'number' ? 'int32' : 'string'}`,
      )
    case 'string':
      return decodeString(field, value, place)
    default:
      return value
  }
}

function decodeNumber(field: FieldSchema, value: unknown, place: Place): unknown {
  if (typeof value !== 'number') return mismatch(field, value, place)
  if (field.format !== 'int32' && field.format !== 'int64') return value
  const limit = field.format === 'int32' ? 2 ** 31 : 2 ** 63
  if (Number.isInteger(value) && value >= -limit && value < limit) return value
  return mismatch(field, value, place, `number ${value}`)
}

const QUANTITY = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/

function decodeString(field: FieldSchema, value: unknown, place: Place): unknown {
  const go = goType(place.struct, lastName(place), field)
  if (go === 'resource.Quantity' || go === 'v1.ResourceList') {
    if (typeof value === 'number') return String(value)
    if (typeof value !== 'string' || !QUANTITY.test(value))
      throw new DecodeProblem(`quantities must match the regular expression '${QUANTITY.source}'`)
    if (!parseQuantity(value)) throw new DecodeProblem("unable to parse quantity's suffix")
    return value
  }
  if (typeof value !== 'string') return mismatch(field, value, place)
  if (field.format === 'byte') {
    const bad = isBase64(value)
    if (bad !== undefined) throw new DecodeProblem(`illegal base64 data at input byte ${bad}`)
  }
  return value
}

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

function decodeTime(field: FieldSchema, value: unknown, place: Place): unknown {
  if (typeof value !== 'string') return mismatch(field, value, place)
  if (value === '') return undefined
  const time = RFC3339.test(value) ? Date.parse(value) : Number.NaN
  if (!Number.isNaN(time))
    return field.format === 'micro-time' ? value : `${new Date(time).toISOString().slice(0, 19)}Z`
  throw new DecodeProblem(
    `parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(value)} as "2006"`,
  )
}

function mismatch(field: FieldSchema, value: unknown, place: Place, what = jsonKind(value)): never {
  const go = goType(place.struct, lastName(place), field)
  const into = place.struct === '' ? 'value' : `struct field ${structName(place.struct)}.${place.names}`
  throw new DecodeProblem(`json: cannot unmarshal ${what} into Go ${into} of type ${go}`, converterText(field, value))
}

function converterText(field: FieldSchema, value: unknown): string {
  const from = Array.isArray(value) ? 'slice' : isRecord(value) ? 'map' : goScalarKind(value)
  if (field.container === 'array') return `cannot restore slice from ${from}`
  if (field.container === 'map') return `cannot restore map from ${from}`
  if (modelOf(field.type)) return `cannot restore struct from: ${from}`
  const kind = field.type === 'number' ? (field.format ?? 'float64') : field.type === 'boolean' ? 'bool' : 'string'
  return `unrecognized type: ${kind}`
}

function goScalarKind(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  return typeof value === 'boolean' ? 'bool' : 'string'
}

const lastName = ({ names }: Place): string => names.slice(names.lastIndexOf('.') + 1)

function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'boolean') return 'bool'
  return value === null ? 'null' : typeof value
}
