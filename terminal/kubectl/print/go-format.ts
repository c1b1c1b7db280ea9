/** Values as Go's fmt prints them with %v and %#v. */
import type { JsonValue } from '../../../emulator/index.ts'
import { quote } from '../cli/numbers.ts'
import { goNumber } from '../yaml/print.ts'

/** `map[app:web tier:fe]`, `[a b]`, `<nil>`. */
export function goValue(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`
  if (typeof value === 'object')
    return `map[${entriesOf(value)
      .map(([k, v]) => `${k}:${goValue(v)}`)
      .join(' ')}]`
  return typeof value === 'number' ? goNumber(value) : String(value)
}

/** `map[string]interface {}{"kind":"List"}`: how the jsonpath printer shows its object after an error. */
export function goSyntax(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return 'interface {}(nil)'
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`
  if (typeof value === 'object')
    return `map[string]interface {}{${entriesOf(value)
      .map(([k, v]) => `${quote(k)}:${goSyntax(v)}`)
      .join(', ')}}`
  return typeof value === 'string' ? quote(value) : typeof value === 'number' ? goNumber(value) : String(value)
}

function entriesOf(value: object): [string, JsonValue][] {
  return Object.entries(value as { [key: string]: JsonValue }).sort(([a], [b]) => (a < b ? -1 : 1))
}
