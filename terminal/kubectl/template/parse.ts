/** Parses Go's text/template (upstream: text/template/parse/parse.go). */
import { unescapeGo } from '../../../emulator/index.ts'
import { quote } from '../cli/numbers.ts'
import { FUNCTIONS } from './functions.ts'
import { lex, type Token } from './lex.ts'
import {
  type Command,
  Float,
  type Operand,
  operandText,
  type Pipe,
  type Template,
  TemplateError,
  type TemplateNode,
} from './nodes.ts'

type Control = 'if' | 'with' | 'range'
type Stop = 'end' | 'else'
interface Block {
  readonly nodes: readonly TemplateNode[]
  readonly stop: Stop
}
const OPERANDS = new Set(['bool', 'character', 'dot', 'field', 'word', 'number', 'string', 'variable', 'open'])

/** Throws TemplateError, whose message begins with the line. */
export function parseTemplate(source: string): Template {
  return new Parser(source).template()
}

class Parser {
  readonly #source: string
  readonly #tokens: readonly Token[]
  readonly #defined = new Map<string, readonly TemplateNode[]>()
  #next = 0
  #variables = ['$']
  #loops = 0

  constructor(source: string) {
    this.#source = source
    this.#tokens = lex(source)
  }

  template(): Template {
    const main: TemplateNode[] = []
    while (this.#peek().kind !== 'end') {
      const start = this.#next
      if (this.#take().kind === 'left') {
        const head = this.#takeSolid()
        if (head.kind === 'keyword' && head.text === 'define') {
          this.#define('define clause')
          continue
        }
      }
      this.#next = start
      const node = this.#textOrAction()
      if (node === 'end' || node === 'else') this.#fail(`unexpected {{${node}}}`)
      main.push(node)
    }
    return { source: this.#source, main, defined: this.#defined }
  }

  #fail(message: string): never {
    const token = this.#tokens[Math.max(0, this.#next - 1)]
    const line = this.#source.slice(0, token?.at ?? 0).split('\n').length
    throw new TemplateError(`${line}: ${message}`)
  }

