/** Values as YAML text, laid out and quoted as sigs.k8s.io/yaml does: sorted keys, sequences level with their key. */
import type { JsonValue } from '../../../emulator/index.ts'
import { looksLikeAnotherType } from './resolve.ts'
import { writeScalar } from './write-scalar.ts'

/** Ends with a line break. */
export function printYaml(value: JsonValue): string {
  if (isCollection(value) && size(value) > 0) return block(value, 0).join('\n').concat('\n')
  return `${inline(value, 0)}\n`
}

function block(value: Collection, indent: number): string[] {
  const pad = ' '.repeat(indent)
  if (Array.isArray(value)) return value.flatMap((item) => sequenceItem(item, indent))
  return Object.keys(value)
    .sort(naturalOrder)
    .flatMap((key) => {
      const item = (value as { readonly [key: string]: JsonValue })[key] ?? null
      const head = `${pad}${writeScalar(key, styleOf(key), true, indent)}:`
      if (!isCollection(item) || size(item) === 0) return [`${head} ${inline(item, indent + 2)}`]
      return [head, ...block(item, Array.isArray(item) ? indent : indent + 2)]
    })
}

function sequenceItem(item: JsonValue, indent: number): string[] {
  const pad = ' '.repeat(indent)
  if (!isCollection(item) || size(item) === 0) return [`${pad}- ${inline(item, indent + 2)}`]
  const [first = '', ...rest] = block(item, indent + 2)
  return [`${pad}- ${first.slice(indent + 2)}`, ...rest]
}

function inline(value: JsonValue, indent: number): string {
  if (typeof value === 'string') return writeScalar(value, styleOf(value), false, indent)
  if (isCollection(value)) return Array.isArray(value) ? '[]' : '{}'
  if (typeof value === 'number') return goNumber(value)
  return String(value)
}

/** Integers as they are; floats as Go's strconv writes them. */
export function goNumber(value: number): string {
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2')
}

type Collection = readonly JsonValue[] | { readonly [key: string]: JsonValue }
const isCollection = (value: JsonValue): value is Collection => typeof value === 'object' && value !== null
const size = (value: Collection) => Object.keys(value).length

function styleOf(text: string): 'literal' | 'plain' | 'double' {
  if (text.includes('\n')) return 'literal'
  return looksLikeAnotherType(text) ? 'double' : 'plain'
}

/** Order of keys: letters after other characters, digits by number (upstream: go.yaml.in/yaml/v2, sorter.go). */
export function naturalOrder(a: string, b: string): number {
  const left = Array.from(a)
  const right = Array.from(b)
  for (let i = 0; i < left.length && i < right.length; i++) {
    const x = left[i] ?? ''
    const y = right[i] ?? ''
    if (x === y) continue
    const xLetter = /\p{L}/u.test(x)
    const yLetter = /\p{L}/u.test(y)
    if (xLetter !== yLetter) return yLetter ? -1 : 1
    if (xLetter) return codeOrder(x, y)
    return compareNumbers(left, right, i) || codeOrder(x, y)
  }
  return left.length - right.length
}

const codeOrder = (x: string, y: string) => (x.codePointAt(0) ?? 0) - (y.codePointAt(0) ?? 0)

function compareNumbers(left: readonly string[], right: readonly string[], at: number): number {
  let lead = ''
  if (left[at] === '0' || right[at] === '0')
    for (let j = at - 1; j >= 0 && /\d/.test(left[j] ?? ''); j--)
      if (left[j] !== '0') {
        lead = '1'
        break
      }
  const digits = (chars: readonly string[]) => /^\d*/.exec(chars.slice(at).join(''))?.[0] ?? ''
  const a = digits(left)
  const b = digits(right)
  return Number(lead + a) - Number(lead + b) || a.length - b.length
}
