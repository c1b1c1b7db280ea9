/** Functions a template may call: Go's own and kubectl's base64decode and exists. */
import type { JsonValue } from '../../../emulator/index.ts'
import { quote } from '../cli/numbers.ts'
import { goValue } from '../print/go-format.ts'
import { TemplateError } from './nodes.ts'
import { sprintf } from './sprintf.ts'

export type Value = JsonValue | undefined
type TemplateFunction = (args: readonly Value[]) => Value

const compare =
  (
    name: string,
    test: (left: string | number | boolean | null, right: string | number | boolean | null) => boolean,
  ): TemplateFunction =>
  ([left, right]) => {
    const basic = (v: Value) => v === undefined || v === null || typeof v !== 'object'
    if (!basic(left) || !basic(right)) throw new TemplateError(`error calling ${name}: non-comparable types`)
    if (typeof left !== typeof right && left !== undefined && right !== undefined)
      throw new TemplateError(`error calling ${name}: incompatible types for comparison`)
    return test(scalar(left), scalar(right))
  }

const scalar = (value: Value) => (typeof value === 'object' || value === undefined ? null : value)

/** Go's notion of truth: anything that is not the zero value of its type. */
export function isTrue(value: Value): boolean {
  if (value === undefined || value === null) return false
  if (Array.isArray(value)) return value.length > 0
  if (typeof value === 'object') return Object.keys(value).length > 0
  return value !== '' && value !== 0 && value !== false
}

function index(args: readonly Value[]): Value {
  return args.slice(1).reduce((item, key) => {
    if (item === undefined || item === null) throw new TemplateError('error calling index: index of untyped nil')
    if (Array.isArray(item)) {
      if (typeof key !== 'number')
        throw new TemplateError(`error calling index: cannot index slice/array with type ${goType(key)}`)
      if (key < 0 || key >= item.length)
        throw new TemplateError(`error calling index: reflect: slice index out of range`)
      return item[key]
    }
    if (typeof item === 'object') {
      if (typeof key !== 'string')
        throw new TemplateError(`error calling index: value has type ${goType(key)}; should be string`)
      return Object.hasOwn(item, key) ? (item as { readonly [key: string]: JsonValue })[key] : undefined
    }
    throw new TemplateError(`error calling index: can't index item of type ${goType(item)}`)
  }, args[0])
}

function length([value]: readonly Value[]): Value {
  if (typeof value === 'string') return new TextEncoder().encode(value).length
  if (typeof value === 'object' && value !== null) return Object.keys(value).length
  throw new TemplateError(`error calling len: len of type ${goType(value)}`)
}

function base64decode([value]: readonly Value[]): Value {
  const text = String(value ?? '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0)
    throw new TemplateError('error calling base64decode: base64 decode failed: illegal base64 data')
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

const text = (args: readonly Value[]) => args.map(printed).join('')

/** `<no value>` stands for what is missing. */
export function printed(value: Value): string {
  return value === undefined ? '<no value>' : goValue(value)
}

function goType(value: Value): string {
  if (value === undefined || value === null) return 'nil'
  if (Array.isArray(value)) return '[]interface {}'
  if (typeof value === 'object') return 'map[string]interface {}'
  return { string: 'string', number: 'int', boolean: 'bool' }[typeof value as 'string' | 'number' | 'boolean']
}

export const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['and', (args) => args.find((a) => !isTrue(a)) ?? args[args.length - 1]],
  ['or', (args) => args.find(isTrue) ?? args[args.length - 1]],
  ['not', ([value]) => !isTrue(value)],
  ['len', length],
  ['index', index],
  [
    'slice',
    ([value, from, to]) =>
      typeof value === 'string' || Array.isArray(value)
        ? value.slice(Number(from ?? 0), to === undefined ? undefined : Number(to))
        : undefined,
  ],
  [
    'print',
    (args) =>
      args
        .map((a, i) => (i > 0 && typeof a !== 'string' && typeof args[i - 1] !== 'string' ? ' ' : '') + printed(a))
        .join(''),
  ],
  ['println', (args) => `${args.map(printed).join(' ')}\n`],
  ['printf', (args) => sprintf(String(args[0] ?? ''), args.slice(1))],
  ['eq', ([left, ...rights]) => rights.some((right) => compare('eq', (a, b) => a === b)([left, right]))],
  ['ne', compare('ne', (a, b) => a !== b)],
  ['lt', compare('lt', (a, b) => a !== null && b !== null && a < b)],
  ['le', compare('le', (a, b) => a !== null && b !== null && a <= b)],
  ['gt', compare('gt', (a, b) => a !== null && b !== null && a > b)],
  ['ge', compare('ge', (a, b) => a !== null && b !== null && a >= b)],
  [
    'html',
    (args) =>
      text(args).replace(
        /[&<>'"]/g,
        (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', "'": '&#39;', '"': '&#34;' })[c] ?? c,
      ),
  ],
  ['js', (args) => quote(text(args)).slice(1, -1)],
  ['urlquery', (args) => encodeURIComponent(text(args)).replaceAll('%20', '+')],
  ['base64decode', base64decode],
  ['exists', exists],
])
