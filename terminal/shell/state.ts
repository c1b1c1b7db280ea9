import { type PipelineNode, parse, type ScriptNode, type StatementNode, type WordNode } from 'just-bash'
import { TERMINAL_ERR, TERMINAL_OUT } from '../files/devices.ts'
import { append, type FunctionDefinition, literal, simple, statement, variable } from './nodes.ts'
import { FD } from './streams.ts'

export const BEGIN = '__slipway_begin'
export const END = '__slipway_end'
/** Where the listing of arrays behind a statement goes. */
export const ARRAYS = '/dev/.arrays'

const ALIAS = 'BASH_ALIAS_'
/** Set anew for each run, or meant for one run only. */
const TRANSIENT: ReadonlySet<string> = new Set([FD.subshell, FD.job, FD.typed, FD.clock, FD.codes])
const STANDARD_OPTIONS = new Set(['braceexpand', 'hashall', 'interactive-comments'])

/** The aliases among a shell's variables, where the library's `alias` keeps them. */
export function aliasesIn(env: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const entries = [...env].filter(([name]) => name.startsWith(ALIAS))
  return new Map(entries.map(([name, value]) => [name.slice(ALIAS.length), value]))
}

/**
 * What a shell remembers between statements. The library starts every run from nothing: `around` puts what must be
 * there in front of a statement, and the commands BEGIN and END read it back.
 */
export class ShellState {
  env: Map<string, string>
  exported: ReadonlyMap<string, string>
  cwd: string
  code = 0
  /** `PIPESTATUS`: how the commands of the latest pipeline ended. */
  codes: readonly number[] = [0]
  readonly functions = new Map<string, FunctionDefinition>()
  readonly #definitions: FunctionDefinition[] = []
  #arrays: StatementNode[] = []

  constructor(env: ReadonlyMap<string, string>, cwd: string) {
    this.env = new Map(env)
    this.exported = env
    this.cwd = cwd
  }

  get aliases(): ReadonlyMap<string, string> {
    return aliasesIn(this.env)
  }

  setAlias(name: string, value: string): void {
    this.env.set(`${ALIAS}${name}`, value)
  }

  /** Keeps a definition that a line may run; `defined` follows when it did. */
  register(definition: FunctionDefinition): number {
    return this.#definitions.push(definition) - 1
  }

  defined(number: number): void {
    const definition = this.#definitions[number]
    if (definition !== undefined) this.functions.set(definition.name, definition)
  }

  /** The environment of a run: no prototype, since names are the learner's. */
  runEnvironment(stdin: string): { [name: string]: string } {
    const env: { [name: string]: string } = Object.create(null)
    for (const [name, value] of this.env) if (name !== '?' && !TRANSIENT.has(name)) env[name] = value
    return Object.assign(env, this.streams(stdin))
  }

  /** Where a run's streams go: out to the terminal. */
  streams(stdin: string): { readonly [name: string]: string } {
    return { [FD.in]: stdin, [FD.out]: TERMINAL_OUT, [FD.err]: TERMINAL_ERR }
  }

  /** The statements that define the functions there are. */
  definitions(): StatementNode[] {
    return [...this.functions.values()].map(statement)
  }

  /** The statement with everything remembered in front of it, and what reads it back behind it. */
  around(body: StatementNode): ScriptNode {
    const options = this.#options()
    const statements = [
      ...this.definitions(),
      ...this.#arrays,
      ...options.map((name) => silent('set', [literal('-o'), literal(name)])),
      options.includes('errexit') ? silent(BEGIN, [literal('0')]) : this.#statuses(options.includes('pipefail')),
      body,
      silent(END, [variable('?'), variable('PIPESTATUS[@]')]),
      silent('declare', [literal('-pa')], ARRAYS),
      silent('declare', [literal('-pA')], ARRAYS),
    ]
    return { type: 'Script', statements }
  }

  /** Takes the listing of arrays: `declare -a name=(…)` lines. */
  keepArrays(listing: string): void {
    const text = listing.replace(/^declare -a (PIPESTATUS|BASH_\w+|FUNCNAME|DIRSTACK|GROUPS)=.*\n?/gm, '')
    // As plain assignments: the library's `declare` splits quoted elements at blanks.
    const assignments = text.replace(/^declare -a (?=\w+=)/gm, '').replace(/^declare -A (\w+)=/gm, 'declare -A $1; $1=')
    try {
      this.#arrays = assignments.trim() === '' ? [] : parse(assignments).statements
    } catch {
      this.#arrays = []
    }
  }

  forget(name: string): void {
    this.functions.delete(name)
  }

  /** Leaves `$?` and `PIPESTATUS` as the latest pipeline did. */
  #statuses(strict: boolean): StatementNode {
    const { code, codes } = this
    const plain = (strict ? codes.findLast((each) => each !== 0) : codes.at(-1)) ?? 0
    const isNegated = code === (plain === 0 ? 1 : 0)
    const kept = plain === code || isNegated ? codes : [code]
    const commands = kept.flatMap((each) => silent(BEGIN, [literal(String(each))]).pipelines[0]?.commands ?? [])
    const begin: PipelineNode = { type: 'Pipeline', commands, negated: isNegated }
    return { ...statement(simple(':')), pipelines: [begin] }
  }

  #options(): string[] {
    const set = (this.env.get('SHELLOPTS') ?? '').split(':')
    return set.filter((name) => name !== '' && !STANDARD_OPTIONS.has(name))
  }
}

/** A command that `set -x` does not show. */
function silent(name: string, args: WordNode[], output?: string): StatementNode {
  const command = simple(name, args)
  if (output !== undefined) command.redirections.push(append(null, literal(output)))
  command.redirections.push(append(2, literal('/dev/null')))
  return statement(command)
}
