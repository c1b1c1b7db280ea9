/** Runs a parsed Go template over an object (upstream: text/template/exec.go). */
import { compareCodePoints, FUNCTIONS, goType, isTrue, printed, type Value } from './functions.ts'
import {
  type Command,
  commandText,
  type Operand,
  operandText,
  type Pipe,
  pipeText,
  type Template,
  TemplateError,
  type TemplateNode,
} from './nodes.ts'

export interface ExecuteOptions {
  readonly allowMissing: boolean
}
/** Output longer than this ends the template: loops over loops may not flood a terminal. */
const MAX_OUTPUT = 4_000_000
/** Templates may call each other so deep. */
const MAX_DEPTH = 1000
type Signal = 'break' | 'continue' | undefined
type Scopes = readonly Map<string, Bound>[]

/** A value with how Go sees it: what came out of a map or a list is of type `interface {}`. */
interface Bound {
  readonly value: Value
  readonly inside: boolean
}
/** Where a template is: what stands in its messages. */
interface Place {
  readonly at: number
  readonly text: string
}

/** What was printed, and the mistake that ended it, if one did. */
export function execute(
  template: Template,
  data: Value,
  options: ExecuteOptions,
): { readonly output: string; readonly error?: TemplateError } {
  const run = new Run(template, options)
  try {
    run.whole(template.main, { value: data, inside: false })
    return { output: run.output() }
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    return { output: run.output(), error: run.located(error) }
  }
}

const NO_FINAL: readonly Bound[] = []

class Run {
  readonly #template: Template
  readonly #options: ExecuteOptions
  readonly #parts: string[] = []
  #size = 0
  #place: Place = { at: 0, text: '' }
  #name = 'output'
  #depth = 0

  constructor(template: Template, options: ExecuteOptions) {
    this.#template = template
    this.#options = options
  }

  output(): string {
    return this.#parts.join('')
  }

  whole(nodes: readonly TemplateNode[], dot: Bound): void {
    this.#block(nodes, dot, [new Map([['$', dot]])])
  }

  /** The mistake with line, column in bytes and what was evaluated. */
  located(error: TemplateError): TemplateError {
    const before = this.#template.source.slice(0, this.#place.at)
    const start = before.lastIndexOf('\n') + 1
    const column = new TextEncoder().encode(before.slice(start)).length
    const line = before.split('\n').length
    return new TemplateError(
      `template: output:${line}:${column}: executing ${JSON.stringify(this.#name)} at <${this.#place.text}>: ${error.message}`,
    )
  }

