/** Tokens of Go's text/template (upstream: text/template/parse/lex.go). */
type TokenKind =
  | 'text'
  | 'left'
  | 'right'
  | 'space'
  | 'declare'
  | 'assign'
  | 'pipe'
  | 'open'
  | 'close'
  | 'dot'
  | 'field'
  | 'variable'
  | 'bool'
  | 'number'
  | 'character'
  | 'string'
  | 'word'
  | 'keyword'
  | 'other'
  | 'error'
  | 'end'

export interface Token {
  readonly kind: TokenKind
  readonly at: number
  readonly text: string
}

const KEYWORDS = new Set([
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'nil',
  'range',
  'template',
  'with',
])
const NUMBER =
  /[+-]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]*(?![\d.eE])|[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?[\d_]+)?)/y
const TERMINATOR = /^(?:[\s.,|:()]|$|\}\})/

/** All tokens; a mistake is the last one. */
export function lex(source: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  let trimNext = false
  while (at < source.length) {
    const open = source.indexOf('{{', at)
    const end = open < 0 ? source.length : open
    const trimsBefore = open >= 0 && /^-\s/.test(source.slice(open + 2, open + 4))
    const raw = source.slice(at, end)
    const started = trimNext ? raw.trimStart() : raw
    const text = trimsBefore ? started.trimEnd() : started
    if (text) tokens.push({ kind: 'text', at: at + raw.length - started.length, text })
    if (open < 0) break
    const inside = open + (trimsBefore ? 4 : 2)
    const action = source.startsWith('/*', inside) ? comment(source, inside) : new Action(source, open, inside).lex()
    tokens.push(...action.tokens)
    if (action.tokens.at(-1)?.kind === 'error') return tokens
    at = action.end
    trimNext = action.trims
  }
  return [...tokens, { kind: 'end', at: source.length, text: '' }]
}

interface Lexed {
  readonly tokens: readonly Token[]
  readonly end: number
  readonly trims: boolean
}

function comment(source: string, at: number): Lexed {
  const failed = (text: string): Lexed => ({ tokens: [{ kind: 'error', at, text }], end: at, trims: false })
  const close = source.indexOf('*/', at)
  if (close < 0) return failed('unclosed comment')
  const delimiter = /^(\s-)?\}\}/.exec(source.slice(close + 2, close + 6))
  if (!delimiter) return failed('comment ends before closing delimiter')
  return { tokens: [], end: close + 2 + delimiter[0].length, trims: delimiter[1] !== undefined }
}

class Action {
  readonly #source: string
  readonly #tokens: Token[]
  #at: number
  #depth = 0

  constructor(source: string, open: number, inside: number) {
    this.#source = source
    this.#tokens = [{ kind: 'left', at: open, text: '{{' }]
    this.#at = inside
  }

  lex(): Lexed {
    for (;;) {
      const close = /^(\s-)?\}\}/.exec(this.#source.slice(this.#at, this.#at + 4))
      if (close) {
        this.#tokens.push(this.#depth > 0 ? this.#error('unclosed left paren') : this.#token('right', '}}'))
        return { tokens: this.#tokens, end: this.#at + close[0].length, trims: close[1] !== undefined }
      }
      const token = this.#one()
      this.#tokens.push(token)
      if (token.kind === 'error') return { tokens: this.#tokens, end: this.#at, trims: false }
      this.#at += token.text.length
    }
  }

  #error(text: string): Token {
    return { kind: 'error', at: this.#at, text }
  }

  #token(kind: TokenKind, text: string): Token {
    return { kind, at: this.#at, text }
  }

  #one(): Token {
    const rest = this.#source.slice(this.#at)
    const c = rest[0]
    if (c === undefined) return this.#error('unclosed action')
    // One by one: a trim marker begins with its space.
    if (/\s/.test(c)) return this.#token('space', c)
    if (c === '=') return this.#token('assign', c)
    if (c === ':') return rest[1] === '=' ? this.#token('declare', ':=') : this.#error('expected :=')
    if (c === '|') return this.#token('pipe', c)
    if (c === '(' || c === ')') return this.#parenthesis(c)
    if (c === '"' || c === '`' || c === "'") return this.#quoted(c, rest)
    if (c === '$' || (c === '.' && !/^\.\d/.test(rest))) return this.#fieldOrVariable(c, rest)
    if (/[\d.+-]/.test(c)) return this.#number(rest)
    if (/[\p{L}\p{Nd}_]/u.test(c)) return this.#word(rest)
    if (/[!-~]/.test(c)) return this.#token('other', c)
    return this.#error(`unrecognized character in action: ${unicode(rest)}`)
  }

  #parenthesis(c: string): Token {
    this.#depth += c === '(' ? 1 : -1
    return this.#depth < 0 ? this.#error('unexpected right paren') : this.#token(c === '(' ? 'open' : 'close', c)
  }

  #quoted(c: string, rest: string): Token {
    const pattern = c === '`' ? /^`[^`]*`/ : c === '"' ? /^"(?:[^"\\\n]|\\[^\n])*"/ : /^'(?:[^'\\\n]|\\[^\n])*'/
    const found = pattern.exec(rest)
    if (found) return this.#token(c === "'" ? 'character' : 'string', found[0])
    return this.#error(
      c === '`'
        ? 'unterminated raw quoted string'
        : c === '"'
          ? 'unterminated quoted string'
          : 'unterminated character constant',
    )
  }

  #fieldOrVariable(c: string, rest: string): Token {
    const name = /^[\p{L}\p{Nd}_]*/u.exec(rest.slice(1))?.[0] ?? ''
    const after = rest.slice(1 + name.length)
    if (!TERMINATOR.test(after)) return this.#error(`bad character ${unicode(after)}`)
    return this.#token(c === '$' ? 'variable' : name ? 'field' : 'dot', c + name)
  }

  #number(rest: string): Token {
    NUMBER.lastIndex = 0
    const text = NUMBER.exec(rest)?.[0] ?? ''
    const next = rest[text.length] ?? ''
    if (!/\d/.test(text) || /[\p{L}\p{Nd}_]/u.test(next))
      return this.#error(`bad number syntax: ${JSON.stringify(text + next)}`)
    return this.#token('number', text)
  }

  #word(rest: string): Token {
    const word = /^[\p{L}\p{Nd}_]+/u.exec(rest)?.[0] ?? ''
    const after = rest.slice(word.length)
    if (!TERMINATOR.test(after)) return this.#error(`bad character ${unicode(after)}`)
    return this.#token(KEYWORDS.has(word) ? 'keyword' : word === 'true' || word === 'false' ? 'bool' : 'word', word)
  }
}

/** Go's %#U. */
function unicode(text: string): string {
  const point = text.codePointAt(0) ?? 0
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')} '${String.fromCodePoint(point)}'`
}