  #unexpected(token: Token, context: string): never {
    if (token.kind === 'error') this.#fail(token.text)
    this.#fail(`unexpected ${tokenText(token)} in ${context}`)
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', at: this.#source.length, text: '' }
  }

  #take(): Token {
    const token = this.#peek()
    this.#next++
    return token
  }

  #peekSolid(): Token {
    while (this.#peek().kind === 'space') this.#next++
    return this.#peek()
  }

  #takeSolid(): Token {
    this.#peekSolid()
    return this.#take()
  }

  #expectRight(context: string): void {
    const token = this.#takeSolid()
    if (token.kind !== 'right') this.#unexpected(token, context)
  }

  /** `{{define}}` and `{{block}}` after their keyword; gives the name and its place. */
  #define(context: string, pipe?: () => void): Token & { readonly name: string } {
    const token = this.#takeSolid()
    if (token.kind !== 'string') this.#unexpected(token, context)
    const name = unquote(token.text)
    if (pipe) pipe()
    else this.#expectRight(context)
    const outer = this.#variables
    const loops = this.#loops
    this.#variables = ['$']
    this.#loops = 0
    const { nodes, stop } = this.#block()
    if (stop !== 'end') this.#fail(`unexpected {{${stop}}} in ${context}`)
    this.#variables = outer
    this.#loops = loops
    this.#defined.set(name, nodes)
    return { ...token, name }
  }

  #block(): Block {
    const nodes: TemplateNode[] = []
    while (this.#peekSolid().kind !== 'end') {
      const node = this.#textOrAction()
      if (node === 'end' || node === 'else') return { nodes, stop: node }
      nodes.push(node)
    }
    this.#next++
    return this.#fail('unexpected EOF')
  }

  #textOrAction(): TemplateNode | Stop {
    const token = this.#takeSolid()
    if (token.kind === 'text') return { kind: 'text', text: token.text }
    if (token.kind !== 'left') this.#unexpected(token, 'input')
    const head = this.#takeSolid()
    if (head.kind === 'keyword' && head.text !== 'nil') return this.#keyword(head.text, head)
    this.#next--
    return { kind: 'print', pipe: this.#pipe('command', 'right') }
  }

  #keyword(word: string, token: Token): TemplateNode | Stop {
    switch (word) {
      case 'if':
      case 'with':
      case 'range':
        return this.#control(word)
      case 'end':
        this.#expectRight('end')
        return 'end'
      case 'else': {
        const after = this.#peekSolid()
        if (!isKeyword(after, 'if') && !isKeyword(after, 'with')) this.#expectRight('else')
        return 'else'
      }
      case 'break':
      case 'continue':
        if (this.#peekSolid().kind !== 'right') this.#unexpected(this.#take(), `{{${word}}}`)
        this.#next++
        if (this.#loops === 0) this.#fail(`{{${word}}} outside {{range}}`)
        return { kind: word }
      case 'template':
        return this.#call()
      case 'block': {
        let pipe: Pipe | undefined
        const { name, at } = this.#define('block clause', () => {
          pipe = this.#pipe('block clause', 'right')
        })
        return { kind: 'template', at, name, pipe }
      }
      default:
        return this.#unexpected(token, 'command')
    }
  }

  #call(): TemplateNode {
    const token = this.#takeSolid()
    if (token.kind !== 'string') this.#unexpected(token, 'template clause')
    const bare = this.#peekSolid().kind === 'right'
    if (bare) this.#next++
    const pipe = bare ? undefined : this.#pipe('template clause', 'right')
    return { kind: 'template', at: token.at, name: unquote(token.text), pipe }
  }

  #control(kind: Control): TemplateNode {
    const known = this.#variables.length
    const pipe = this.#pipe(kind, 'right')
    if (kind === 'range') this.#loops++
    const { nodes: body, stop } = this.#block()
    if (kind === 'range') this.#loops--
    let otherwise: readonly TemplateNode[] = []
    if (stop === 'else') {
      if (kind !== 'range' && isKeyword(this.#peek(), kind)) {
        this.#next++
        otherwise = [this.#control(kind)]
      } else {
        const last = this.#block()
        if (last.stop !== 'end') this.#fail(`expected end; found {{${last.stop}}}`)
        otherwise = last.nodes
      }
    }
    this.#variables.length = known
    return { kind, pipe, body, otherwise }
  }

  #pipe(context: string, end: 'right' | 'close'): Pipe {
    const { at } = this.#peekSolid()
    const { declares, assigns } = this.#declarations(context)
    const commands: Command[] = []
    for (;;) {
      const token = this.#takeSolid()
      if (token.kind === end) break
      if (!OPERANDS.has(token.kind) && !isKeyword(token, 'nil')) this.#unexpected(token, context)
      this.#next--
      commands.push(this.#command())
    }
    if (commands.length === 0) this.#fail(`missing value for ${context}`)
    commands.slice(1).forEach(({ operands: [first] }, i) => {
      if (first && ['dot', 'nil', 'value'].includes(first.kind))
        this.#fail(`non executable command in pipeline stage ${i + 2}`)
    })
    return { at, declares, assigns, commands }
  }

  #declarations(context: string): { declares: readonly string[]; assigns: boolean } {
    const declares: string[] = []
    for (;;) {
      const start = this.#next
      const variable = this.#peekSolid()
      if (variable.kind !== 'variable') return { declares, assigns: false }
      this.#next++
      const after = this.#takeSolid()
      if (after.kind === 'declare' || after.kind === 'assign') {
        declares.push(variable.text)
        this.#variables.push(variable.text)
        return { declares, assigns: after.kind === 'assign' }
      }
      if (after.kind !== 'other' || after.text !== ',') {
        this.#next = start
        return { declares, assigns: false }
      }
      declares.push(variable.text)
      this.#variables.push(variable.text)
      if (context !== 'range' || declares.length > 1) this.#fail(`too many declarations in ${context}`)
      const { kind } = this.#peekSolid()
      if (kind !== 'variable' && kind !== 'right' && kind !== 'close') this.#fail('range can only initialize variables')
    }
  }

  #command(): Command {
    const { at } = this.#peekSolid()
    const operands: Operand[] = []
    for (;;) {
      this.#peekSolid()
      const operand = this.#operand()
      if (operand) operands.push(operand)
      const token = this.#take()
      if (token.kind === 'space') continue
      if (token.kind === 'right' || token.kind === 'close') this.#next--
      else if (token.kind !== 'pipe') this.#unexpected(token, 'operand')
      break
    }
    if (operands.length === 0) this.#fail('empty command')
    return { at, operands }
  }

  #operand(): Operand | undefined {
    const term = this.#term()
    if (!term || this.#peek().kind !== 'field') return term
    const { at } = this.#peek()
    const path: string[] = []
    while (this.#peek().kind === 'field') path.push(this.#take().text.slice(1))
    if (term.kind === 'field' || term.kind === 'variable') return { ...term, at, path: [...term.path, ...path] }
    if (term.kind === 'value' || term.kind === 'nil' || term.kind === 'dot')
      this.#fail(`unexpected . after term ${quote(operandText(term))}`)
    return { kind: 'chain', at, base: term, path }
  }

  #term(): Operand | undefined {
    const token = this.#takeSolid()
    const { at, text } = token
    switch (token.kind) {
      case 'word':
        if (!FUNCTIONS.has(text)) this.#fail(`function ${quote(text)} not defined`)
        return { kind: 'function', at, name: text }
      case 'dot':
        return { kind: 'dot', at }
      case 'variable':
        if (!this.#variables.includes(text)) this.#fail(`undefined variable ${quote(text)}`)
        return { kind: 'variable', at, name: text, path: [] }
      case 'field':
        return { kind: 'field', at, path: [text.slice(1)] }
      case 'bool':
        return { kind: 'value', at, value: text === 'true', text }
      case 'string':
        return { kind: 'value', at, value: unquote(text), text }
      case 'character': {
        const characters = [...unescapeGo(text.slice(1, -1))]
        if (characters.length !== 1) this.#fail(`malformed character constant: ${text}`)
        return { kind: 'value', at, value: characters[0]?.codePointAt(0) ?? 0, text }
      }
      case 'number':
        return { kind: 'value', at, value: this.#number(text), text }
      case 'open':
        return { kind: 'pipe', at, pipe: this.#pipe('parenthesized pipeline', 'close') }
      default:
        if (isKeyword(token, 'nil')) return { kind: 'nil', at }
        this.#next--
        return undefined
    }
  }

  #number(text: string): number | Float {
    const negative = text.startsWith('-')
    const digits = text.replace(/^[+-]/, '').replaceAll('_', '')
    const octal = /^0\d+$/.test(digits) ? `0o${digits.slice(1)}` : digits
    const value = Number(octal) * (negative ? -1 : 1)
    if (Number.isNaN(value)) this.#fail(`illegal number syntax: ${quote(text)}`)
    return !/^0[xX]/.test(digits) && /[.eE]/.test(digits) ? new Float(value) : value
  }
}

const isKeyword = (token: Token, word: string): boolean => token.kind === 'keyword' && token.text === word

function unquote(text: string): string {
  return text.startsWith('`') ? text.slice(1, -1) : unescapeGo(text.slice(1, -1))
}

function tokenText({ kind, text }: Token): string {
  if (kind === 'end') return 'EOF'
  if (kind === 'keyword' || kind === 'dot') return `<${text}>`
  return text.length > 10 ? `${quote(text.slice(0, 10))}...` : quote(text)
}
