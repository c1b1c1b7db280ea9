import { isRecord } from '../json.ts'

/** A JSON value as CEL sees it without a schema: whole numbers are int, objects are maps. */
export function dynamicValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value
  if (Array.isArray(value)) return value.map(dynamicValue)
  if (!isRecord(value)) return value ?? null
  return new Map(
    Object.entries(value).flatMap(([name, inner]) =>
      inner === undefined ? [] : [[name, dynamicValue(inner)] as const],
    ),
  )
}

/** What an expression made, as JSON. */
export function jsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(jsonValue)
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([name, inner]) => [String(name), jsonValue(inner)]))
  if (isRecord(value) && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, jsonValue(inner)]))
  return value === null || ['string', 'number', 'boolean'].includes(typeof value) ? value : String(value)
}
