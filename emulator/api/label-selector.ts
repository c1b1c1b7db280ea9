/** Label selectors in their text form: `app=web,tier in (a, b),!old` (upstream: apimachinery/pkg/labels/selector.go). */
import { goQuote } from './go-text.ts'
import { labelValueErrors, qualifiedNameErrors } from './names.ts'

export type Labels = { readonly [key: string]: string } | undefined

export interface Requirement {
  readonly key: string
  readonly operator: 'exists' | '!' | '=' | '!=' | 'in' | 'notin' | 'gt' | 'lt'
  readonly values: readonly string[]
}

export type ParsedSelector =
  | { readonly ok: true; readonly requirements: readonly Requirement[] }
  | { readonly ok: false; readonly message: string }

/** Parses a selector; never throws. The message is the server's own (`unable to parse requirement: …`). */
export function parseLabelSelector(text: string): ParsedSelector {
  const tokens = tokenize(text)
  const requirements: Requirement[] = []
  if (tokens[0]?.kind === 'end') return { ok: true, requirements }
  const parser = { tokens, at: 0 }
  try {
    const first = peek(parser)
    if (first.kind !== 'word' && first.text !== '!')
      throw new SelectorError(`found '${first.text}', expected: !, identifier, or 'end of string'`)
    for (;;) {
      requirements.push(parseRequirement(parser))
      const next = take(parser)
      if (next.kind === 'end') break
      if (next.text !== ',') throw new SelectorError(`found '${next.text}', expected: ',' or 'end of string'`)
      const after = peek(parser)
      if (after.kind !== 'word' && after.text !== '!')
        throw new SelectorError(`found '${after.text}', expected: identifier after ','`)
    }
  } catch (error) {
    if (error instanceof SelectorError) return { ok: false, message: error.message }
    throw error
  }
  requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return { ok: true, requirements }
}

/** Do these labels meet every requirement? */
export function matchesLabels(requirements: readonly Requirement[], labels: Labels): boolean {
  return requirements.every((requirement) => meets(requirement, labels))
}

/** `a=b,c=d` from equal labels. */
export function formatLabels(labels: Labels): string {
  return Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',')
}

function meets({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined
  if (operator === 'exists') return value !== undefined
  if (operator === '!') return value === undefined
  if (operator === '!=' || operator === 'notin') return value === undefined || !values.includes(value)
  if (operator === '=' || operator === 'in') return value !== undefined && values.includes(value)
  if (value === undefined || !/^[+-]?\d+$/.test(value)) return false
  return operator === 'gt' ? BigInt(value) > BigInt(values[0] ?? 0) : BigInt(value) < BigInt(values[0] ?? 0)
}

class SelectorError extends Error {}

interface Token {
  readonly kind: 'word' | 'symbol' | 'end'
  readonly text: string
}
interface Parser {
  readonly tokens: readonly Token[]
  at: number
}

const END: Token = { kind: 'end', text: '' }
const peek = (parser: Parser): Token => parser.tokens[parser.at] ?? END
const take = (parser: Parser): Token => parser.tokens[parser.at++] ?? END

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(/[ \t\r\n]+|(==|!=|[=!<>(),])|([^ \t\r\n=!<>(),]+)|./gs)) {
    if (match[1] !== undefined) tokens.push({ kind: 'symbol', text: match[1] })
    else if (match[2] !== undefined) tokens.push({ kind: 'word', text: match[2] })
  }
  tokens.push(END)
  return tokens
}

const OPERATORS = new Map<string, Requirement['operator']>([
  ['=', '='],
  ['==', '='],
  ['!=', '!='],
  ['in', 'in'],
  ['notin', 'notin'],
  ['>', 'gt'],
  ['<', 'lt'],
])

function parseRequirement(parser: Parser): Requirement {
  const negated = peek(parser).text === '!'
  if (negated) take(parser)
  const { kind, text: key } = take(parser)
  if (kind !== 'word') throw new SelectorError(`unable to parse requirement: found '${key}', expected: identifier`)
  const keyErrors = valueErrors('<nil>', key, qualifiedNameErrors(key))
  if (keyErrors.length > 0) throw new SelectorError(`unable to parse requirement: ${aggregate(keyErrors)}`)
  if (negated) return { key, operator: '!', values: [] }
  const next = peek(parser)
  if (next.kind === 'end' || next.text === ',') return { key, operator: 'exists', values: [] }
  take(parser)
  const operator = OPERATORS.get(next.text)
  if (!operator)
    throw new SelectorError(`unable to parse requirement: found '${next.text}', expected: in, notin, =, ==, !=, gt, lt`)
  const values = operator === 'in' || operator === 'notin' ? parseValues(parser) : [parseExactValue(parser)]
  const sorted = [...values].sort()
  const integers = operator === 'gt' || operator === 'lt'
  const errors = [
    ...(integers ? sorted.flatMap(integerErrors) : []),
    ...sorted.flatMap((value, index) => valueErrors(`values[${index}][${key}]`, value, labelValueErrors(value))),
  ]
  if (errors.length > 0) throw new SelectorError(`unable to parse requirement: ${aggregate(errors)}`)
  return { key, operator, values: sorted }
}

const MAX_INT64 = 2n ** 63n

function integerErrors(value: string, index: number): readonly string[] {
  if (/^[+-]?\d+$/.test(value) && BigInt(value) < MAX_INT64 && BigInt(value) >= -MAX_INT64) return []
  return valueErrors(`values[${index}]`, value, ["for 'Gt', 'Lt' operators, the value must be an integer"])
}

function valueErrors(path: string, value: string, messages: readonly string[]): readonly string[] {
  return messages.length === 0 ? [] : [`${path}: Invalid value: ${goQuote(value)}: ${messages.join('; ')}`]
}

/** Several errors as one (upstream: apimachinery/pkg/util/errors.Aggregate): repeated ones once, in brackets. */
function aggregate(errors: readonly string[]): string {
  const distinct = [...new Set(errors)]
  return distinct.length === 1 ? distinct.join('') : `[${distinct.join(', ')}]`
}

function parseExactValue(parser: Parser): string {
  const next = peek(parser)
  if (next.kind === 'end' || next.text === ',') return ''
  if (next.kind !== 'word')
    throw new SelectorError(`unable to parse requirement: found '${next.text}', expected: identifier`)
  return take(parser).text
}

function parseValues(parser: Parser): readonly string[] {
  const open = take(parser)
  if (open.text !== '(' || open.kind !== 'symbol')
    throw new SelectorError(`unable to parse requirement: found '${open.text}' expected: '('`)
  const first = peek(parser)
  if (first.text !== ')' && first.text !== ',' && first.kind !== 'word')
    throw new SelectorError(`unable to parse requirement: found '${first.text}', expected: ',', ')' or identifier`)
  const values = new Set<string>()
  let separated = true
  for (;;) {
    const token = take(parser)
    if (token.text === ')' || token.text === ',') {
      if (separated) values.add('')
      if (token.text === ')') return [...values]
      separated = true
    } else if (token.kind !== 'word')
      throw new SelectorError(
        `unable to parse requirement: found '${token.text}', expected: ${separated ? "',', or identifier" : "',' or ')'"}`,
      )
    else if (!separated)
      throw new SelectorError(`unable to parse requirement: found '${token.text}', expected: ',' or ')'`)
    else {
      values.add(token.text)
      separated = false
    }
  }
}
