import type { Node } from './ast.ts'

/** What a shell remembers between commands; `toJSON` keeps it in snapshots. */
export class ShellState {
  readonly variables: Map<string, string>
  readonly exported: Set<string>
  readonly functions: Map<string, Node>
  cwd: string
  status = 0
  /** Positional parameters; [0] is the shell's name. */
  parameters: readonly string[]
  exitOnError = false
  trace = false
  /** Commands run since the process last let time pass. */
  steps = 0

  constructor(variables: ReadonlyMap<string, string>, cwd: string, parameters: readonly string[]) {
    this.variables = new Map(variables)
    this.exported = new Set(variables.keys())
    this.functions = new Map()
    this.cwd = cwd
    this.parameters = parameters
  }

  /** What a subshell starts from. */
  fork(): ShellState {
    const copy = new ShellState(this.variables, this.cwd, this.parameters)
    copy.exported.clear()
    for (const name of this.exported) copy.exported.add(name)
    for (const [name, body] of this.functions) copy.functions.set(name, body)
    copy.status = this.status
    copy.exitOnError = this.exitOnError
    return copy
  }

  get(name: string): string | undefined {
    if (name === '?') return String(this.status)
    if (name === '$') return '1'
    if (name === '#') return String(this.parameters.length - 1)
    if (name === '*' || name === '@') return this.parameters.slice(1).join(' ')
    if (name === '!') return ''
    if (/^\d+$/.test(name)) return this.parameters[Number(name)]
    if (name === 'PWD') return this.cwd
    return this.variables.get(name)
  }

  environment(): Map<string, string> {
    const environment = new Map<string, string>()
    for (const name of this.exported) environment.set(name, this.variables.get(name) ?? '')
    return environment
  }

  toJSON(): SavedShell {
    return {
      variables: [...this.variables],
      exported: [...this.exported],
      functions: [...this.functions],
      cwd: this.cwd,
      status: this.status,
      parameters: this.parameters,
      exitOnError: this.exitOnError,
      steps: this.steps,
    }
  }

  /** Takes over what a snapshot kept. */
  restore(saved: SavedShell): void {
    this.variables.clear()
    for (const [name, value] of saved.variables) this.variables.set(name, value)
    this.exported.clear()
    for (const name of saved.exported) this.exported.add(name)
    for (const [name, body] of saved.functions) this.functions.set(name, body)
    this.cwd = saved.cwd
    this.status = saved.status
    this.parameters = saved.parameters
    this.exitOnError = saved.exitOnError
    this.steps = saved.steps
  }
}

export interface SavedShell {
  readonly variables: readonly (readonly [string, string])[]
  readonly exported: readonly string[]
  readonly functions: readonly (readonly [string, Node])[]
  readonly cwd: string
  readonly status: number
  readonly parameters: readonly string[]
  readonly exitOnError: boolean
  readonly steps: number
}
