/** Runs a parsed Go template over an object. */
import { FUNCTIONS, isTrue, printed, type Value } from './functions.ts'
import { type Operand, type Pipe, TemplateError, type TemplateNode } from './nodes.ts'

export interface ExecuteOptions {
  readonly allowMissing: boolean
}
/** Output longer than this ends the template: loops over loops may not flood a terminal. */
const MAX_OUTPUT = 4_000_000
type Signal = 'break' | 'continue' | undefined

/** Throws TemplateError. */
export function execute(nodes: readonly TemplateNode[], data: Value, options: ExecuteOptions): string {
  const run = new Run(options)
  run.block(nodes, data, [new Map([['$', data]])])
  return run.output()
}

class Run {
  readonly #options: ExecuteOptions
  readonly #parts: string[] = []
  #size = 0

  constructor(options: ExecuteOptions) {
    this.#options = options
  }

  output(): string {
    return this.#parts.join('')
  }

  block(nodes: readonly TemplateNode[], dot: Value, scopes: readonly Map<string, Value>[]): Signal {
    for (const node of nodes) {
      const signal = this.#node(node, dot, scopes)
      if (signal) return signal
    }
    return undefined
  }

  #node(node: TemplateNode, dot: Value, scopes: readonly Map<string, Value>[]): Signal {
    if (node.kind === 'text') this.#emit(node.text)
    else if (node.kind === 'break') return 'break'
    else if (node.kind === 'continue') return 'continue'
    else if (node.kind === 'range') this.#range(node, dot, scopes)
    else if (node.kind === 'print') {
      const value = this.#pipe(node.pipe, dot, scopes)
      if (node.pipe.declares.length === 0) this.#emit(printed(value))
    } else {
      const inner = [...scopes, new Map<string, Value>()]
      const value = this.#pipe(node.pipe, dot, inner)
      const chosen = isTrue(value) ? node.body : node.otherwise
      return this.block(chosen, node.kind === 'with' && isTrue(value) ? value : dot, inner)
    }
    return undefined
  }

  #emit(text: string): void {
    this.#size += text.length
    if (this.#size > MAX_OUTPUT) throw new TemplateError('the output is too long')
    this.#parts.push(text)
  }

  #range(
    node: Extract<TemplateNode, { pipe: Pipe; body: unknown }>,
    dot: Value,
    scopes: readonly Map<string, Value>[],
  ): void {
    const value = this.#pipe({ ...node.pipe, declares: [] }, dot, scopes)
    const entries = this.#entries(value)
    if (entries.length === 0) {
      this.block(node.otherwise, dot, [...scopes, new Map()])
      return
    }
    for (const [key, item] of entries) {
      const { declares } = node.pipe
      const names =
        declares.length === 2
          ? [[declares[0], key] as const, [declares[1], item] as const]
          : [[declares[0], item] as const]
      const scope = new Map<string, Value>()
      for (const [name, bound] of names) if (name !== undefined) scope.set(name, bound)
      if (this.block(node.body, item, [...scopes, scope]) === 'break') return
    }
  }

  #entries(value: Value): readonly (readonly [Value, Value])[] {
    if (value === undefined || value === null) return []
    if (Array.isArray(value)) return value.map((item, i) => [i, item] as const)
    if (typeof value === 'object')
      return Object.entries(value as { readonly [key: string]: Value }).sort(([a], [b]) => (a < b ? -1 : 1))
    if (typeof value === 'number') return Array.from({ length: Math.min(value, 100_000) }, (_, i) => [i, i] as const)
    throw new TemplateError(`range can't iterate over ${printed(value)}`)
  }

  #pipe(pipe: Pipe, dot: Value, scopes: readonly Map<string, Value>[]): Value {
    let value: Value
    pipe.commands.forEach((command, i) => {
      const args = i > 0 ? [value] : []
      value = this.#command(command, args, dot, scopes)
    })
    const name = pipe.declares[0]
    if (name !== undefined) {
      const scope = pipe.assigns ? [...scopes].reverse().find((s) => s.has(name)) : scopes[scopes.length - 1]
      scope?.set(name, value)
    }
    return value
  }

  #command(
    command: readonly Operand[],
    piped: readonly Value[],
    dot: Value,
    scopes: readonly Map<string, Value>[],
  ): Value {
    const [first, ...rest] = command
    if (!first) return undefined
    if (first.kind === 'function') {
      const call = FUNCTIONS.get(first.name)
      if (!call) throw new TemplateError(`function "${first.name}" not defined`)
      return call([...rest.map((operand) => this.#operand(operand, dot, scopes)), ...piped])
    }
    if (rest.length > 0 || piped.length > 0)
      throw new TemplateError(`can't give argument to non-function ${describe(first)}`)
    return this.#operand(first, dot, scopes)
  }

  #operand(operand: Operand, dot: Value, scopes: readonly Map<string, Value>[]): Value {
    switch (operand.kind) {
      case 'dot':
        return dot
      case 'nil':
        return null
      case 'value':
        return operand.value
      case 'field':
        return this.#path(dot, operand.path)
      case 'variable': {
        const scope = [...scopes].reverse().find((s) => s.has(operand.name))
        return this.#path(scope?.get(operand.name), operand.path)
      }
      case 'function':
        return FUNCTIONS.get(operand.name)?.([])
      case 'pipe':
        return this.#path(this.#pipe(operand.pipe, dot, [...scopes, new Map()]), operand.path)
    }
  }

  #path(start: Value, path: readonly string[]): Value {
    return path.reduce<Value>((value, name, i) => {
      if (value === undefined) {
        if (!this.#options.allowMissing) throw new TemplateError(`nil data; no entry for key "${name}"`)
        return undefined
      }
      if (value === null) {
        throw new TemplateError(
          `<${path
            .slice(0, i + 1)
            .map((p) => `.${p}`)
            .join('')}>: nil pointer evaluating interface {}.${name}`,
        )
      }
      if (typeof value !== 'object' || Array.isArray(value))
        throw new TemplateError(
          `can't evaluate field ${name} in type ${Array.isArray(value) ? '[]interface {}' : typeof value === 'string' ? 'string' : 'interface {}'}`,
        )
      if (Object.hasOwn(value, name)) return (value as { readonly [key: string]: Value })[name]
      if (!this.#options.allowMissing) throw new TemplateError(`map has no entry for key "${name}"`)
      return undefined
    }, start)
  }
}

function describe(operand: Operand): string {
  if (operand.kind === 'field') return `.${operand.path.join('.')}`
  return operand.kind === 'variable' ? operand.name : operand.kind === 'dot' ? '.' : '<value>'
}
