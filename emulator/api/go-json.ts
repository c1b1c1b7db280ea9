/**
 * JSON as Go's encoding/json reads it: its words for syntax errors, and the fields that an object names twice
 * (upstream: sigs.k8s.io/json, which the API server decodes with).
 */
import { goQuote } from './go-text.ts'

export type JsonResult =
  | { readonly ok: true; readonly value: unknown; readonly duplicates: readonly string[] }
  | { readonly ok: false; readonly message: string }

/** Deeper nesting than any object of Kubernetes has; Go's own limit is 10,000. */
const MAX_DEPTH = 500

class SyntaxProblem extends Error {}

/** Parses JSON text; never throws. */
export function parseJson(text: string): JsonResult {
  const reader = new Reader(text)
  try {
    const value = reader.value('beginning of value', '', 0)
    reader.end()
    return { ok: true, value, duplicates: reader.duplicates }
  } catch (error) {
    if (error instanceof SyntaxProblem) return { ok: false, message: error.message }
    throw error
  }
}

class Reader {
  readonly duplicates: string[] = []
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  value(looking: string, path: string, depth: number): unknown {
    if (depth > MAX_DEPTH) throw new SyntaxProblem('exceeded max depth')
    const character = this.skip()
    if (character === '{') return this.object(path, depth)
    if (character === '[') return this.array(path, depth)
    if (character === '"') return this.string()
    if (character === 't') return this.word('true', true)
    if (character === 'f') return this.word('false', false)
    if (character === 'n') return this.word('null', null)
    if (character === '-' || (character >= '0' && character <= '9')) return this.number()
    return this.unexpected(looking)
  }

  end(): void {
    if (this.skip() !== '') this.unexpected('after top-level value')
  }

  private object(path: string, depth: number): Readonly<Record<string, unknown>> {
    const entries = new Map<string, unknown>()
    this.at++
    if (this.skip() === '}') return this.close(entries)
    for (;;) {
      if (this.skip() !== '"') this.unexpected('looking for beginning of object key string')
      const key = this.string()
      const inner = path === '' ? key : `${path}.${key}`
      if (entries.has(key)) this.duplicates.push(inner)
      if (this.skip() !== ':') this.unexpected('after object key')
      this.at++
      entries.set(key, this.value('beginning of value', inner, depth + 1))
      const next = this.skip()
      if (next === '}') return this.close(entries)
      if (next !== ',') this.unexpected('after object key:value pair')
      this.at++
    }
  }

  private close(entries: ReadonlyMap<string, unknown>): Readonly<Record<string, unknown>> {
    this.at++
    return Object.fromEntries(entries)
  }

  private array(path: string, depth: number): readonly unknown[] {
    const items: unknown[] = []
    this.at++
    if (this.skip() === ']') {
      this.at++
      return items
    }
    for (;;) {
      items.push(this.value('beginning of value', `${path}[${items.length}]`, depth + 1))
      const next = this.skip()
      this.at++
      if (next === ']') return items
      if (next === ',') continue
      this.at--
      this.unexpected('after array element')
    }
  }

  private string(): string {
    const start = this.at++
    for (;;) {
      const character = this.text[this.at]
      if (character === undefined) throw new SyntaxProblem('unexpected end of JSON input')
      if (character === '"') break
      if (character < ' ') this.unexpected('in string literal')
      if (character === '\\') this.escape()
      this.at++
    }
    this.at++
    return JSON.parse(this.text.slice(start, this.at)) as string
  }

  /** Moves to the last character of an escape. */
  private escape(): void {
    this.at++
    const kind = this.text[this.at]
    if (kind === undefined) throw new SyntaxProblem('unexpected end of JSON input')
    if ('"\\/bfnrt'.includes(kind)) return
    if (kind !== 'u') this.unexpected('in string escape code')
    for (let i = 0; i < 4; i++) {
      this.at++
      if (!/[0-9a-fA-F]/.test(this.text[this.at] ?? '')) this.unexpected('in \\u hexadecimal character escape')
    }
  }

  private number(): number {
    const match = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
    match.lastIndex = this.at
    const found = match.exec(this.text)
    if (!found) {
      this.at++
      return this.unexpected('in numeric literal')
    }
    this.at += found[0].length
    return Number(found[0])
  }

  private word<T>(word: string, value: T): T {
    for (let i = 1; i < word.length; i++) {
      this.at++
      if (this.text[this.at] !== word[i])
        this.unexpected(`in literal ${word} (expecting ${quoteCharacter(word[i] ?? '')})`)
    }
    this.at++
    return value
  }

  /** Moves to the next character that is not blank; '' at the end. */
  private skip(): string {
    while (' \t\r\n'.includes(this.text[this.at] ?? '-')) this.at++
    return this.text[this.at] ?? ''
  }

  private unexpected(where: string): never {
    const character = this.text[this.at]
    if (character === undefined) throw new SyntaxProblem('unexpected end of JSON input')
    const context = where === 'beginning of value' ? 'looking for beginning of value' : where
    throw new SyntaxProblem(`invalid character ${quoteCharacter(character)} ${context}`)
  }
}

function quoteCharacter(character: string): string {
  if (character === "'") return "'\\''"
  return character === '"' ? `'"'` : `'${goQuote(character).slice(1, -1)}'`
}
