/** Scanning of the four kinds of scalars (libyaml: scanner.c, yaml_parser_scan_{block,flow,plain}_scalar). */
import { isBlank, isBlankOrEnd, isBreak, isBreakOrEnd } from './characters.ts'
import type { Reader } from './reader.ts'
import { type Mark, type Token, YamlError } from './tokens.ts'

/** Scanner errors count lines from 1. */
export const scanError = (problem: string, at: Mark) => new YamlError(problem, at.line === 0 ? 0 : at.line + 1)

const scalar = (value: string, plain: boolean, start: Mark, reader: Reader): Token => ({
  kind: 'scalar',
  value,
  plain,
  start,
  end: reader.mark(),
})

/** `|` and `>` with their indentation and chomping indicators; `parentIndent` is that of the node around. */
export function scanBlockScalar(reader: Reader, parentIndent: number): Token {
  const start = reader.mark()
  const literal = reader.peek() === '|'
  reader.skip()
  const { chomping, increment } = scanHeader(reader)
  while (isBlank(reader.peek())) reader.skip()
  if (reader.peek() === '#') while (!isBreakOrEnd(reader.peek())) reader.skip()
  if (!isBreakOrEnd(reader.peek())) throw scanError('did not find expected comment or line break', reader.mark())
  reader.takeBreak()
  const fixed = increment ? (parentIndent >= 0 ? parentIndent + increment : increment) : 0
  let { indent, breaks: trailing } = blockBreaks(reader, fixed, parentIndent)
  let value = ''
  let leading = ''
  let leadingBlank = false
  while (reader.column === indent && reader.peek() !== '') {
    const blank = isBlank(reader.peek())
    if (!literal && leading.startsWith('\n') && !leadingBlank && !blank) value += trailing === '' ? ' ' : ''
    else value += leading
    value += trailing
    leadingBlank = blank
    while (!isBreakOrEnd(reader.peek())) {
      value += reader.peek()
      reader.skip()
    }
    leading = reader.takeBreak()
    ;({ indent, breaks: trailing } = blockBreaks(reader, indent, parentIndent))
  }
  if (chomping >= 0) value += leading
  if (chomping > 0) value += trailing
  return scalar(value, false, start, reader)
}

function scanHeader(reader: Reader): { chomping: number; increment: number } {
  let chomping = 0
  let increment = 0
  for (;;) {
    const c = reader.peek()
    if (c === '+' || c === '-') chomping = c === '+' ? 1 : -1
    else if (c === '0') throw scanError('found an indentation indicator equal to 0', reader.mark())
    else if (/^[1-9]$/.test(c)) increment = Number(c)
    else return { chomping, increment }
    reader.skip()
  }
}

/** Eats indentation and empty lines; finds the scalar's indentation if it is not fixed yet (0). */
function blockBreaks(reader: Reader, fixed: number, parentIndent: number): { indent: number; breaks: string } {
  let deepest = 0
  let breaks = ''
  for (;;) {
    while ((fixed === 0 || reader.column < fixed) && reader.peek() === ' ') reader.skip()
    deepest = Math.max(deepest, reader.column)
    if ((fixed === 0 || reader.column < fixed) && reader.peek() === '\t')
      throw scanError('found a tab character where an indentation space is expected', reader.mark())
    if (!isBreak(reader.peek())) break
    breaks += reader.takeBreak()
  }
  return { indent: fixed || Math.max(deepest, parentIndent + 1, 1), breaks }
}

const ESCAPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '0': '\0',
    a: '\x07',
    b: '\b',
    t: '\t',
    '\t': '\t',
    n: '\n',
    v: '\v',
    f: '\f',
    r: '\r',
    e: '\x1b',
  }).concat(
    Object.entries({
      ' ': ' ',
      '"': '"',
      "'": "'",
      '\\': '\\',
      '/': '/',
      N: '\u0085',
      _: '\u00a0',
      L: '\u2028',
      P: '\u2029',
    }),
  ),
)
const HEX_LENGTH: { readonly [letter: string]: number } = { x: 2, u: 4, U: 8 }

