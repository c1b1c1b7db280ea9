import { serialize } from 'just-bash'
import { commands } from './commands/index.ts'
import { requireProgram } from './require-program.ts'
import type { ShellServices, Surroundings } from './shell/environment.ts'
import { shellQuote } from './shell/hooks.ts'
import { statement } from './shell/nodes.ts'
import type { ShellOutput } from './shell/output.ts'
import { isComplete, Shell } from './shell.ts'
import { containerSurroundings, findMachine, isShell, machineSurroundings } from './surroundings.ts'
import { SentRequests } from './trace/requests.ts'
import { ENGLISH } from './trace/words.ts'
import type { RemoteSession, SavedSession, SessionOptions, ShellRequest, TerminalTime } from './types.ts'

/** What the stack needs from the terminal in front of it; absent where nobody sits there (replays, graders). */
export interface Front {
  readonly output: ShellOutput
  /** Prompts until the shell is left; gives its exit code. */
  interact(shell: Shell, history: string[]): Promise<number>
  readLine: NonNullable<ShellServices['readLine']>
}

interface Level {
  readonly shell: Shell
  readonly history: string[]
}

const HISTORY_LENGTH = 1_000
const ALIASES: readonly (readonly [name: string, value: string])[] = [
  ['k', 'kubectl'],
  ['ll', 'ls -alF'],
  ['la', 'ls -A'],
  ['l', 'ls -CF'],
  ['ls', 'ls --color=auto'],
]

/** The shells of one terminal tab: where the learner sat down, and those that ssh, exec and sudo put on top. */
export class ShellStack {
  readonly #options: SessionOptions
  readonly #front: Front | undefined
  readonly #levels: Level[] = []
  readonly #requests: SentRequests

  constructor(options: SessionOptions, base: ShellOutput, front?: Front) {
    this.#options = options
    this.#requests = new SentRequests(options.cluster.network, options.followed)
    this.#front = front
    const machine = options.cluster.machine(options.machine)
    if (machine === undefined) throw new Error(`the cluster has no machine ${options.machine}`)
    const cwd = options.saved?.cwd ?? options.cwd
    const known = cwd !== undefined && machine.files.stat(cwd) !== undefined
    const surroundings = machineSurroundings(machine, options.user, known ? cwd : undefined)
    this.#levels.push(this.#level(surroundings, base, front !== undefined, [...(options.saved?.history ?? [])]))
  }

  get base(): Shell {
    return this.#levelAt(0).shell
  }

  get top(): Shell {
    return this.#levelAt(-1).shell
  }

  get baseHistory(): string[] {
    return this.#levelAt(0).history
  }

  /** Brings back variables, aliases and functions of an earlier session. */
  async restore(): Promise<void> {
    const { saved } = this.#options
    if (saved === undefined) return
    const names = Object.keys(saved.env).filter((name) => /^[A-Za-z_]\w*$/.test(name) && !VOLATILE.has(name))
    const exports = names.map((name) => `export ${name}=${shellQuote(saved.env[name] ?? '')}`)
    for (const [name, value] of Object.entries(saved.aliases)) this.base.state.setAlias(name, value)
    const never = new AbortController().signal
    for (const text of [...exports, ...saved.functions]) await this.base.run(text, never)
    this.base.state.code = 0
  }

  save(): SavedSession {
    const { state } = this.base
    const functions = [...state.functions.values()].map((definition) =>
      serialize({ type: 'Script', statements: [statement(definition)] }),
    )
    return {
      history: this.#levelAt(0).history.slice(-HISTORY_LENGTH),
      cwd: state.cwd,
      env: Object.fromEntries([...state.exported].filter(([name]) => !VOLATILE.has(name))),
      functions,
      aliases: Object.fromEntries(state.aliases),
      ...this.#remote(),
    }
  }