  #block(nodes: readonly TemplateNode[], dot: Bound, scopes: Scopes): Signal {
    for (const node of nodes) {
      const signal = this.#node(node, dot, scopes)
      if (signal) return signal
    }
    return undefined
  }

  #node(node: TemplateNode, dot: Bound, scopes: Scopes): Signal {
    if (node.kind === 'text') this.#emit(node.text)
    else if (node.kind === 'break' || node.kind === 'continue') return node.kind
    else if (node.kind === 'range') this.#range(node, dot, scopes)
    else if (node.kind === 'template') this.#call(node, dot, scopes)
    else if (node.kind === 'print') {
      const { value } = this.#pipe(node.pipe, dot, scopes)
      if (node.pipe.declares.length === 0) this.#emit(value === null ? '<no value>' : printed(value))
    } else {
      const inner = [...scopes, new Map<string, Bound>()]
      const bound = this.#pipe(node.pipe, dot, inner)
      const chosen = isTrue(bound.value)
      return this.#block(chosen ? node.body : node.otherwise, node.kind === 'with' && chosen ? bound : dot, inner)
    }
    return undefined
  }

  #emit(text: string): void {
    this.#size += text.length
    if (this.#size > MAX_OUTPUT) throw new TemplateError('the output is too long')
    this.#parts.push(text)
  }

  #call(node: Extract<TemplateNode, { kind: 'template' }>, dot: Bound, scopes: Scopes): void {
    const quoted = JSON.stringify(node.name)
    this.#place = { at: node.at, text: `{{template ${quoted}${node.pipe ? ` ${pipeText(node.pipe)}` : ''}}}` }
    const nodes = this.#template.defined.get(node.name)
    if (!nodes) throw new TemplateError(`template ${quoted} not defined`)
    if (this.#depth === MAX_DEPTH) throw new TemplateError(`exceeded maximum template depth (${MAX_DEPTH})`)
    const inner = node.pipe ? this.#pipe(node.pipe, dot, scopes) : { value: undefined, inside: false }
    const caller = this.#name
    this.#name = node.name
    this.#depth++
    this.whole(nodes, inner)
    this.#depth--
    this.#name = caller
  }

  #range(node: Extract<TemplateNode, { body: unknown }>, dot: Bound, scopes: Scopes): void {
    const { declares, assigns } = node.pipe
    const { value } = this.#pipe({ ...node.pipe, declares: [] }, dot, scopes)
    const entries = rangeEntries(value)
    if (entries.length === 0) this.#block(node.otherwise, dot, [...scopes, new Map()])
    for (const [key, item] of entries) {
      const bound = { value: item, inside: typeof value !== 'number' }
      const keyed = declares.length === 2 ? [{ value: key, inside: false }, bound] : [bound]
      const scope = new Map<string, Bound>()
      declares.forEach((name, i) => {
        const target = assigns ? (scopes.findLast((s) => s.has(name)) ?? scope) : scope
        target.set(name, keyed[i] ?? bound)
      })
      if (this.#block(node.body, bound, [...scopes, scope]) === 'break') return
    }
  }

  #pipe(pipe: Pipe, dot: Bound, scopes: Scopes): Bound {
    this.#place = { at: pipe.at, text: pipeText(pipe) }
    let bound: Bound = { value: undefined, inside: false }
    pipe.commands.forEach((command, i) => {
      const { value } = this.#command(command, i > 0 ? [bound] : NO_FINAL, dot, scopes)
      bound = { value: value === null ? undefined : value, inside: false }
    })
    for (const name of pipe.declares) {
      const scope = pipe.assigns ? scopes.findLast((s) => s.has(name)) : scopes.at(-1)
      scope?.set(name, bound)
    }
    return bound
  }

  #command(command: Command, final: readonly Bound[], dot: Bound, scopes: Scopes): Bound {
    const [first, ...rest] = command.operands
    if (!first) return { value: undefined, inside: false }
    const given = rest.length > 0 || final.length > 0
    if (first.kind === 'function') return this.#function(first, command, rest, final, dot, scopes)
    if (first.kind === 'field' || first.kind === 'variable' || first.kind === 'chain')
      return this.#path(first, given, dot, scopes)
    if (first.kind !== 'pipe') this.#place = { at: first.at, text: operandText(first) }
    if (given) throw new TemplateError(`can't give argument to non-function ${operandText(first)}`)
    if (first.kind === 'nil') throw new TemplateError('nil is not a command')
    return this.#operand(first, dot, scopes)
  }

  #function(
    first: Extract<Operand, { kind: 'function' }>,
    command: Command,
    args: readonly Operand[],
    final: readonly Bound[],
    dot: Bound,
    scopes: Scopes,
  ): Bound {
    const { name } = first
    const definition = FUNCTIONS.get(name)
    this.#place = { at: first.at, text: name }
    if (!definition) throw new TemplateError(`function "${name}" not defined`)
    const { least, most = Number.POSITIVE_INFINITY, text: texts = false, call, stop } = definition
    const count = args.length + final.length
    if (count < least || count > most)
      throw new TemplateError(
        `wrong number of args for ${name}: want ${most === least ? least : `at least ${least}`} got ${most === least ? count : args.length}`,
      )
    const values: Value[] = []
    for (const arg of args) {
      const { value } = this.#argument(arg, texts && values.length === 0, dot, scopes)
      values.push(value)
      if (stop?.(value)) return { value, inside: false }
    }
    for (const { value } of final) values.push(texts && values.length === 0 ? mustBeText(value) : value)
    try {
      return { value: call(values, args.map(operandText)), inside: false }
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
      this.#place = { at: command.at, text: commandText(command) }
      throw new TemplateError(`error calling ${name}: ${error.message}`)
    }
  }

  #argument(operand: Operand, text: boolean, dot: Bound, scopes: Scopes): Bound {
    const bound = this.#operand(operand, dot, scopes)
    if (!text) return bound
    if (operand.kind === 'value' && typeof operand.value !== 'string')
      throw new TemplateError(`expected string; found ${operand.text}`)
    if (operand.kind === 'nil') throw new TemplateError('cannot assign nil to string')
    mustBeText(bound.value)
    return bound
  }

  #operand(operand: Operand, dot: Bound, scopes: Scopes): Bound {
    if (operand.kind !== 'pipe') this.#place = { at: operand.at, text: operandText(operand) }
    switch (operand.kind) {
      case 'dot':
        return dot
      case 'nil':
        return { value: null, inside: false }
      case 'value':
        return { value: operand.value, inside: false }
      case 'function':
        return this.#function(operand, { at: operand.at, operands: [operand] }, [], NO_FINAL, dot, scopes)
      case 'pipe':
        return this.#pipe(operand.pipe, dot, [...scopes, new Map()])
      default:
        return this.#path(operand, false, dot, scopes)
    }
  }

  #path(operand: Extract<Operand, { path: unknown }>, given: boolean, dot: Bound, scopes: Scopes): Bound {
    this.#place = { at: operand.at, text: operandText(operand) }
    const { path } = operand
    const start =
      operand.kind === 'field'
        ? dot
        : operand.kind === 'chain'
          ? this.#operand(operand.base, dot, scopes)
          : (scopes.findLast((s) => s.has(operand.name))?.get(operand.name) ?? { value: undefined, inside: false })
    if (path.length === 0 && given)
      throw new TemplateError(`can't give argument to non-function ${operandText(operand)}`)
    return path.reduce<Bound>((bound, name, i) => this.#field(bound, name, given && i === path.length - 1), start)
  }

  #field({ value, inside }: Bound, name: string, given: boolean): Bound {
    if (value === undefined) {
      if (!this.#options.allowMissing) throw new TemplateError(`nil data; no entry for key "${name}"`)
      return { value: undefined, inside: false }
    }
    if (value === null) throw new TemplateError(`nil pointer evaluating interface {}.${name}`)
    const type = inside ? 'interface {}' : goType(value)
    if (goType(value) !== 'map[string]interface {}')
      throw new TemplateError(`can't evaluate field ${name} in type ${type}`)
    if (given) throw new TemplateError(`${name} is not a method but has arguments`)
    const fields = value as { readonly [key: string]: Value }
    if (Object.hasOwn(fields, name)) return { value: fields[name], inside: true }
    if (!this.#options.allowMissing) throw new TemplateError(`map has no entry for key "${name}"`)
    return { value: undefined, inside: false }
  }
}

function mustBeText(value: Value): Value {
  if (typeof value === 'string') return value
  throw new TemplateError(
    value === undefined || value === null
      ? 'invalid value; expected string'
      : `wrong type for value; expected string; got ${goType(value)}`,
  )
}

function rangeEntries(value: Value): readonly (readonly [Value, Value])[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.map((item, i) => [i, item] as const)
  if (goType(value) === 'map[string]interface {}')
    return Object.entries(value as { readonly [key: string]: Value }).sort(([a], [b]) => compareCodePoints(a, b))
  if (typeof value === 'number')
    return Array.from({ length: Math.max(0, Math.min(value, 100_000)) }, (_, i) => [i, i] as const)
  throw new TemplateError(`range can't iterate over ${printed(value)}`)
}
