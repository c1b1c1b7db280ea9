/** Parses the part of Go's text/template that commands use; sub-templates are refused by name. */

import { unescapeGo } from '../../../emulator/index.ts'
import { FUNCTIONS } from './functions.ts'
import { lex, type Piece } from './lex.ts'
import { type Command, type Operand, type Pipe, TemplateError, type TemplateNode } from './nodes.ts'

/** Throws TemplateError. */
export function parseTemplate(source: string): readonly TemplateNode[] {
  const parser = new Parser(lex(source))
  return parser.all()
}

class Parser {
  readonly #pieces: readonly Piece[]
  #at = 0
  readonly #variables = ['$']

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces
  }

  all(): readonly TemplateNode[] {
    const { nodes, stop } = this.#block(0)
    if (stop) throw new TemplateError(`unexpected {{${stop[0]}}}`)
    return nodes
  }

  /** Nodes up to `{{end}}` or `{{else …}}`, whose words come back as `stop`. */
  #block(depth: number, inLoop = false): { nodes: TemplateNode[]; stop?: readonly string[] } {
    const nodes: TemplateNode[] = []
    for (let piece = this.#pieces[this.#at]; piece; piece = this.#pieces[this.#at]) {
      this.#at++
      if ('text' in piece) {
        nodes.push({ kind: 'text', text: piece.text })
        continue
      }
      const words = trim(piece.words)
      const head = words[0]
      if (head === undefined) throw new TemplateError('missing value for command')
      if (head === 'end' || head === 'else') {
        if (depth === 0) throw new TemplateError(`unexpected {{${head}}}`)
        return { nodes, stop: words }
      }
      nodes.push(this.#node(head, words, depth, inLoop))
    }
    if (depth > 0) throw new TemplateError('unexpected EOF')
    return { nodes }
  }

  #node(head: string, words: readonly string[], depth: number, inLoop: boolean): TemplateNode {
    if (head === 'if' || head === 'with' || head === 'range') return this.#control(head, words.slice(1), depth, inLoop)
    if (head === 'break' || head === 'continue') {
      if (!inLoop) throw new TemplateError(`{{${head}}} outside {{range}}`)
      return { kind: head }
    }
    if (head === 'define' || head === 'template' || head === 'block')
      throw new TemplateError(`{{${head}}} is not supported by this kubectl`)
    return { kind: 'print', pipe: this.#pipe(words, 'command') }
  }

  #control(kind: 'if' | 'with' | 'range', words: readonly string[], depth: number, inLoop: boolean): TemplateNode {
    const known = this.#variables.length
    const pipe = this.#pipe(trim(words), kind)
    const { nodes: body, stop } = this.#block(depth + 1, inLoop || kind === 'range')
    let otherwise: readonly TemplateNode[] = []
    if (stop?.[0] === 'else') {
      const rest = trim(stop.slice(1))
      if (rest[0] === kind && kind !== 'range') otherwise = [this.#control(kind, rest.slice(1), depth, inLoop)]
      else {
        const last = this.#block(depth + 1, inLoop)
        if (last.stop?.[0] !== 'end') throw new TemplateError('expected end; found {{else}}')
        otherwise = last.nodes
      }
    }
    this.#variables.length = known
    return { kind, pipe, body, otherwise }
  }

  #pipe(words: readonly string[], context: string): Pipe {
    const declaration = words.findIndex((w) => w === ':=' || w === '=')
    const declares = declaration < 0 ? [] : words.slice(0, declaration).filter((w) => w.startsWith('$'))
    const assigns = words[declaration] === '='
    const commands: Operand[][] = [[]]
    const cursor = { words: trim(words.slice(declaration + 1)), at: 0 }
    this.#commands(cursor, commands, false)
    if (commands.some((command) => command.length === 0)) throw new TemplateError(`missing value for ${context}`)
    if (!assigns) this.#variables.push(...declares)
    return { declares, assigns, commands }
  }

  #commands(cursor: { words: readonly string[]; at: number }, commands: Operand[][], nested: boolean): void {
    for (; cursor.at < cursor.words.length; cursor.at++) {
      const word = cursor.words[cursor.at] ?? ''
      if (word === ' ') continue
      if (word === ')') {
        if (!nested) throw new TemplateError('unexpected right paren')
        return
      }
      if (word === '|') commands.push([])
      else commands[commands.length - 1]?.push(this.#operand(word, cursor))
    }
    if (nested) throw new TemplateError('unclosed left paren')
  }

  #operand(word: string, cursor: { words: readonly string[]; at: number }): Operand {
    if (word === '(') {
      const commands: Operand[][] = [[]]
      cursor.at++
      this.#commands(cursor, commands, true)
      const after = cursor.words[cursor.at + 1] ?? ''
      const path = after.startsWith('.') && after !== '.' ? after.slice(1).split('.') : []
      if (path.length) cursor.at++
      return { kind: 'pipe', pipe: { declares: [], assigns: false, commands: commands as Command[] }, path }
    }
    if (word === '.') return { kind: 'dot' }
    if (word.startsWith('.')) return { kind: 'field', path: word.slice(1).split('.') }
    if (word.startsWith('$')) {
      const [name = '$', ...path] = word.split('.')
      if (!this.#variables.includes(name)) throw new TemplateError(`undefined variable "${name}"`)
      return { kind: 'variable', name, path }
    }
    return literal(word)
  }
}

function literal(word: string): Operand {
  if (word.startsWith('"')) return { kind: 'value', value: unescapeGo(word.slice(1, -1)) }
  if (word.startsWith('`')) return { kind: 'value', value: word.slice(1, -1) }
  if (word.startsWith("'")) return { kind: 'value', value: unescapeGo(word.slice(1, -1)).codePointAt(0) ?? 0 }
  if (/^[+-]?\d/.test(word)) {
    if (Number.isNaN(Number(word))) throw new TemplateError(`bad number syntax: "${word}"`)
    return { kind: 'value', value: Number(word) }
  }
  if (word === 'true' || word === 'false') return { kind: 'value', value: word === 'true' }
  if (word === 'nil') return { kind: 'nil' }
  if (!FUNCTIONS.has(word)) throw new TemplateError(`function "${word}" not defined`)
  return { kind: 'function', name: word }
}

function trim(words: readonly string[]): readonly string[] {
  const start = words.findIndex((w) => w !== ' ')
  return start < 0 ? [] : words.slice(start)
}
