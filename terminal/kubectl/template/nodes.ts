/** The syntax tree of Go's text/template. `at` counts characters from the start of the source. */
export type Operand =
  | { readonly kind: 'dot' | 'nil'; readonly at: number }
  | {
      readonly kind: 'value'
      readonly at: number
      readonly value: string | number | boolean | Float
      readonly text: string
    }
  | { readonly kind: 'field'; readonly at: number; readonly path: readonly string[] }
  | { readonly kind: 'variable'; readonly at: number; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: 'function'; readonly at: number; readonly name: string }
  | { readonly kind: 'pipe'; readonly at: number; readonly pipe: Pipe }
  | { readonly kind: 'chain'; readonly at: number; readonly base: Operand; readonly path: readonly string[] }

/** Operands of one command; the first may be a function. */
export interface Command {
  readonly at: number
  readonly operands: readonly Operand[]
}
export interface Pipe {
  readonly at: number
  readonly declares: readonly string[]
  readonly assigns: boolean
  readonly commands: readonly Command[]
}

export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print'; readonly pipe: Pipe }
  | {
      readonly kind: 'if' | 'with' | 'range'
      readonly pipe: Pipe
      readonly body: readonly TemplateNode[]
      readonly otherwise: readonly TemplateNode[]
    }
  | { readonly kind: 'template'; readonly at: number; readonly name: string; readonly pipe: Pipe | undefined }
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' }

/** A template with those that it defines. */
export interface Template {
  readonly source: string
  readonly main: readonly TemplateNode[]
  readonly defined: ReadonlyMap<string, readonly TemplateNode[]>
}

/** A number that a template writes with a point or an exponent: Go's float64, even if it is whole. */
export class Float {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

/** A mistake in a template; a message while parsing begins with its line, one while running with its place. */
export class TemplateError extends Error {}

const fields = (path: readonly string[]): string => path.map((name) => `.${name}`).join('')

/** An operand as Go writes it in messages. */
export function operandText(operand: Operand): string {
  switch (operand.kind) {
    case 'dot':
      return '.'
    case 'nil':
      return 'nil'
    case 'value':
      return operand.text
    case 'field':
      return fields(operand.path)
    case 'variable':
      return `${operand.name}${fields(operand.path)}`
    case 'function':
      return operand.name
    case 'pipe':
      return `(${pipeText(operand.pipe)})`
    case 'chain':
      return `${operandText(operand.base)}${fields(operand.path)}`
  }
}

export function commandText({ operands }: Command): string {
  return operands.map(operandText).join(' ')
}

export function pipeText({ declares, assigns, commands }: Pipe): string {
  const declared = declares.length > 0 ? `${declares.join(', ')} ${assigns ? '=' : ':='} ` : ''
  return `${declared}${commands.map(commandText).join(' | ')}`
}
