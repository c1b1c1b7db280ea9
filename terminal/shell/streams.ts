import type { CommandNode, PipelineNode, SimpleCommandNode, StatementNode, WordNode } from 'just-bash'
import { serialize } from 'just-bash'
import { withoutMerge } from './merged-stage.ts'
import {
  append,
  assign,
  type FunctionDefinition,
  group,
  literal,
  literalText,
  quoted,
  simple,
  statement,
  substitution,
  variable,
} from './nodes.ts'
import { isLasting, SINK, sinkOf, stageArgument, textOf } from './pipe-stages.ts'
import { redirected } from './redirections.ts'

/**
 * The library hands over what a line printed when the line ends. To show output as it is printed, every simple command
 * whose output is not redirected or piped is given a redirection to the path in `$__fd1` (and `$__fd2`): the terminal,
 * or `/dev/stdout`, which leaves things as they are. Where a pipe, a file or `$(…)` takes the output, the variables are
 * set for that command alone, so that functions, scripts and our own commands, which read them, follow.
 */
export const FD = {
  in: '__fd0',
  out: '__fd1',
  err: '__fd2',
  codes: '__fd3',
  clock: '__fd5',
  subshell: '__fd9',
  job: '__fd6',
  lastJob: '__fd7',
  typed: '__fd8',
} as const
/** `$__fd0` where somebody types; otherwise it is empty, or the path of a pipe. */
export const TYPED = 'tty'
export const CAPTURED = { in: '', out: '/dev/stdout', err: '/dev/stderr' } as const

/** Commands that stand in for what the library lacks; each is registered by the shell. */
export const HOOK = {
  background: '__slipway_background',
  decode: '__slipway_decode',
  define: '__slipway_define',
  exit: '__slipway_exit',
  forget: '__slipway_forget',
  help: '__slipway_help',
  merge: '__slipway_merge',
  pipe: '__slipway_pipe',
  readLine: '__slipway_read',
  run: '__slipway_run',
  script: '__slipway_script',
  source: '__slipway_source',
  status: '__slipway_status',
  time: '__slipway_time',
  wait: '__slipway_wait',
} as const

export interface StreamHooks {
  /** Keeps a function that the line may define; the number is what its definition reports when it runs. */
  register(definition: FunctionDefinition): number
}

type Place = 'inherit' | 'captured'
interface Position {
  readonly in: Place
  readonly out: Place
  readonly err: Place
}
const INHERIT: Position = { in: 'inherit', out: 'inherit', err: 'inherit' }

/** Changes the statements in place. */
export function streamStatements(statements: StatementNode[], hooks: StreamHooks): void {
  new Streams(hooks).statements(statements, INHERIT)
}

/** Builtins that print nothing of their own and start nothing: no need to tell them where output goes. */
export const QUIET_BUILTINS: ReadonlySet<string> = new Set(
  ': true false cd test [ export local declare typeset readonly unset set shift return break continue let getopts'.split(
    ' ',
  ),
)

const LINE_BUFFERED: ReadonlySet<string> = new Set(['--line-buffered'])
const UNBUFFERED: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['grep', LINE_BUFFERED],
  ['egrep', LINE_BUFFERED],
  ['fgrep', LINE_BUFFERED],
  ['sed', new Set(['-u', '--unbuffered'])],
])

/** The library's `tr` does not know `\\0`, which turns /proc's lists into lines. */
function withNul(word: WordNode): WordNode {
  const text = JSON.stringify(word)
  return text.includes('\\\\0') ? JSON.parse(text.replace(/\\\\0(?![0-7])/g, '\\u0000')) : word
}

/** A stage whose errors go down the pipe as well: one command that keeps what it prints in the order of printing. */
function mergedStage(command: CommandNode, errorsToo: boolean): CommandNode | undefined {
  const plain = errorsToo ? command : withoutMerge(command)
  return plain === undefined || plain.type === 'FunctionDef' ? undefined : simple(HOOK.merge, [quoted(textOf(plain))])
}

