/** What a plain scalar means (upstream: go.yaml.in/yaml/v2, resolve.go: YAML 1.1 with Go's numbers). */
import type { Json } from './parse.ts'

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((w) => [w, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((w) => [w, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((w) => [w, null] as const),
])
/** `12:30:45` is a number to older readers. */
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const INTEGER = /^[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0o?[0-7_]+|[0-9][0-9_]*)$/

/** The JSON value of an unquoted scalar. */
export function resolvePlain(text: string): Json {
  const word = WORDS.get(text)
  if (word !== undefined) return word
  if (INTEGER.test(text)) {
    const value = integer(text.replaceAll('_', ''))
    if (value !== undefined) return value
  }
  if (FLOAT.test(text)) return Number(text)
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text) || /^\.(?:nan|NaN|NAN)$/.test(text)) return text
  return text
}

/** Would this text, written plain, be read as something else than a string? */
export function looksLikeAnotherType(text: string): boolean {
  if (text === '<<' || BASE_60.test(text)) return true
  return (
    typeof resolvePlain(text) !== 'string' ||
    isTimestamp(text) ||
    /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/.test(text)
  )
}

function isTimestamp(text: string): boolean {
  return /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]\d{1,2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[-+]\d{1,2}(?::\d{2})?)?)?$/.test(text)
}

function integer(text: string): number | undefined {
  const negative = text.startsWith('-')
  const digits = text.replace(/^[-+]/, '')
  if (!/[0-9a-fA-F]/.test(digits.replace(/^0[box]/, ''))) return undefined
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits)
  return Number.isNaN(value) ? undefined : negative ? -value : value
}

/** A scalar with a tag of its own: `!!str 80`. */
export function resolveTagged(text: string, tag: string): Json {
  if (tag === '!!int' || tag === '!!float' || tag === '!!bool' || tag === '!!null') return resolvePlain(text)
  return text
}
