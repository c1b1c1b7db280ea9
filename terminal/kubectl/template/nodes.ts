/** The syntax tree of Go's text/template. */
export type Operand =
  | { readonly kind: 'dot' }
  | { readonly kind: 'nil' }
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  | { readonly kind: 'field'; readonly path: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'pipe'; readonly pipe: Pipe; readonly path: readonly string[] }

/** Operands of one command; the first may be a function. */
export type Command = readonly Operand[]
export interface Pipe {
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
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' }

/** A mistake in a template; the message lacks the name and position that the printer adds. */
export class TemplateError extends Error {}
