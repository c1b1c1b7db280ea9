/** Turns text into tokens, finding implicit keys and indentation as libyaml does, so that mistakes read as kubectl reports them. */
import { isBlankOrEnd, isBreak, isBreakOrEnd, isWord } from './characters.ts'
import { Reader } from './reader.ts'
import { scanBlockScalar, scanError, scanPlain, scanQuoted } from './scalars.ts'
import type { Mark, Token, TokenKind } from './tokens.ts'

interface SimpleKey {
  possible: boolean
  required: boolean
  tokenNumber: number
  mark: Mark
}

const NO_MARK: Mark = { index: 0, line: 0, column: 0 }
const noKey = (): SimpleKey => ({ possible: false, required: false, tokenNumber: 0, mark: NO_MARK })

export class Scanner {
  readonly #reader: Reader
  readonly #queue: Token[] = []
  #taken = 0
  #indent = -1
  readonly #indents: number[] = []
  #keyAllowed = true
  #keys: SimpleKey[] = [noKey()]
  #flowLevel = 0
  #ended = false

  constructor(text: string) {
    this.#reader = new Reader(text)
  }

  peek(): Token {
    this.#fill()
    const token = this.#queue[0]
    if (!token) throw new Error('the token queue is never empty')
    return token
  }

  next(): Token {
    const token = this.peek()
    if (token.kind !== 'stream-end') {
      this.#queue.shift()
      this.#taken++
    }
    return token
  }

  /** Reads on until the first token cannot turn out to be preceded by an implicit key. */
  #fill(): void {
    while (!this.#ended) {
      if (this.#queue.length > 0) {
        this.#dropStaleKeys()
        if (!this.#keys.some((key) => key.possible && key.tokenNumber === this.#taken)) return
      }
      this.#fetch()
    }
  }

