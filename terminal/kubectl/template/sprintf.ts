import type { JsonValue } from '../../../emulator/index.ts'
import { quote } from '../cli/numbers.ts'
import { goSyntax, goValue as plainValue } from '../print/go-format.ts'
import { Float } from './nodes.ts'

type Argument = JsonValue | undefined | Float
const plain = (value: Argument) => (value instanceof Float ? value.value : value)
const goValue = (value: Argument): string => plainValue(plain(value))

/** Go's fmt.Sprintf for the verbs that templates use: %v %s %d %q %t %f %e %g %x %X %o %b %U %c %T %% with flags, width and precision. */
export function sprintf(format: string, args: readonly Argument[]): string {
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
  const extra = args.slice(next).map((a) => (goType(a) === '<nil>' ? '<nil>' : `${goType(a)}=${goValue(a)}`))
  return extra.length ? `${text}%!(EXTRA ${extra.join(', ')})` : text
}

function one(verb: string, given: Argument, flags: string, precision: number | undefined): string {
  const value = plain(given)
  const wrong = () => `%!${verb}(${goType(given) === '<nil>' ? '<nil>' : `${goType(given)}=${goValue(given)}`})`
  const whole = typeof value === 'number' && goType(given) === 'int64'
  const float = typeof value === 'number' && goType(given) === 'float64'
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
      return whole ? (flags.includes('+') && value >= 0 ? '+' : '') + String(Math.trunc(value)) : wrong()
    case 'q':
      return typeof value === 'string' ? quote(value) : wrong()
    case 't':
      return typeof value === 'boolean' ? String(value) : wrong()
    case 'f':
      return float ? value.toFixed(precision ?? 6) : wrong()
    case 'e':
      return float ? value.toExponential(precision ?? 6).replace(/([+-])(\d)$/, '$10$2') : wrong()
    case 'g':
      return float ? goValue(value) : wrong()
    case 'o':
      return whole ? value.toString(8) : wrong()
    case 'b':
      return whole ? value.toString(2) : wrong()
    case 'U':
      return whole ? `U+${value.toString(16).toUpperCase().padStart(4, '0')}` : wrong()
    case 'X':
      return whole || typeof value === 'string' ? one('x', value, flags, precision).toUpperCase() : wrong()
    case 'x':
      return whole ? value.toString(16) : typeof value === 'string' ? Buffer.from(value).toString('hex') : wrong()
    case 'c':
      return whole ? String.fromCodePoint(value) : wrong()
    case 'T':
      return goType(given)
    default:
      return wrong()
  }
}

function goType(value: Argument): string {
  if (value === undefined || value === null) return '<nil>'
  if (value instanceof Float) return 'float64'
  if (Array.isArray(value)) return '[]interface {}'
  if (typeof value === 'object') return 'map[string]interface {}'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  return typeof value === 'boolean' ? 'bool' : 'string'
}
