import type { Node, Word, WordPart } from './ast.ts'
import { UnterminatedError } from './syntax-error.ts'

const NAME = /^[A-Za-z_][A-Za-z0-9_]*/
const SPECIAL = '?$!#@*0123456789'
/** Characters that end an unquoted word. */
const BREAKS = ' \t\n;&|<>()'

/** Reads the parts of words: quotes, variables, substitutions. `parse` reads the program inside `$(…)`. */
export class WordReader {
  readonly #text: string
  readonly #parse: (text: string) => Node
  position: number

  constructor(text: string, position: number, parse: (text: string) => Node) {
    this.#text = text
    this.position = position
    this.#parse = parse
  }

  /** An unquoted word up to a blank or operator. */
  readWord(): Word {
    const parts: WordPart[] = []
    while (this.position < this.#text.length && !BREAKS.includes(this.#peek())) this.#readPart(parts, '')
    return parts
  }

  /** Everything up to `end` (consumed), as inside double quotes. */
  readQuoted(end: string): Word {
    const parts: WordPart[] = []
    for (;;) {
      if (this.position >= this.#text.length) {
        if (end === '') return parts
        throw new UnterminatedError('quoted string')
      }
      if (end !== '' && this.#peek() === end) {
        this.position += 1
        return parts
      }
      this.#readQuotedPart(parts)
    }
  }

  #peek(offset = 0): string {
    return this.#text[this.position + offset] ?? ''
  }

  #readPart(parts: WordPart[], stop: string): void {
    const character = this.#peek()
    if (character === "'") parts.push(this.#singleQuoted())
    else if (character === '"') {
      this.position += 1
      parts.push({ kind: 'text', text: '', quoted: true }, ...this.readQuoted('"'))
    } else if (character === '\\') {
      const escaped = this.#peek(1)
      this.position += 2
      if (escaped !== '\n') parts.push({ kind: 'text', text: escaped, quoted: true })
    } else if (character === '$' || character === '`') this.#readExpansion(parts, false)
    else {
      let end = this.position + 1
      while (end < this.#text.length && !`'"\\$\`${BREAKS}${stop}`.includes(this.#text[end] ?? '')) end += 1
      parts.push({ kind: 'text', text: this.#text.slice(this.position, end), quoted: false })
      this.position = end
    }
  }

  #readQuotedPart(parts: WordPart[]): void {
    const character = this.#peek()
    if (character === '\\' && '$`"\\\n'.includes(this.#peek(1)) && this.#peek(1) !== '') {
      if (this.#peek(1) !== '\n') parts.push({ kind: 'text', text: this.#peek(1), quoted: true })
      this.position += 2
    } else if (character === '$' || character === '`') this.#readExpansion(parts, true)
    else {
      parts.push({ kind: 'text', text: character, quoted: true })
      this.position += 1
    }
  }

  #singleQuoted(): WordPart {
    const end = this.#text.indexOf("'", this.position + 1)
    if (end === -1) throw new UnterminatedError('quoted string')
    const text = this.#text.slice(this.position + 1, end)
    this.position = end + 1
    return { kind: 'text', text, quoted: true }
  }

  #readExpansion(parts: WordPart[], quoted: boolean): void {
    if (this.#peek() === '`') {
      parts.push({ kind: 'command', body: this.#parse(this.#backquoted()), quoted })
      return
    }
    if (this.#text.startsWith('$((', this.position)) {
      const inner = this.#balanced(3, 2)
      parts.push({ kind: 'arithmetic', expression: new WordReader(inner, 0, this.#parse).readQuoted(''), quoted })
    } else if (this.#peek(1) === '(') parts.push({ kind: 'command', body: this.#parse(this.#balanced(2, 1)), quoted })
    else if (this.#peek(1) === '{') parts.push(this.#braced(quoted))
    else parts.push(this.#plainVariable(quoted))
  }

  #plainVariable(quoted: boolean): WordPart {
    const rest = this.#text.slice(this.position + 1)
    const name = NAME.exec(rest)?.[0] ?? (rest !== '' && SPECIAL.includes(rest[0] ?? '') ? (rest[0] ?? '') : '')
    this.position += 1 + name.length
    return name === '' ? { kind: 'text', text: '$', quoted } : { kind: 'variable', name, quoted }
  }

  #backquoted(): string {
    let text = ''
    this.position += 1
    while (this.#peek() !== '`') {
      if (this.position >= this.#text.length) throw new UnterminatedError('backquote')
      if (this.#peek() === '\\' && '$`\\'.includes(this.#peek(1))) this.position += 1
      text += this.#peek()
      this.position += 1
    }
    this.position += 1
    return text
  }

  /** Text up to the parentheses that close `opened` ones, quotes respected. */
  #balanced(skip: number, opened: number): string {
    const start = this.position + skip
    let depth = opened
    for (let at = start; at < this.#text.length; at += 1) {
      const character = this.#text[at]
      if (character === '\\') at += 1
      else if (character === "'" || character === '"') at = this.#skipQuoted(at, character)
      else if (character === '(') depth += 1
      else if (character === ')') {
        depth -= 1
        if (depth > 0) continue
        this.position = at + 1
        return this.#text.slice(start, at - opened + 1)
      }
    }
    throw new UnterminatedError('command substitution')
  }

  #skipQuoted(at: number, quote: string): number {
    for (let end = at + 1; end < this.#text.length; end += 1) {
      if (this.#text[end] === '\\' && quote === '"') end += 1
      else if (this.#text[end] === quote) return end
    }
    throw new UnterminatedError('quoted string')
  }

  #braced(quoted: boolean): WordPart {
    this.position += 2
    const rest = this.#text.slice(this.position)
    const length = /^#([A-Za-z_][A-Za-z0-9_]*|\d+)\}/.exec(rest)
    if (length !== null) {
      this.position += length[0].length
      return { kind: 'variable', name: length[1] ?? '', operator: '#', quoted }
    }
    const name = /^([A-Za-z_][A-Za-z0-9_]*|\d+|[?$!#@*])/.exec(rest)?.[0]
    if (name === undefined) throw new UnterminatedError('variable')
    this.position += name.length
    const operator = /^(:?[-=+?]|##?|%%?)/.exec(this.#text.slice(this.position))?.[0]
    if (operator === undefined) {
      if (this.#peek() !== '}') throw new UnterminatedError('variable')
      this.position += 1
      return { kind: 'variable', name, quoted }
    }
    this.position += operator.length
    return { kind: 'variable', name, operator, word: this.#bracedWord(quoted), quoted }
  }

  #bracedWord(quoted: boolean): Word {
    const parts: WordPart[] = []
    while (this.#peek() !== '}') {
      if (this.position >= this.#text.length) throw new UnterminatedError('variable')
      if (quoted) this.#readQuotedPart(parts)
      else if (' \t\n;&|<>()'.includes(this.#peek())) {
        parts.push({ kind: 'text', text: this.#peek(), quoted: false })
        this.position += 1
      } else this.#readPart(parts, '}')
    }
    this.position += 1
    return parts
  }
}
