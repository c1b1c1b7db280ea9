/** Values of JSON one after the other, with the mistakes that Go finds in them (upstream: encoding/json, scanner.go). */
import type { Json } from '../yaml/parse.ts'

export interface JsonMistake {
  /** The values before it. */
  readonly values: readonly Json[]
  readonly message: string
}

/** The values of a text, or what is wrong with it. */
export function jsonValues(text: string): readonly Json[] | JsonMistake {
  const values: Json[] = []
  const scanner = new Scanner(text)
  for (;;) {
    const start = scanner.skipBlanks()
    if (start >= text.length) return values
    const message = scanner.value()
    if (message !== undefined) return { values, message }
    values.push(JSON.parse(text.slice(start, scanner.at)) as Json)
  }
}

/** Deeper nesting is no JSON either (Go stops at 10000). */
const MAX_DEPTH = 10_000
const ESCAPES = '"\\/bfnrt'
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const CUT_NUMBER = /^-?(?:(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][+-]?\d*)?)?$/

/** Each method leaves `at` behind what it read and returns a message for what it could not. */
class Scanner {
  readonly #text: string
  at = 0

  constructor(text: string) {
    this.#text = text
  }

  skipBlanks(): number {
    while (' \t\r\n'.includes(this.#text[this.at] ?? 'x')) this.at++
    return this.at
  }

  /** Without recursion, for texts that nest deeply. */
  value(): string | undefined {
    const open: ('object' | 'array')[] = []
    for (;;) {
      this.skipBlanks()
      const c = this.#text[this.at]
      if (c === '{' || c === '[') {
        open.push(c === '{' ? 'object' : 'array')
        if (open.length > MAX_DEPTH) return 'exceeded max depth'
        this.at++
        this.skipBlanks()
        if (this.#text[this.at] === (c === '{' ? '}' : ']')) {
          const wrong = this.#close(open)
          if (open.length === 0 || wrong !== undefined) return wrong
        } else if (c === '{') {
          const wrong = this.#key()
          if (wrong !== undefined) return wrong
        }
        continue
      }
      const wrong = this.#scalar() ?? this.#after(open)
      if (open.length === 0 || wrong !== undefined) return wrong
    }
  }

  #close(open: ('object' | 'array')[]): string | undefined {
    this.at++
    open.pop()
    return this.#after(open)
  }

  /** Behind a value: its container goes on, or ends, and so its own one. */
  #after(open: ('object' | 'array')[]): string | undefined {
    while (open.length > 0) {
      const holder = open.at(-1)
      this.skipBlanks()
      const c = this.#text[this.at]
      if (c === ',') {
        this.at++
        return holder === 'object' ? this.#key() : undefined
      }
      if (c !== (holder === 'object' ? '}' : ']'))
        return this.#unexpected(holder === 'object' ? 'after object key:value pair' : 'after array element')
      this.at++
      open.pop()
    }
    return undefined
  }

  #key(): string | undefined {
    this.skipBlanks()
    if (this.#text[this.at] !== '"') return this.#unexpected('looking for beginning of object key string')
    const wrong = this.#string()
    if (wrong !== undefined) return wrong
    this.skipBlanks()
    if (this.#text[this.at] !== ':') return this.#unexpected('after object key')
    this.at++
    return undefined
  }

  #scalar(): string | undefined {
    const c = this.#text[this.at] ?? ''
    if (c === '"') return this.#string()
    const literal = ['true', 'false', 'null'].find((word) => word[0] === c)
    if (literal) return this.#literal(literal)
    if (!/[-\d]/.test(c)) return this.#unexpected('looking for beginning of value')
    NUMBER.lastIndex = this.at
    const found = NUMBER.exec(this.#text)?.[0] ?? ''
    this.at += found === '' ? 1 : found.length
    if (found === '' || (this.at === this.#text.length && !CUT_NUMBER.test(found)))
      return this.#unexpected('in numeric literal')
    return undefined
  }

  #literal(word: string): string | undefined {
    for (const letter of word) {
      if (this.#text[this.at] !== letter) return this.#unexpected(`in literal ${word} (expecting '${letter}')`)
      this.at++
    }
    return undefined
  }

  #string(): string | undefined {
    this.at++
    for (let c = this.#text[this.at]; c !== '"'; c = this.#text[this.at]) {
      if (c === undefined || c < ' ') return this.#unexpected('in string literal')
      this.at++
      if (c !== '\\') continue
      const code = this.#text[this.at] ?? ''
      if (code === 'u') {
        const wrong = this.#hexadecimal()
        if (wrong !== undefined) return wrong
      } else if (code === '' || !ESCAPES.includes(code)) return this.#unexpected('in string escape code')
      else this.at++
    }
    this.at++
    return undefined
  }

  #hexadecimal(): string | undefined {
    for (let i = 0; i < 4; i++) {
      this.at++
      if (!/[0-9a-fA-F]/.test(this.#text[this.at] ?? '')) return this.#unexpected('in \\u hexadecimal character escape')
    }
    this.at++
    return undefined
  }

  #unexpected(where: string): string {
    const c = this.#text[this.at]
    if (c === undefined) return 'unexpected EOF'
    const shown = c === "'" ? `'\\''` : c === '"' ? `'"'` : `'${JSON.stringify(c).slice(1, -1)}'`
    return `json: offset ${this.at + 1}: invalid character ${shown} ${where}`
  }
}