/** `$(command 2>&1)`: nothing else runs in that subshell. */
function mergeOnly([only, ...more]: readonly StatementNode[]): void {
  const [pipeline, ...others] = only?.pipelines ?? []
  const last = pipeline?.commands.at(-1)
  if (only === undefined || pipeline === undefined || last === undefined) return
  if (more.length > 0 || others.length > 0 || only.background || isLasting(pipeline)) return
  pipeline.commands[pipeline.commands.length - 1] = mergedStage(last, false) ?? last
}

/** `status 0 "$codes" | status 1 "$codes"` … */
function statusCommands(stages: number): CommandNode[] {
  return Array.from({ length: stages }, (_, index) => simple(HOOK.status, [literal(String(index)), variable(FD.codes)]))
}

class Streams {
  readonly #hooks: StreamHooks
  /** Pipelines that became one command, by how many stages they had. */
  readonly #stagesOf = new Map<PipelineNode, number>()

  constructor(hooks: StreamHooks) {
    this.#hooks = hooks
  }

  statements(statements: StatementNode[], position: Position): void {
    for (const node of statements) this.#statement(node, position)
  }

  #statement(node: StatementNode, position: Position): void {
    if (node.background) this.#background(node)
    for (const [index, pipeline] of node.pipelines.entries()) {
      if (pipeline.timed === true) node.pipelines[index] = this.#timed(pipeline)
    }
    for (const pipeline of node.pipelines) this.#pipeline(pipeline, position)
    this.#statuses(node)
  }

  /**
   * Behind a pipeline that ran side by side stands one of commands that only end as its stages did: the library derives
   * the status, PIPESTATUS and `!` from that.
   */
  #statuses(node: StatementNode): void {
    const operators: StatementNode['operators'] = []
    node.pipelines = node.pipelines.flatMap((pipeline, index) => {
      const operator = node.operators[index - 1]
      if (operator !== undefined) operators.push(operator)
      const stages = this.#stagesOf.get(pipeline)
      if (stages === undefined) return [pipeline]
      const run: PipelineNode = { type: 'Pipeline', commands: pipeline.commands, negated: false }
      const ends: PipelineNode = { ...pipeline, commands: statusCommands(stages) }
      if (operator !== '||') {
        operators.push('&&')
        return [run, ends]
      }
      // `a || b`: both belong to the one branch.
      const both: StatementNode = { ...statement(simple(':')), pipelines: [run, ends], operators: ['&&'] }
      return [{ type: 'Pipeline', commands: [group([both])], negated: false }]
    })
    node.operators = operators
  }

  /** `… &` becomes a command that gets the text, to run it as a job. */
  #background(node: StatementNode): void {
    const text = serialize({ type: 'Script', statements: [{ ...node, background: false }] }).trim()
    node.background = false
    node.operators = []
    node.pipelines = statement(simple(HOOK.background, [quoted(text)])).pipelines
  }

  /** `time` counts the host's time in the library; ours counts the cluster's. */
  #timed(pipeline: PipelineNode): PipelineNode {
    const { timed: _, timePosix, ...untimed } = pipeline
    const style = literal(timePosix === true ? 'posix' : 'bash')
    const body = [
      statement(simple(HOOK.time, [literal('start')])),
      { ...statement(simple(':')), pipelines: [untimed] },
      statement(simple(HOOK.time, [style, variable('?')])),
    ]
    return { type: 'Pipeline', commands: [group(body)], negated: false }
  }

  /** A pipeline whose first stage lasts becomes a command that runs its stages side by side. */
  #sideBySide(pipeline: PipelineNode, position: Position): void {
    const { commands, pipeStderr } = pipeline
    const stages = commands.map((stage, index) => {
      const plain = index < commands.length - 1 ? withoutMerge(stage) : undefined
      return quoted(stageArgument(textOf(plain ?? stage), plain !== undefined || pipeStderr?.[index] === true))
    })
    pipeline.commands = [this.#command(simple(HOOK.pipe, stages), position)]
    delete pipeline.pipeStderr
    this.#stagesOf.set(pipeline, stages.length)
  }

  /** `kubectl get -w > FILE`: the file is made anew, and filled while the command runs. */
  #intoFile(
    command: Extract<CommandNode, { type: 'SimpleCommand' | 'Subshell' }>,
    { file, isAppended, errorsToo }: NonNullable<ReturnType<typeof sinkOf>>,
    position: Position,
  ): CommandNode {
    const writer: SimpleCommandNode = { ...simple(SINK, []), redirections: [append(null, file)] }
    const opened: SimpleCommandNode = {
      ...simple(':'),
      redirections: [{ type: 'Redirection', fd: null, operator: isAppended ? '>>' : '>', target: file }],
    }
    const stages = [
      stageArgument(textOf({ ...command, redirections: [] }), errorsToo),
      stageArgument(textOf(writer), false),
    ].map(quoted)
    const run: StatementNode = {
      ...statement(opened),
      pipelines: [
        { type: 'Pipeline', commands: [this.#command(opened, position)], negated: false },
        { type: 'Pipeline', commands: [this.#command(simple(HOOK.pipe, stages), position)], negated: false },
      ],
      operators: ['&&'],
    }
    return group([run])
  }

  #pipeline(pipeline: PipelineNode, position: Position): void {
    if (isLasting(pipeline)) {
      this.#sideBySide(pipeline, position)
      return
    }
    const last = pipeline.commands.length - 1
    for (const [index, command] of pipeline.commands.entries()) {
      const piped: Position = {
        in: index > 0 ? 'captured' : position.in,
        out: index < last ? 'captured' : position.out,
        err: pipeline.pipeStderr?.[index] === true && index < last ? 'captured' : position.err,
      }
      const merged = index < last ? mergedStage(command, pipeline.pipeStderr?.[index] === true) : undefined
      if (merged !== undefined && pipeline.pipeStderr !== undefined) pipeline.pipeStderr[index] = false
      pipeline.commands[index] = this.#command(merged ?? command, piped)
    }
  }

  #command(command: CommandNode, position: Position): CommandNode {
    if (command.type === 'SimpleCommand' || command.type === 'Subshell') {
      const sink = sinkOf(command)
      if (sink !== undefined) return this.#intoFile(command, sink, position)
    }
    switch (command.type) {
      case 'SimpleCommand':
        if (literalText(command.name) === 'read' && position.in === 'inherit' && !redirected(command.redirections).in) {
          return this.#read(command, position)
        }
        return this.#simple(command, position)
      case 'FunctionDef':
        return this.#definition(command)
      case 'ArithmeticCommand':
      case 'ConditionalCommand':
        this.#substitutions(command.expression, position)
        if (position.err === 'inherit') command.redirections.unshift(append(2, variable(FD.err)))
        return command
      default:
        this.#compound(command, position)
        return command
    }
  }

  #compound(
    command: Exclude<
      CommandNode,
      { type: 'SimpleCommand' | 'FunctionDef' | 'ArithmeticCommand' | 'ConditionalCommand' }
    >,
    outer: Position,
  ): void {
    this.#substitutions(command.redirections, outer)
    const inner = inside(outer, command.redirections)
    switch (command.type) {
      case 'If':
        for (const clause of command.clauses) {
          this.statements(clause.condition, inner)
          this.statements(clause.body, inner)
        }
        if (command.elseBody !== null) this.statements(command.elseBody, inner)
        return
      case 'While':
      case 'Until':
        this.statements(command.condition, inner)
        this.statements(command.body, inner)
        return
      case 'Case':
        this.#substitutions(command.word, outer)
        for (const item of command.items) this.statements(item.body, inner)
        return
      case 'For':
        this.#substitutions(command.words, outer)
        this.statements(command.body, inner)
        return
      case 'CStyleFor':
        this.#substitutions([command.init, command.condition, command.update], outer)
        this.statements(command.body, inner)
        return
      default:
        this.statements(command.body, inner)
        if (command.type === 'Subshell') command.body.unshift(statement(setting(FD.subshell, '1')))
    }
  }

  /** Reports the definition when it runs, so that the next line knows the function. */
  #definition(command: FunctionDefinition): CommandNode {
    this.#substitutions(command.redirections, INHERIT)
    const position = inside(INHERIT, command.redirections)
    const body = this.#command(command.body, position)
    const definition = body.type === 'SimpleCommand' || body.type === 'FunctionDef' ? command : { ...command, body }
    const number = this.#hooks.register(definition)
    return group([statement(definition), statement(simple(HOOK.define, [literal(String(number))]))])
  }

  #simple(command: SimpleCommandNode, position: Position): CommandNode {
    this.#substitutions([command.assignments, command.name, command.args, command.redirections], position)
    const name = literalText(command.name)
    if (command.name === null || name === 'exec') return command
    const own = redirected(command.redirections)
    const replaced = this.#replace(command, name)
    const tail = replaced.type === 'SimpleCommand' ? replaced : command
    if (name === undefined || !QUIET_BUILTINS.has(name)) tail.assignments.unshift(...settings(own, position))
    const routes = []
    if (position.out === 'inherit' && (!own.out || own.errToOut)) routes.push(append(null, variable(FD.out)))
    if (position.err === 'inherit' && (!own.err || own.outToErr)) routes.push(append(2, variable(FD.err)))
    tail.redirections.unshift(...routes)
    return name === 'read' ? decoded(command) : replaced
  }

  /** Builtins that would run text or files past this transformation, or that end the shell. */
  #replace(command: SimpleCommandNode, name: string | undefined): CommandNode {
    const { args } = command
    // The library's filters know no buffers.
    const unbuffered = UNBUFFERED.get(name ?? '')
    if (unbuffered !== undefined) command.args = args.filter((word) => !unbuffered.has(literalText(word) ?? ''))
    else if (name === 'tr') command.args = args.map(withNul)
    else if (name === 'help' && args.length === 0) command.name = literal(HOOK.help)
    else if (name === 'eval' && args.length > 0) command.args = [substitution(simple(HOOK.script, args))]
    else if ((name === 'source' || name === '.') && args[0] !== undefined) {
      command.args = [substitution(simple(HOOK.source, [args[0]])), ...args.slice(1)]
    } else if (name === 'shopt') command.args = withoutAliases(command)
    else if (name === 'wait') command.name = literal(HOOK.wait)
    else if (name === 'unset' && literalText(args[0] ?? null) === '-f') {
      return group([statement(command), statement(simple(HOOK.forget, args.slice(1)))])
    } else if (name === 'exit') {
      return group([statement(simple(HOOK.exit)), statement(command)])
    } else if (name?.includes('/') && command.name !== null) {
      command.args = [command.name, ...args]
      command.name = literal(HOOK.run)
    }
    return command
  }

  /** `read` at the terminal or behind a pipe that streams: a line comes to it as a here-string. */
  #read(command: SimpleCommandNode, position: Position): CommandNode {
    const flag = command.args.findIndex((word) => /^-[a-z]*p$/.test(literalText(word) ?? ''))
    const prompt = flag < 0 ? undefined : command.args[flag + 1]
    const typed: SimpleCommandNode = {
      ...command,
      assignments: [...command.assignments],
      redirections: [
        ...command.redirections,
        { type: 'Redirection', fd: null, operator: '<<<', target: variable(FD.typed) },
      ],
    }
    const ask: SimpleCommandNode = {
      ...simple(':'),
      name: null,
      assignments: [assign(FD.typed, substitution(simple(HOOK.readLine, prompt === undefined ? [] : [prompt])))],
    }
    const isRead = simple('test', [literal('-n'), variable(FD.in)])
    this.#substitutions([command.assignments, command.args], position)
    return branch(
      isRead,
      branch(ask, this.#simple(typed, position), simple('false')),
      this.#simple({ ...command, redirections: [...command.redirections] }, position),
    )
  }

  /** Every `$(…)` and `<(…)` in words: what they print is captured. */
  #substitutions(node: unknown, position: Position): void {
    if (typeof node !== 'object' || node === null) return
    if (Array.isArray(node)) {
      for (const item of node) this.#substitutions(item, position)
      return
    }
    if (isScriptHolder(node)) {
      const output = node.type === 'ProcessSubstitution' && node.direction === 'output'
      if (!output) mergeOnly(node.body.statements)
      this.statements(node.body.statements, {
        in: output ? 'captured' : position.in,
        out: output ? position.out : 'captured',
        err: position.err,
      })
      return
    }
    if (isLastJob(node)) node.parameter = FD.lastJob
    for (const value of Object.values(node)) this.#substitutions(value, position)
  }
}

