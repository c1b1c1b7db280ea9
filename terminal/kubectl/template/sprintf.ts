import type { JsonValue } from '../../../emulator/index.ts'
import { quote } from '../cli/numbers.ts'
import { goSyntax, goValue } from '../print/go-format.ts'

/** Go's fmt.Sprintf for the verbs that templates use: %v %s %d %q %t %f %x %c %% with flags, width and precision. */
export function sprintf(format: string, args: readonly (JsonValue | undefined)[]): string {
  let next = 0
  const text = format.replace(
    /%([-+# 0]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g,
    (_, flags: string, width, precision, verb: string) => {
      if (verb === '%') return '%'
      if (next >= args.length) return `%!${verb}(MISSING)`
      const body = one(verb, args[next++], flags, precision === undefined ? undefined : Number(precision))
      const size = Number(width ?? 0)
      if (flags.includes('-')) return body.padEnd(size)
      return flags.includes('0') && /[dfx]/.test(verb) ? body.padStart(size, '0') : body.padStart(size)
    },
  )
  const extra = args.slice(next).map((a) => `${goType(a)}=${goValue(a)}`)
  return extra.length ? `${text}%!(EXTRA ${extra.join(', ')})` : text
}

function one(verb: string, value: JsonValue | undefined, flags: string, precision: number | undefined): string {
  const wrong = () => `%!${verb}(${goType(value)}=${goValue(value)})`
  switch (verb) {
    case 'v':
      return flags.includes('#') ? goSyntax(value) : goValue(value)
    case 's':
      return typeof value === 'string'
        ? value.slice(0, precision)
        : typeof value === 'object'
          ? goValue(value)
          : wrong()
    case 'd':
      return typeof value === 'number'
        ? (flags.includes('+') && value >= 0 ? '+' : '') + String(Math.trunc(value))
        : wrong()
    case 'q':
      return typeof value === 'string' ? quote(value) : wrong()
    case 't':
      return typeof value === 'boolean' ? String(value) : wrong()
    case 'f':
      return typeof value === 'number' ? value.toFixed(precision ?? 6) : wrong()
    case 'x':
      return typeof value === 'number'
        ? value.toString(16)
        : typeof value === 'string'
          ? Buffer.from(value).toString('hex')
          : wrong()
    case 'c':
      return typeof value === 'number' ? String.fromCodePoint(value) : wrong()
    case 'T':
      return goType(value)
    default:
      return wrong()
  }
}

function goType(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '<nil>'
  if (Array.isArray(value)) return '[]interface {}'
  if (typeof value === 'object') return 'map[string]interface {}'
  return typeof value === 'number'
    ? Number.isInteger(value)
      ? 'int64'
      : 'float64'
    : typeof value === 'boolean'
      ? 'bool'
      : 'string'
}
