/** JSON text as Go's encoding/json writes it: sorted keys, `<`, `>` and `&` escaped. */
import type { JsonValue } from '../../../emulator/index.ts'

/** One line. */
export function goJson(value: JsonValue): string {
  return escapeHtml(JSON.stringify(sorted(value)))
}

/** Several lines, four blanks an indentation level, as kubectl's json printer. */
export function goJsonIndented(value: JsonValue, indentation = '    '): string {
  return escapeHtml(JSON.stringify(sorted(value), null, indentation))
}

/** Go escapes what could end a script element. */
export const escapeHtml = (text: string) => text.replace(/[<>&\u2028\u2029]/g, escaped)

const escaped = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value as { [key: string]: JsonValue }).filter(([, item]) => item !== undefined)
  const result: { [key: string]: JsonValue } = Object.create(null)
  for (const [key, item] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) result[key] = sorted(item)
  return result
}