/** Aliases are replaced before the line runs: the library's own way calls an alias inside its own text again. */
function withoutAliases(command: SimpleCommandNode): WordNode[] {
  const rest = command.args.filter((word) => literalText(word) !== 'expand_aliases')
  if (rest.length < command.args.length && rest.every((word) => literalText(word)?.startsWith('-') === true)) {
    command.name = literal(':')
  }
  return rest
}

function branch(condition: CommandNode, then: CommandNode, otherwise: CommandNode): CommandNode {
  return {
    type: 'If',
    clauses: [{ condition: [statement(condition)], body: [statement(then)] }],
    elseBody: [statement(otherwise)],
    redirections: [],
  }
}

/** The library's `read` leaves a variable's bytes where its characters should be. */
function decoded(command: SimpleCommandNode): CommandNode {
  const names: WordNode[] = []
  let isValue = false
  for (const word of command.args) {
    const text = literalText(word) ?? ''
    if (!isValue && !text.startsWith('-') && text !== '') names.push(word)
    isValue = !isValue && /^-[a-z]*[pndtui]$/.test(text)
  }
  const fix = simple(HOOK.decode, [variable('?'), ...(names.length === 0 ? [literal('REPLY')] : names)])
  return group([statement(command), statement(fix)])
}

/** `$!`: the library has no jobs. */
function isLastJob(node: object): node is { parameter: string } {
  return 'type' in node && node.type === 'ParameterExpansion' && 'parameter' in node && node.parameter === '!'
}

