import type { Node, Redirect, SimpleCommand, Word } from './ast.ts'
import { ShellSyntaxError } from './syntax-error.ts'
import { WordReader } from './words.ts'

const OPERATORS = [
  '&&',
  '||',
  ';;',
  '&>>',
  '&>',
  '<<-',
  '<<',
  '>>',
  '>&',
  '<&',
  '>|',
  ';',
  '&',
  '|',
  '(',
  ')',
  '<',
  '>',
  '\n',
]
const ENDS = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}'])
const MAX_DEPTH = 50

/** Parses a POSIX shell program: what `sh -c` and scripts of a container's main process use. */
export function parseShell(text: string): Node {
  return new Parser(text, 0).program()
}

class Parser {
  readonly #text: string
  readonly #depth: number
  #position = 0
  /** Here-documents whose text starts after the next newline. */
  #pending: {
    readonly delimiter: string
    readonly strip: boolean
    readonly quoted: boolean
    fill(body: Word): void
  }[] = []

  constructor(text: string, depth: number) {
    if (depth > MAX_DEPTH) throw new ShellSyntaxError('nesting')
    this.#text = text
    this.#depth = depth
  }

  program(): Node {
    const list = this.#list()
    const rest = this.#peekToken()
    if (rest !== '') throw new ShellSyntaxError(rest)
    return list
  }

  #list(): Node {
    const items: { node: Node; background: boolean }[] = []
    for (;;) {
      this.#skipNewlines()
      const token = this.#peekToken()
      if (token === '' || token === ')' || token === ';;' || ENDS.has(token)) break
      const node = this.#andOr()
      const separator = this.#peekToken()
      items.push({ node, background: separator === '&' })
      if (separator === ';' || separator === '&' || separator === '\n') this.#take(separator)
      else break
    }
    return { kind: 'list', items }
  }

  #andOr(): Node {
    const first = this.#pipeline()
    const rest: { operator: '&&' | '||'; node: Node }[] = []
    for (let token = this.#peekToken(); token === '&&' || token === '||'; token = this.#peekToken()) {
      this.#take(token)
      this.#skipNewlines()
      rest.push({ operator: token, node: this.#pipeline() })
    }
    return rest.length === 0 ? first : { kind: 'and-or', first, rest }
  }

  #pipeline(): Node {
    const negated = this.#peekToken() === '!'
    if (negated) this.#take('!')
    const stages = [this.#command()]
    while (this.#peekToken() === '|') {
      this.#take('|')
      this.#skipNewlines()
      stages.push(this.#command())
    }
    const [only] = stages
    return only !== undefined && stages.length === 1 && !negated ? only : { kind: 'pipeline', stages, negated }
  }

  #command(): Node {
    const token = this.#peekToken()
    switch (token) {
      case 'if':
        return this.#if()
      case 'while':
      case 'until':
        return this.#while(token)
      case 'for':
        return this.#for()
      case 'case':
        return this.#case()
      case '(':
        return this.#group('(', ')')
      case '{':
        return this.#group('{', '}')
      case '':
        throw new ShellSyntaxError('')
    }
    if (OPERATORS.includes(token) && !'<>&'.includes(token[0] ?? ' ')) throw new ShellSyntaxError(token)
    if (token === '&' || token === '&&' || ENDS.has(token)) throw new ShellSyntaxError(token)
    return this.#functionOrSimple()
  }

  #group(open: string, close: string): Node {
    this.#take(open)
    const body = this.#list()
    this.#take(close)
    return { kind: 'group', subshell: open === '(', body, redirects: this.#redirects() }
  }

  #if(): Node {
    const clauses: { condition: Node; body: Node }[] = []
    let otherwise: Node | undefined
    this.#take('if')
    for (;;) {
      const condition = this.#list()
      this.#take('then')
      clauses.push({ condition, body: this.#list() })
      const token = this.#peekToken()
      this.#take(token)
      if (token === 'elif') continue
      if (token === 'else') {
        otherwise = this.#list()
        this.#take('fi')
      } else if (token !== 'fi') throw new ShellSyntaxError(token)
      return { kind: 'if', clauses, otherwise, redirects: this.#redirects() }
    }
  }

  #while(keyword: 'while' | 'until'): Node {
    this.#take(keyword)
    const condition = this.#list()
    return { kind: 'while', until: keyword === 'until', condition, body: this.#doDone(), redirects: this.#redirects() }
  }

  #doDone(): Node {
    this.#take('do')
    const body = this.#list()
    this.#take('done')
    return body
  }

  #for(): Node {
    this.#take('for')
    const name = this.#peekToken()
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new ShellSyntaxError(name)
    this.#take(name)
    this.#skipNewlines()
    let words: Word[] | undefined
    if (this.#peekToken() === 'in') {
      this.#take('in')
      words = []
      while (this.#atWord()) words.push(this.#word())
    }
    if (this.#peekToken() === ';') this.#take(';')
    this.#skipNewlines()
    return { kind: 'for', name, words, body: this.#doDone(), redirects: this.#redirects() }
  }

  #case(): Node {
    this.#take('case')
    const word = this.#word()
    this.#skipNewlines()
    this.#take('in')
    const clauses: { patterns: readonly Word[]; body: Node }[] = []
    for (;;) {
      this.#skipNewlines()
      if (this.#peekToken() === 'esac') break
      if (this.#peekToken() === '(') this.#take('(')
      const patterns = [this.#word()]
      while (this.#peekToken() === '|') {
        this.#take('|')
        patterns.push(this.#word())
      }
      this.#take(')')
      clauses.push({ patterns, body: this.#list() })
      if (this.#peekToken() !== ';;') break
      this.#take(';;')
    }
    this.#skipNewlines()
    this.#take('esac')
    return { kind: 'case', word, clauses, redirects: this.#redirects() }
  }

  #functionOrSimple(): Node {
    this.#skipBlanks()
    const definition = /^([A-Za-z_][A-Za-z0-9_]*)[ \t]*\([ \t]*\)/.exec(this.#text.slice(this.#position))
    if (definition === null) return this.#simple()
    this.#position += definition[0].length
    this.#skipNewlines()
    return { kind: 'function', name: definition[1] ?? '', body: this.#command() }
  }

  #simple(): SimpleCommand {
    const assignments: { name: string; value: Word }[] = []
    const words: Word[] = []
    const redirects: Redirect[] = []
    for (;;) {
      const redirect = this.#redirect()
      if (redirect !== undefined) redirects.push(redirect)
      else if (!this.#atWord()) break
      else {
        const match = words.length > 0 ? null : /^([A-Za-z_][A-Za-z0-9_]*)=/.exec(this.#text.slice(this.#position))
        if (match === null) words.push(this.#word())
        else {
          this.#position += match[0].length
          assignments.push({ name: match[1] ?? '', value: this.#word() })
        }
      }
    }
    if (assignments.length + words.length + redirects.length === 0) throw new ShellSyntaxError(this.#peekToken())
    return { kind: 'simple', assignments, words, redirects }
  }

  #redirects(): readonly Redirect[] {
    const redirects: Redirect[] = []
    for (let next = this.#redirect(); next !== undefined; next = this.#redirect()) redirects.push(next)
    return redirects
  }

  #redirect(): Redirect | undefined {
    this.#skipBlanks()
    const match = /^(\d?)(&>>|&>|<<-|<<|>>|>\||>&|<&|>|<)/.exec(this.#text.slice(this.#position))
    if (match === null) return undefined
    const [whole, digit = '', operator = ''] = match
    this.#position += whole.length
    this.#skipBlanks()
    if (operator.startsWith('<<')) return this.#hereDocument(operator === '<<-')
    if (!this.#atWord()) throw new ShellSyntaxError(this.#peekToken() || '\n')
    const target = this.#word()
    if (operator === '&>' || operator === '&>>') {
      return { descriptor: 'both', operator: operator === '&>' ? '>' : '>>', target }
    }
    const descriptor = digit === '2' ? 2 : operator.startsWith('<') ? 0 : 1
    if (operator === '>&' || operator === '<&') return { descriptor, operator: '>&', target }
    return {
      descriptor,
      operator: operator === '>|' ? '>' : operator === '>>' ? '>>' : operator === '<' ? '<' : '>',
      target,
    }
  }

  #hereDocument(strip: boolean): Redirect {
    const word = this.#word()
    const delimiter = word.map((part) => (part.kind === 'text' ? part.text : '')).join('')
    const target: Word[number][] = []
    const quoted = word.some((part) => part.kind === 'text' && part.quoted)
    this.#pending.push({ delimiter, strip, quoted, fill: (body) => target.push(...body) })
    return { descriptor: 0, operator: '<<', target }
  }

  #readHereDocuments(): void {
    for (const document of this.#pending) {
      const lines: string[] = []
      while (this.#position < this.#text.length) {
        const end = this.#text.indexOf('\n', this.#position)
        const raw = this.#text.slice(this.#position, end === -1 ? undefined : end)
        this.#position = end === -1 ? this.#text.length : end + 1
        const line = document.strip ? raw.replace(/^\t+/, '') : raw
        if (line === document.delimiter) break
        lines.push(`${line}\n`)
      }
      const body = lines.join('')
      document.fill(
        document.quoted
          ? [{ kind: 'text', text: body, quoted: true }]
          : new WordReader(body, 0, this.#inner).readQuoted(''),
      )
    }
    this.#pending = []
  }

  readonly #inner = (text: string): Node => new Parser(text, this.#depth + 1).program()

  #word(): Word {
    this.#skipBlanks()
    const reader = new WordReader(this.#text, this.#position, this.#inner)
    const word = reader.readWord()
    this.#position = reader.position
    return word
  }

  #atWord(): boolean {
    const token = this.#peekToken()
    return token !== '' && !OPERATORS.includes(token)
  }

  #skipBlanks(): void {
    for (;;) {
      const blank = /^(?:[ \t]+|\\\n)/.exec(this.#text.slice(this.#position, this.#position + 200))
      if (blank !== null) this.#position += blank[0].length
      else if (
        this.#text[this.#position] === '#' &&
        /(^|[\s;&|(])$/.test(this.#text.slice(Math.max(0, this.#position - 1), this.#position))
      ) {
        const end = this.#text.indexOf('\n', this.#position)
        this.#position = end === -1 ? this.#text.length : end
      } else return
    }
  }

  #skipNewlines(): void {
    while (this.#peekToken() === '\n') this.#take('\n')
  }

  /** The operator or raw word ahead, without moving; '' at the end. */
  #peekToken(): string {
    this.#skipBlanks()
    const rest = this.#text.slice(this.#position)
    const operator = OPERATORS.find((candidate) => rest.startsWith(candidate))
    return operator ?? /^[^\s;&|<>()]+/.exec(rest)?.[0] ?? ''
  }

  #take(token: string): void {
    const ahead = this.#peekToken()
    if (ahead !== token) throw new ShellSyntaxError(ahead)
    this.#position += token.length
    if (token === '\n') this.#readHereDocuments()
  }
}
