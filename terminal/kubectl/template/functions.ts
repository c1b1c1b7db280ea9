/** Functions a template may call: Go's own (upstream: text/template/funcs.go) and kubectl's base64decode and exists. */
import type { JsonValue } from '../../../emulator/index.ts'
import { goValue } from '../print/go-format.ts'
import { Float, TemplateError } from './nodes.ts'
import { sprintf } from './sprintf.ts'

export type Value = JsonValue | undefined | Float

interface TemplateFunction {
  readonly least: number
  /** Any number where it is missing. */
  readonly most?: number
  /** The first argument has to be a string. */
  readonly text?: true
  /** An argument that settles the result: those after it are not evaluated. */
  readonly stop?: (value: Value) => boolean
  /** Throws TemplateError. `texts` are the arguments as they are written. */
  readonly call: (args: readonly Value[], texts: readonly string[]) => Value
}

export const compareCodePoints = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const plain = (value: Value): JsonValue | undefined => (value instanceof Float ? value.value : value)

/** Go's notion of truth: anything that is not the zero value of its type. */
export function isTrue(given: Value): boolean {
  const value = plain(given)
  if (value === undefined || value === null) return false
  if (Array.isArray(value)) return value.length > 0
  if (typeof value === 'object') return Object.keys(value).length > 0
  return value !== '' && value !== 0 && value !== false
}

export function goType(value: Value): string {
  if (value === undefined || value === null) return 'nil'
  if (value instanceof Float) return 'float64'
  if (Array.isArray(value)) return '[]interface {}'
  if (typeof value === 'object') return 'map[string]interface {}'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64'
  return typeof value === 'boolean' ? 'bool' : 'string'
}

/** `<no value>` stands for what is missing. */
export function printed(value: Value): string {
  return value === undefined ? '<no value>' : goValue(plain(value))
}

/** As an argument of print: what is missing is nil. */
const argument = (value: Value): string => goValue(plain(value))

const KINDS = new Map([
  ['int', 'integer'],
  ['float64', 'float'],
  ['string', 'string'],
  ['bool', 'bool'],
])

/** Throws TemplateError for kinds that cannot be compared. */
function isEqual(left: Value, right: Value): boolean {
  const [a, b] = [goType(left), goType(right)]
  if (!KINDS.has(a) && a !== 'nil') throw notComparable(left, right)
  if (!KINDS.has(b) && b !== 'nil') throw notComparable(left, right)
  if (a === 'nil' || b === 'nil') return a === b
  if (a !== b) throw new TemplateError('incompatible types for comparison')
  return plain(left) === plain(right)
}

function notComparable(left: Value, right: Value): TemplateError {
  const sameType = goType(left) === goType(right)
  const type = goType(KINDS.has(goType(left)) ? right : left)
  return new TemplateError(
    sameType || KINDS.has(goType(left))
      ? `non-comparable type ${argument(KINDS.has(goType(left)) ? right : left)}: ${type}`
      : `non-comparable types ${argument(left)}: ${goType(left)}, ${goType(right)}: ${argument(right)}`,
  )
}

function isLess(left: Value, right: Value): boolean {
  const [a, b] = [goType(left), goType(right)]
  if (!KINDS.has(a) || !KINDS.has(b)) throw new TemplateError('invalid type for comparison')
  if (a !== b) throw new TemplateError('incompatible types for comparison')
  if (a === 'bool') throw new TemplateError('invalid type for comparison')
  const [x, y] = [plain(left), plain(right)]
  return typeof x === 'string' && typeof y === 'string' ? compareCodePoints(x, y) < 0 : Number(x) < Number(y)
}

const comparison = (test: (left: Value, right: Value) => boolean): TemplateFunction => ({
  least: 2,
  most: 2,
  call: ([left, right]) => test(left, right),
})

function position(key: Value, size: number): number {
  if (key === undefined || key === null) throw new TemplateError('cannot index slice/array with nil')
  if (typeof key !== 'number' || !Number.isInteger(key))
    throw new TemplateError(`cannot index slice/array with type ${goType(key)}`)
  if (key < 0 || key > size) throw new TemplateError(`index out of range: ${key}`)
  return key
}

function index(args: readonly Value[]): Value {
  if (args[0] === undefined || args[0] === null) throw new TemplateError('index of untyped nil')
  return args.slice(1).reduce<Value>((item, key) => {
    if (item === undefined || item === null) throw new TemplateError('index of nil pointer')
    if (Array.isArray(item) || typeof item === 'string') {
      const list = typeof item === 'string' ? [...new TextEncoder().encode(item)] : item
      return list[position(key, list.length - 1)]
    }
    if (goType(item) !== 'map[string]interface {}') throw new TemplateError(`can't index item of type ${goType(item)}`)
    if (key === undefined || key === null) throw new TemplateError('value is nil; should be of type string')
    if (typeof key !== 'string') throw new TemplateError(`value has type ${goType(key)}; should be string`)
    return Object.hasOwn(item as object, key) ? (item as { readonly [key: string]: JsonValue })[key] : undefined
  }, args[0])
}