interface ScriptHolder {
  readonly type: string
  readonly direction?: unknown
  readonly body: { readonly statements: StatementNode[] }
}

function isScriptHolder(node: object): node is ScriptHolder {
  const type = 'type' in node ? node.type : undefined
  return type === 'CommandSubstitution' || type === 'ProcessSubstitution' || type === 'ArithCommandSubst'
    ? 'body' in node && typeof node.body === 'object' && node.body !== null && 'statements' in node.body
    : false
}

function setting(name: string, value: string): SimpleCommandNode {
  return { ...simple(':'), name: null, assignments: [assign(name, literal(value))] }
}

function inside(outer: Position, redirections: SimpleCommandNode['redirections']): Position {
  const own = redirected(redirections)
  return {
    in: own.in ? 'captured' : outer.in,
    out: own.out ? 'captured' : outer.out,
    err: own.err ? 'captured' : outer.err,
  }
}

/** `__fd1=/dev/stdout …` in front of a command whose output goes elsewhere than the shell's. */
function settings(own: ReturnType<typeof redirected>, position: Position): SimpleCommandNode['assignments'] {
  const set: [name: string, value: WordNode][] = []
  if (own.in || position.in === 'captured') set.push([FD.in, literal(CAPTURED.in)])
  if (own.outToErr && position.err === 'inherit') set.push([FD.out, variable(FD.err)])
  else if (own.out || position.out === 'captured') set.push([FD.out, literal(CAPTURED.out)])
  if (own.errToOut && position.out === 'inherit') set.push([FD.err, variable(FD.out)])
  else if (own.err || position.err === 'captured') set.push([FD.err, literal(CAPTURED.err)])
  return set.map(([name, value]) => assign(name, value))
}
