/** What cel-go's string extension has and the library has not (upstream: cel-go/ext/strings.go, version 2), and format(). */
import type { Environment } from '@marcbachmann/cel-js'

export function registerStrings(environment: Environment): void {
  environment
    .registerFunction('string.charAt(int): string', charAt)
    .registerFunction('string.replace(string, string): string', (text: string, from: string, to: string) =>
      text.replaceAll(from, () => to),
    )
    .registerFunction('string.replace(string, string, int): string', replaceSome)
    .registerFunction('string.reverse(): string', (text: string) => [...text].reverse().join(''))
    .registerFunction('strings_quote(string): string', (text: string) => JSON.stringify(text))
    .registerFunction('jsonpatch_escapeKey(string): string', (text: string) =>
      text.replaceAll('~', '~0').replaceAll('/', '~1'),
    )
    .registerFunction('string.format(list): string', format)
}

function charAt(text: string, index: bigint): string {
  const characters = [...text]
  if (index < 0n || index > BigInt(characters.length)) throw new Error(`index out of range: ${index}`)
  return characters[Number(index)] ?? ''
}

function replaceSome(text: string, from: string, to: string, count: bigint): string {
  if (count < 0n) return text.replaceAll(from, () => to)
  const parts = text.split(from)
  const first = parts.slice(0, Number(count) + 1)
  const rest = parts.slice(Number(count) + 1)
  return [first.join(to), ...rest].join(from)
}

const VERB = /%(?:\.(\d+))?([a-zA-Z%])/g

/** `'%s has %d'.format(['web', 2])` (upstream: cel-go/ext/formatting.go). */
function format(text: string, values: readonly unknown[]): string {
  let next = 0
  return text.replace(VERB, (_whole, precision: string | undefined, verb: string) => {
    if (verb === '%') return '%'
    if (next >= values.length) throw new Error(`index ${next} out of range`)
    return one(verb, values[next++], precision === undefined ? undefined : Number(precision))
  })
}

function one(verb: string, value: unknown, precision: number | undefined): string {
  switch (verb) {
    case 's':
      return celText(value)
    case 'd':
      return String(value)
    case 'f':
      return Number(value).toFixed(precision ?? 6)
    case 'e':
      return Number(value)
        .toExponential(precision ?? 6)
        .replace(/e([+-])(\d)$/, 'e$10$2')
    case 'b':
      return typeof value === 'boolean' ? (value ? '1' : '0') : BigInt(String(value)).toString(2)
    case 'o':
      return BigInt(String(value)).toString(8)
    case 'x':
    case 'X': {
      const hex =
        typeof value === 'string'
          ? [...value].map((each) => (each.codePointAt(0) ?? 0).toString(16)).join('')
          : BigInt(String(value)).toString(16)
      return verb === 'x' ? hex : hex.toUpperCase()
    }
    default:
      throw new Error(`unrecognized formatting clause "${verb}"`)
  }
}

/** A value as `%s` shows it: lists and maps in CEL's writing, keys sorted. */
function celText(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return `[${value.map(celText).join(', ')}]`
  if (value instanceof Map)
    return `{${[...value]
      .map(([key, inner]) => `${celText(key)}: ${celText(inner)}`)
      .sort()
      .join(', ')}}`
  return String(value)
}