function slice([item, ...keys]: readonly Value[]): Value {
  if (item === undefined || item === null) throw new TemplateError('slice of untyped nil')
  if (keys.length > 3) throw new TemplateError(`too many slice indexes: ${keys.length}`)
  if (typeof item !== 'string' && !Array.isArray(item))
    throw new TemplateError(`can't slice item of type ${goType(item)}`)
  if (typeof item === 'string' && keys.length === 3) throw new TemplateError('cannot 3-index slice a string')
  const bytes = typeof item === 'string' ? new TextEncoder().encode(item) : undefined
  const size = bytes?.length ?? item.length
  const places = keys.map((key) => position(key, size))
  const [from = 0, to = size] = places
  if (from > to) throw new TemplateError(`invalid slice index: ${from} > ${to}`)
  return bytes ? new TextDecoder().decode(bytes.slice(from, to)) : (item as readonly JsonValue[]).slice(from, to)
}

function length([value]: readonly Value[]): Value {
  if (value === undefined || value === null)
    throw new TemplateError('reflect: call of reflect.Value.Type on zero Value')
  if (typeof value === 'string') return new TextEncoder().encode(value).length
  if (Array.isArray(value)) return value.length
  if (goType(value) === 'map[string]interface {}') return Object.keys(value).length
  throw new TemplateError(`len of type ${goType(value)}`)
}

function base64decode([value]: readonly Value[]): Value {
  const text = String(value).replace(/[\r\n]/g, '')
  const valid = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?/.exec(text)?.[0].length ?? 0
  if (valid < text.length) {
    const wrong = /[^A-Za-z0-9+/]/.exec(text.slice(valid))
    throw new TemplateError(
      `base64 decode failed: illegal base64 data at input byte ${wrong ? valid + wrong.index : valid}`,
    )
  }
  return Buffer.from(text, 'base64').toString('utf8')
}

function exists(args: readonly Value[]): Value {
  try {
    return index(args) !== undefined
  } catch (error) {
    if (error instanceof TemplateError) return false
    throw error
  }
}

/** Spaces stand between arguments of which neither is a string. */
function print(args: readonly Value[]): string {
  return args
    .map((a, i) => (i > 0 && typeof a !== 'string' && typeof args[i - 1] !== 'string' ? ' ' : '') + argument(a))
    .join('')
}

/** What html, js and urlquery escape: one string as it is, or what print makes of the arguments. */
const text = (args: readonly Value[]): string => (args.length === 1 ? printed(args[0]) : print(args))

const HTML = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ["'", '&#39;'],
  ['"', '&#34;'],
])

const javaScript = (source: string): string =>
  source.replace(/[\\'"<>&=\p{Cc}]/gu, (c) =>
    /[\\'"]/.test(c) ? `\\${c}` : `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  )

const urlQuery = (source: string): string =>
  encodeURIComponent(source)
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')

export const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['and', { least: 1, stop: (value) => !isTrue(value), call: (args) => args.at(-1) }],
  ['or', { least: 1, stop: isTrue, call: (args) => args.at(-1) }],
  ['not', { least: 1, most: 1, call: ([value]) => !isTrue(value) }],
  ['len', { least: 1, most: 1, call: length }],
  ['index', { least: 1, call: index }],
  ['slice', { least: 1, call: slice }],
  ['print', { least: 0, call: print }],
  ['println', { least: 0, call: (args) => `${args.map(argument).join(' ')}\n` }],
  ['printf', { least: 1, text: true, call: ([format, ...rest]) => sprintf(String(format), rest) }],
  [
    'eq',
    {
      least: 1,
      call: ([left, ...rights]) => {
        if (rights.length === 0) throw new TemplateError('missing argument for comparison')
        return rights.some((right) => isEqual(left, right))
      },
    },
  ],
  ['ne', comparison((a, b) => !isEqual(a, b))],
  ['lt', comparison(isLess)],
  ['le', comparison((a, b) => isLess(a, b) || isEqual(a, b))],
  ['gt', comparison((a, b) => !isLess(a, b) && !isEqual(a, b))],
  ['ge', comparison((a, b) => !isLess(a, b))],
  ['html', { least: 0, call: (args) => text(args).replace(/[&<>'"]/g, (c) => HTML.get(c) ?? c) }],
  ['js', { least: 0, call: (args) => javaScript(text(args)) }],
  ['urlquery', { least: 0, call: (args) => urlQuery(text(args)) }],
  [
    'call',
    {
      least: 1,
      call: ([value], [name]) => {
        throw new TemplateError(
          value === undefined || value === null
            ? 'call of nil'
            : `non-function ${name ?? argument(value)} of type ${goType(value)}`,
        )
      },
    },
  ],
  ['base64decode', { least: 1, most: 1, text: true, call: base64decode }],
  ['exists', { least: 1, call: exists }],
])