  /** The one shell above the base, if it is a login on another machine. */
  #remote(): Pick<SavedSession, 'remote'> {
    const [base, level, ...deeper] = this.#levels
    const place = level?.shell.surroundings.place
    if (level === undefined || place?.kind !== 'machine' || deeper.length > 0) return {}
    const from = base?.shell.surroundings.place
    if (from?.kind !== 'machine' || from.name === place.name) return {}
    const { user } = level.shell.surroundings
    return {
      remote: { machine: place.name, user, cwd: level.shell.state.cwd, history: level.history.slice(-HISTORY_LENGTH) },
    }
  }

  /** Opens the shell on another machine that an earlier session left, if that machine can still be reached. */
  async goBackTo({ machine: name, user, cwd, history }: RemoteSession, output: ShellOutput, signal: AbortSignal) {
    const machine = findMachine(this.#options.cluster, name)
    if (machine === undefined || !machine.powered) return
    const at = machine.files.stat(cwd) === undefined ? {} : { cwd }
    await this.open({ kind: 'machine', machine: name, user, ...at, tty: true }, output, signal, undefined, [...history])
    if (this.#front !== undefined) output.write('stderr', `Connection to ${name} closed.\n`)
  }

  /** Ends what still runs in the background. */
  dispose(): void {
    for (const { shell } of this.#levels) shell.jobs.stopAll()
  }

  /** `ssh`, `exec`, `sudo`: a shell for a while, or one command in it. */
  async open(
    request: ShellRequest,
    output: ShellOutput,
    signal: AbortSignal,
    time?: TerminalTime,
    history: string[] = [],
  ): Promise<number> {
    const surroundings = this.#surroundings(request)
    const line = scriptOf(request)
    const atTerminal = request.tty && output.size !== undefined && this.#front !== undefined
    const interactive = line === undefined && atTerminal
    // A program started without a shell reads what is typed: `exec -it db -- redis-cli`.
    const typed = atTerminal && request.kind === 'container' && !isShell(request.argv[0] ?? '') && !request.stdin
    const level = this.#level(
      surroundings,
      interactive && this.#front ? this.#front.output : output,
      interactive || typed,
      history,
      time,
    )
    if (!interactive || this.#front === undefined) {
      const script = line ?? request.stdin ?? ''
      const input = typed ? {} : { stdin: line === undefined ? '' : (request.stdin ?? '') }
      const code = await level.shell.run(script, signal, input)
      level.shell.jobs.stopAll()
      return code
    }
    this.#levels.push(level)
    try {
      return await this.#front.interact(level.shell, level.history)
    } finally {
      level.shell.jobs.stopAll()
      this.#levels.splice(this.#levels.indexOf(level), 1)
    }
  }

  /** A shell that takes its commands from a stream, each as soon as it is whole. */
  async feed(
    request: ShellRequest,
    input: AsyncIterable<string>,
    output: ShellOutput,
    signal: AbortSignal,
  ): Promise<number> {
    const { shell } = this.#level(this.#surroundings(request), output, false, [])
    let text = ''
    for await (const piece of input) {
      text += piece
      const end = text.lastIndexOf('\n')
      if (end < 0 || !isComplete(text.slice(0, end))) continue
      await shell.run(text.slice(0, end), signal)
      text = text.slice(end + 1)
      if (shell.exited !== undefined || signal.aborted) break
    }
    if (text.trim() !== '' && shell.exited === undefined && !signal.aborted) await shell.run(text, signal)
    shell.jobs.stopAll()
    return shell.exited ?? shell.state.code
  }

  #surroundings(request: ShellRequest): Surroundings {
    const { cluster } = this.#options
    if (request.kind === 'machine') {
      const machine = findMachine(cluster, request.machine)
      if (machine === undefined) throw new Error(`no machine ${request.machine}`)
      return machineSurroundings(machine, request.user, request.cwd)
    }
    const container = cluster.container(request.namespace, request.pod, request.container)
    if (container === undefined)
      throw new Error(`no container ${request.container} in ${request.namespace}/${request.pod}`)
    requireProgram(container, request.argv[0] ?? 'sh')
    return containerSurroundings(container, request)
  }

  #level(
    surroundings: Surroundings,
    output: ShellOutput,
    interactive: boolean,
    history: string[],
    time: TerminalTime = this.#options.time,
  ): Level {
    const services: ShellServices = {
      cluster: this.#options.cluster,
      time,
      commands: [...(this.#options.commands ?? []), ...commands],
      requests: this.#requests,
      words: () => this.#options.words?.() ?? ENGLISH,
      editor: this.#options.editor,
      readLine: this.#front?.readLine,
      openShell: (request, from) => this.open(request, from.output, from.signal, from.time),
      history: () => history,
      clearHistory: () => {
        history.length = 0
      },
    }
    const login = surroundings.place.kind === 'machine'
    const shell = new Shell({ surroundings, services, output, interactive, login })
    if (surroundings.dialect === 'bash' && surroundings.place.kind === 'machine') {
      for (const [name, value] of ALIASES) shell.state.setAlias(name, value)
    }
    return { shell, history }
  }

  #levelAt(index: number): Level {
    const level = this.#levels.at(index)
    if (level === undefined) throw new Error('a terminal without a shell')
    return level
  }
}

/** Variables that follow from where a shell runs. */
const VOLATILE = new Set(['PWD', 'OLDPWD', 'SHLVL', 'HOME', 'HOSTNAME', 'USER', 'LOGNAME', 'SHELL', 'TERM', '_'])

/** The script of a shell that is not interactive; undefined for a bare shell. */
function scriptOf(request: ShellRequest): string | undefined {
  if (request.kind === 'machine') return request.line
  const [program = 'sh', ...args] = request.argv
  if (isShell(program) && args.length === 0) return undefined
  return request.argv.map(shellQuote).join(' ')
}
