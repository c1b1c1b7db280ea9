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
  reject(key, qualifiedNameErrors(key))
  if (negated) return { key, operator: '!', values: [] }
  const next = peek(parser)
  if (next.kind === 'end' || next.text === ',') return { key, operator: 'exists', values: [] }
  take(parser)
  const operator = OPERATORS.get(next.text)
  if (!operator)
    throw new SelectorError(`unable to parse requirement: found '${next.text}', expected: in, notin, =, ==, !=, gt, lt`)
  const values = operator === 'in' || operator === 'notin' ? parseValues(parser) : [parseExactValue(parser)]
  if (operator === 'gt' || operator === 'lt') {
    if (!/^[+-]?\d+$/.test(values[0] ?? ''))
      throw new SelectorError(
        `<nil>: Invalid value: ${JSON.stringify(values)}: for 'Gt', 'Lt' operators, the value must be an integer`,
      )
  } else for (const value of values) reject(value, labelValueErrors(value))
  return { key, operator, values: [...values].sort() }
}

function reject(value: string, errors: readonly string[]): void {
  if (errors.length === 0) return
  throw new SelectorError(`unable to parse requirement: <nil>: Invalid value: ${goQuote(value)}: ${errors.join('; ')}`)
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
  const values = new Set<string>()
  let expectValue = true
  for (;;) {
    const token = take(parser)
    if (token.kind === 'word' && expectValue) {
      values.add(token.text)
      expectValue = false
    } else if (token.text === ',') {
      if (expectValue) values.add('')
      expectValue = true
    } else if (token.text === ')') {
      if (expectValue) values.add('')
      return [...values]
    } else
      throw new SelectorError(`unable to parse requirement: found '${token.text}', expected: ',', ')' or identifier`)
  }
}