  #fetch(): void {
    this.#toNextToken()
    this.#dropStaleKeys()
    const reader = this.#reader
    this.#unroll(reader.column)
    const c = reader.peek()
    const marker = reader.column === 0 && isBlankOrEnd(reader.peek(3))
    if (c === '') this.#fetchEnd()
    else if (reader.column === 0 && c === '%') this.#fetchDirective()
    else if (marker && reader.startsWith('---')) this.#fetchDocumentMark('document-start')
    else if (marker && reader.startsWith('...')) this.#fetchDocumentMark('document-end')
    else this.#fetchIndicator(c)
  }

  #fetchIndicator(c: string): void {
    const after = this.#reader.peek(1)
    const inFlow = this.#flowLevel > 0
    if (c === '[') this.#fetchFlowStart('flow-sequence-start')
    else if (c === '{') this.#fetchFlowStart('flow-mapping-start')
    else if (c === ']') this.#fetchFlowEnd('flow-sequence-end')
    else if (c === '}') this.#fetchFlowEnd('flow-mapping-end')
    else if (c === ',') this.#fetchFlowEntry()
    else if (c === '-' && isBlankOrEnd(after)) this.#fetchBlockEntry()
    else if (c === '?' && (inFlow || isBlankOrEnd(after))) this.#fetchKey()
    else if (c === ':' && (inFlow || isBlankOrEnd(after))) this.#fetchValue()
    else if (c === '*' || c === '&') this.#fetchAnchor(c === '*' ? 'alias' : 'anchor')
    else if (c === '!') this.#fetchTag()
    else if ((c === '|' || c === '>') && !inFlow) this.#fetchBlockScalar()
    else if (c === "'" || c === '"') this.#fetchQuoted()
    else if (startsPlain(c, after, inFlow)) this.#fetchPlain()
    else throw scanError('found character that cannot start any token', this.#reader.mark())
  }

  #toNextToken(): void {
    const reader = this.#reader
    for (;;) {
      while (reader.peek() === ' ' || ((this.#flowLevel > 0 || !this.#keyAllowed) && reader.peek() === '\t'))
        reader.skip()
      if (reader.peek() === '#') while (!isBreakOrEnd(reader.peek())) reader.skip()
      if (!isBreak(reader.peek())) return
      reader.takeBreak()
      if (this.#flowLevel === 0) this.#keyAllowed = true
    }
  }

  /** An implicit key lies on one line and is at most 1024 characters long. */
  #dropStaleKeys(): void {
    const { line, index } = this.#reader
    for (const key of this.#keys) {
      if (!key.possible || (key.mark.line >= line && key.mark.index + 1024 >= index)) continue
      if (key.required) throw scanError("could not find expected ':'", this.#reader.mark())
      key.possible = false
    }
  }

  #saveKey(): void {
    const required = this.#flowLevel === 0 && this.#indent === this.#reader.column
    if (!this.#keyAllowed) return
    this.#removeKey()
    this.#keys[this.#keys.length - 1] = {
      possible: true,
      required,
      tokenNumber: this.#taken + this.#queue.length,
      mark: this.#reader.mark(),
    }
  }

  #removeKey(): void {
    const key = this.#keys[this.#keys.length - 1]
    if (key?.possible && key.required) throw scanError("could not find expected ':'", this.#reader.mark())
    if (key) key.possible = false
  }

  #push(kind: TokenKind, start: Mark, value = ''): void {
    this.#queue.push({ kind, start, end: this.#reader.mark(), value, plain: false })
  }

  #roll(column: number, kind: TokenKind, mark: Mark, at?: number): void {
    if (this.#flowLevel > 0 || this.#indent >= column) return
    this.#indents.push(this.#indent)
    this.#indent = column
    const token: Token = { kind, start: mark, end: mark, value: '', plain: false }
    if (at === undefined) this.#queue.push(token)
    else this.#queue.splice(at - this.#taken, 0, token)
  }

  #unroll(column: number): void {
    if (this.#flowLevel > 0) return
    while (this.#indent > column) {
      this.#push('block-end', this.#reader.mark())
      this.#indent = this.#indents.pop() ?? -1
    }
  }

  #fetchEnd(): void {
    if (this.#reader.column !== 0) {
      this.#reader.column = 0
      this.#reader.line++
    }
    this.#unroll(-1)
    this.#removeKey()
    this.#keyAllowed = false
    this.#push('stream-end', this.#reader.mark())
    this.#ended = true
  }

  #fetchDirective(): void {
    this.#unroll(-1)
    this.#removeKey()
    this.#keyAllowed = false
    const start = this.#reader.mark()
    while (!isBreakOrEnd(this.#reader.peek())) this.#reader.skip()
    this.#push('directive', start)
    if (!/^%(?:YAML|TAG)\s/.test(this.#reader.text.slice(start.index)))
      throw scanError('found unknown directive name', start)
  }

  #fetchDocumentMark(kind: TokenKind): void {
    this.#unroll(-1)
    this.#removeKey()
    this.#keyAllowed = false
    const start = this.#reader.mark()
    this.#reader.skip(3)
    this.#push(kind, start)
  }

  #fetchFlowStart(kind: TokenKind): void {
    this.#saveKey()
    this.#keys.push(noKey())
    this.#flowLevel++
    this.#keyAllowed = true
    this.#single(kind)
  }

  #fetchFlowEnd(kind: TokenKind): void {
    this.#removeKey()
    if (this.#flowLevel > 0) {
      this.#flowLevel--
      this.#keys.pop()
    }
    this.#keyAllowed = false
    this.#single(kind)
  }

  #fetchFlowEntry(): void {
    this.#removeKey()
    this.#keyAllowed = true
    this.#single('flow-entry')
  }

  #single(kind: TokenKind): void {
    const start = this.#reader.mark()
    this.#reader.skip()
    this.#push(kind, start)
  }

  #fetchBlockEntry(): void {
    if (this.#flowLevel === 0) {
      if (!this.#keyAllowed)
        throw scanError('block sequence entries are not allowed in this context', this.#reader.mark())
      this.#roll(this.#reader.column, 'block-sequence-start', this.#reader.mark())
    }
    this.#removeKey()
    this.#keyAllowed = true
    this.#single('block-entry')
  }

  #fetchKey(): void {
    if (this.#flowLevel === 0) {
      if (!this.#keyAllowed) throw scanError('mapping keys are not allowed in this context', this.#reader.mark())
      this.#roll(this.#reader.column, 'block-mapping-start', this.#reader.mark())
    }
    this.#removeKey()
    this.#keyAllowed = this.#flowLevel === 0
    this.#single('key')
  }

  #fetchValue(): void {
    const key = this.#keys[this.#keys.length - 1]
    if (key?.possible) {
      const token: Token = { kind: 'key', start: key.mark, end: key.mark, value: '', plain: false }
      this.#queue.splice(key.tokenNumber - this.#taken, 0, token)
      this.#roll(key.mark.column, 'block-mapping-start', key.mark, key.tokenNumber)
      key.possible = false
      this.#keyAllowed = false
    } else {
      if (this.#flowLevel === 0) {
        if (!this.#keyAllowed) throw scanError('mapping values are not allowed in this context', this.#reader.mark())
        this.#roll(this.#reader.column, 'block-mapping-start', this.#reader.mark())
      }
      this.#keyAllowed = this.#flowLevel === 0
    }
    this.#single('value')
  }

  #fetchAnchor(kind: 'alias' | 'anchor'): void {
    this.#saveKey()
    this.#keyAllowed = false
    const reader = this.#reader
    const start = reader.mark()
    reader.skip()
    let name = ''
    while (isWord(reader.peek())) {
      name += reader.peek()
      reader.skip()
    }
    if (name === '' || !(isBlankOrEnd(reader.peek()) || '?:,]}%@`'.includes(reader.peek())))
      throw scanError('did not find expected alphabetic or numeric character', start)
    this.#push(kind, start, name)
  }

  #fetchTag(): void {
    this.#saveKey()
    this.#keyAllowed = false
    const start = this.#reader.mark()
    let tag = ''
    while (!isBlankOrEnd(this.#reader.peek()) && !(this.#flowLevel > 0 && this.#reader.peek() === ',')) {
      tag += this.#reader.peek()
      this.#reader.skip()
    }
    this.#push('tag', start, tag)
  }

  #fetchBlockScalar(): void {
    this.#removeKey()
    this.#keyAllowed = true
    this.#queue.push(scanBlockScalar(this.#reader, this.#indent))
  }

  #fetchQuoted(): void {
    this.#saveKey()
    this.#keyAllowed = false
    this.#queue.push(scanQuoted(this.#reader))
  }

  #fetchPlain(): void {
    this.#saveKey()
    this.#keyAllowed = false
    const { token, crossedBreak } = scanPlain(this.#reader, this.#flowLevel, this.#indent)
    this.#queue.push(token)
    if (crossedBreak) this.#keyAllowed = true
  }
}

function startsPlain(c: string, after: string, inFlow: boolean): boolean {
  if (!isBlankOrEnd(c) && !'-?:,[]{}#&*!|>\'"%@`'.includes(c)) return true
  return (c === '-' || (!inFlow && (c === '?' || c === ':'))) && !isBlankOrEnd(after)
}