/** Quoted scalars, folding their line breaks. */
export function scanQuoted(reader: Reader): Token {
  const start = reader.mark()
  const quote = reader.peek()
  reader.skip()
  let value = ''
  for (;;) {
    if (reader.column === 0 && /^(?:---|\.\.\.)(?:\s|$)/.test(reader.text.slice(reader.index, reader.index + 4)))
      throw scanError('found unexpected document indicator', reader.mark())
    if (reader.peek() === '') throw scanError('found unexpected end of stream', reader.mark())
    let joined = false
    while (!isBlankOrEnd(reader.peek())) {
      const c = reader.peek()
      if (quote === "'" && c === "'" && reader.peek(1) === "'") {
        value += "'"
        reader.skip(2)
      } else if (c === quote) break
      else if (quote === '"' && c === '\\' && isBreak(reader.peek(1))) {
        reader.skip()
        reader.takeBreak()
        joined = true
        break
      } else if (quote === '"' && c === '\\') value += scanEscape(reader)
      else {
        value += c
        reader.skip()
      }
    }
    if (reader.peek() === quote) break
    value += fold(reader, joined)
  }
  reader.skip()
  return scalar(value, false, start, reader)
}

function scanEscape(reader: Reader): string {
  const letter = reader.peek(1)
  const simple = ESCAPES.get(letter)
  if (simple !== undefined) {
    reader.skip(2)
    return simple
  }
  const length = HEX_LENGTH[letter]
  if (length === undefined) throw scanError('found unknown escape character', reader.mark())
  const digits = reader.text.slice(reader.index + 2, reader.index + 2 + length)
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits))
    throw scanError('did not find expected hexdecimal number', reader.mark())
  const code = Number.parseInt(digits, 16)
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    throw scanError('found invalid Unicode character escape code', reader.mark())
  reader.skip(2 + length)
  return String.fromCodePoint(code)
}

/** Blanks and breaks inside a scalar: blanks stay, one break becomes a space, more breaks lose the first. */
function fold(reader: Reader, afterBreak: boolean): string {
  let blanks = ''
  let first = ''
  let more = ''
  let broken = afterBreak
  while (isBlank(reader.peek()) || isBreak(reader.peek())) {
    if (isBlank(reader.peek())) {
      if (!broken) blanks += reader.peek()
      reader.skip()
    } else if (!broken) {
      blanks = ''
      first = reader.takeBreak()
      broken = true
    } else more += reader.takeBreak()
  }
  if (!broken) return blanks
  return first === '\n' ? (more === '' ? ' ' : more) : first + more
}

/** Unquoted text; ends at `: `, ` #` and, inside brackets, at flow indicators. Reports whether a break was crossed. */
export function scanPlain(reader: Reader, flowLevel: number, indent: number): { token: Token; crossedBreak: boolean } {
  const start = reader.mark()
  let end = start
  let value = ''
  let gap = ''
  let broken = false
  for (;;) {
    if (reader.column === 0 && /^(?:---|\.\.\.)(?:\s|$)/.test(reader.text.slice(reader.index, reader.index + 4))) break
    if (reader.peek() === '#') break
    while (!isBlankOrEnd(reader.peek())) {
      const c = reader.peek()
      if (c === ':' && (isBlankOrEnd(reader.peek(1)) || (flowLevel > 0 && ',?[]{}'.includes(reader.peek(1))))) break
      if (flowLevel > 0 && ',?[]{}'.includes(c) && !(c === '?' && !isBlankOrEnd(reader.peek(1)))) break
      value += gap
      gap = ''
      broken = false
      value += c
      reader.skip()
      end = reader.mark()
    }
    if (!isBlank(reader.peek()) && !isBreak(reader.peek())) break
    ;({ gap, broken } = plainGap(reader, indent))
    if (flowLevel === 0 && reader.column < indent + 1) break
  }
  const token: Token = { kind: 'scalar', value, plain: true, start, end }
  return { token, crossedBreak: broken }
}

function plainGap(reader: Reader, indent: number): { gap: string; broken: boolean } {
  let blanks = ''
  let first = ''
  let more = ''
  while (isBlank(reader.peek()) || isBreak(reader.peek())) {
    if (isBlank(reader.peek())) {
      if (first !== '' && reader.column < indent + 1 && reader.peek() === '\t')
        throw scanError('found a tab character that violates indentation', reader.mark())
      if (first === '') blanks += reader.peek()
      reader.skip()
    } else if (first === '') first = reader.takeBreak()
    else more += reader.takeBreak()
  }
  if (first === '') return { gap: blanks, broken: false }
  return { gap: first === '\n' ? (more === '' ? ' ' : more) : first + more, broken: true }
}
