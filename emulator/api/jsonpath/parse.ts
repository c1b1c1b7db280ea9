/** Parses templates such as `{range .items[*]}{.metadata.name}{"\n"}{end}` (upstream: client-go/util/jsonpath/parser.go). */
import { unescapeGo } from '../go-text.ts'
import { JsonPathError, type PathNode } from './nodes.ts'

/** Top-level pieces: texts and actions, each action a list of nodes. Throws JsonPathError. */
export function parseJsonPath(template: string): readonly PathNode[] {
  return new Parser(template).template()
}

class Parser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  template(): PathNode[] {
    const pieces: PathNode[] = []
    while (this.#at < this.#text.length) {
      const open = this.#text.indexOf('{', this.#at)
      const end = open < 0 ? this.#text.length : open
      if (end > this.#at) pieces.push({ kind: 'text', text: this.#text.slice(this.#at, end) })
      this.#at = end
      if (open >= 0) {
        this.#at++
        pieces.push({ kind: 'list', nodes: this.#action() })
      }
    }
    return pieces
  }

  #action(): PathNode[] {
    const nodes: PathNode[] = []
    for (;;) {
      if (this.#starts('}')) {
        this.#at++
        return nodes
      }
      if (this.#starts('[?(')) nodes.push(this.#filter())
      else if (this.#starts('..')) this.#recursive(nodes)
      else this.#piece(nodes)
    }
  }

  #piece(nodes: PathNode[]): void {
    const c = this.#text[this.#at]
    if (c === undefined || c === '\n' || c === '\r') throw new JsonPathError('unclosed action')
    if (c === ' ' || c === '@' || c === '$') this.#at++
    else if (c === '[') nodes.push(this.#array())
    else if (c === '"' || c === "'") nodes.push(this.#quoted(c))
    else if (c === '.') nodes.push(this.#field())
    else if (/[0-9+-]/.test(c)) nodes.push(this.#number())
    else if (/[\p{L}\p{N}_]/u.test(c)) nodes.push(this.#identifier())
    else throw new JsonPathError(`unrecognized character in action: ${unicode(this.#text, this.#at)}`)
  }

  #starts(prefix: string): boolean {
    return this.#text.startsWith(prefix, this.#at)
  }

  /** Reads to the next character that ends a name; a backslash protects the one after it. */
  #name(): string {
    const start = this.#at
    while (this.#at < this.#text.length && !' .,[]$@{}'.includes(this.#text[this.#at] ?? '')) {
      if (this.#text[this.#at] === '\\') this.#at++
      this.#at++
    }
    return this.#text.slice(start, this.#at)
  }

  #identifier(): PathNode {
    const start = this.#at
    while (/[\p{L}\p{N}_]/u.test(this.#text[this.#at] ?? '')) this.#at++
    const name = this.#text.slice(start, this.#at)
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' }
    return { kind: 'identifier', name }
  }

  #field(): PathNode {
    this.#at++
    const name = this.#name()
    return name === '*' ? { kind: 'wildcard' } : { kind: 'field', name: name.replaceAll('\\', '') }
  }

  #recursive(nodes: PathNode[]): void {
    if (nodes[nodes.length - 1]?.kind === 'recursive') throw new JsonPathError('invalid multiple recursive descent')
    this.#at += 2
    nodes.push({ kind: 'recursive' })
    if (/[\p{L}\p{N}_]/u.test(this.#text[this.#at] ?? '')) {
      this.#at--
      nodes.push(this.#field())
    }
  }

  #number(): PathNode {
    const match = /^[+-]?[0-9.]*/.exec(this.#text.slice(this.#at))?.[0] ?? ''
    this.#at += match.length
    const value = Number(match)
    if (match === '' || Number.isNaN(value) || /[\p{L}_]/u.test(this.#text[this.#at] ?? ''))
      throw new JsonPathError(`cannot parse number ${match}${this.#text[this.#at] ?? ''}`)
    return { kind: 'literal', value }
  }

  #quoted(quote: string): PathNode {
    const start = this.#at
    this.#at++
    while (this.#text[this.#at] !== quote) {
      const c = this.#text[this.#at]
      if (c === undefined || c === '\n') throw new JsonPathError('unterminated quoted string')
      this.#at += c === '\\' ? 2 : 1
    }
    this.#at++
    return { kind: 'literal', value: unescapeGo(this.#text.slice(start + 1, this.#at - 1)) }
  }

  #array(): PathNode {
    const start = this.#at
    while (this.#text[this.#at] !== ']') {
      if (this.#text[this.#at] === undefined || this.#text[this.#at] === '\n')
        throw new JsonPathError('unterminated array')
      this.#at++
    }
    this.#at++
    const inside = this.#text.slice(start + 1, this.#at - 1)
    const members = inside.split(',')
    if (members.length > 1) return { kind: 'union', members: members.map((m) => action(`{[${m.trim()}]}`)) }
    const key = /^'([^']*)'$/.exec(inside)
    if (key) return action(`{.${key[1]}}`)
    return sliceNode(inside === '*' ? ':' : inside)
  }

  #filter(): PathNode {
    this.#at += 3
    const start = this.#at
    let depth = 1
    let quote = ''
    for (;;) {
      const c = this.#text[this.#at]
      if (c === undefined || c === '\n') throw new JsonPathError('unterminated filter')
      this.#at++
      if (quote !== '') quote = c === quote ? '' : quote
      else if (c === '"' || c === "'") quote = c
      else if (c === '(') depth++
      else if (c === ')' && --depth === 0) break
    }
    if (this.#text[this.#at] !== ']') throw new JsonPathError('unclosed array expect ]')
    const inside = this.#text.slice(start, this.#at - 1)
    this.#at++
    const compared = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(inside)
    if (!compared)
      return { kind: 'filter', left: action(`{${inside}}`), operator: 'exists', right: { kind: 'list', nodes: [] } }
    const [, left = '', operator = '', right = ''] = compared
    return { kind: 'filter', left: action(`{${left.trim()}}`), operator, right: action(`{${right.trim()}}`) }
  }
}

function action(text: string): PathNode {
  return new Parser(text).template()[0] ?? { kind: 'list', nodes: [] }
}

function sliceNode(inside: string): PathNode {
  const match = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(inside)
  if (!match) throw new JsonPathError(`invalid array index ${inside}`)
  const [, first = '', second, third] = match
  const bound = (text: string | undefined) => (text === undefined || text === ':' ? undefined : Number(text.slice(1)))
  const start = first === '' ? undefined : Number(first)
  return {
    kind: 'slice',
    ...(start !== undefined && { start }),
    ...(second === undefined ? { end: (start ?? 0) + 1 } : bound(second) !== undefined && { end: bound(second) ?? 0 }),
    derivedEnd: second === undefined,
    ...(bound(third) !== undefined && { step: bound(third) ?? 1 }),
  }
}

/** `U+0023 '#'`, as Go's %#U. */
function unicode(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')} '${String.fromCodePoint(code)}'`
}
