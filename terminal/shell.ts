import { Bash, type Command, type CommandContext as LibraryContext, parse, type ScriptNode } from 'just-bash'
import { createDevices } from './files/devices.ts'
import { errorText, SystemError } from './files/system-error.ts'
import { TreeFileSystem } from './files/tree-file-system.ts'
import {
  exportedEnvironment,
  openStreams,
  type Running,
  timeOf,
  toLibraryCommand,
  withoutAbort,
} from './shell/adapt.ts'
import { commandLines, expandAliases, TOO_MANY_ALIASES } from './shell/aliases.ts'
import { clientCommands } from './shell/clients.ts'
import { Clocks } from './shell/clocks.ts'
import { diffCommand } from './shell/diff-budget.ts'
import type { ShellServices, Surroundings } from './shell/environment.ts'
import { foreignCommands } from './shell/foreign.ts'
import { plainHereDocuments } from './shell/here-documents.ts'
import { createHooks, positionalVariables } from './shell/hooks.ts'
import { Jobs } from './shell/jobs.ts'
import { libraryCommands } from './shell/library.ts'
import { executionLimits, limitMessage, MAX_EVALS, MAX_FILE_BYTES } from './shell/limits.ts'
import { literalText } from './shell/nodes.ts'
import type { ShellOutput } from './shell/output.ts'
import { parseShell, UNEXPECTED_END } from './shell/parse.ts'
import { Pipes } from './shell/pipe.ts'
import { SINK } from './shell/pipe-stages.ts'
import type { PipelineHost, SubshellOptions } from './shell/pipeline.ts'
import { regexSteps, TOO_MUCH_SEARCHING } from './shell/regex-steps.ts'
import { warningsOf } from './shell/script-warnings.ts'
import { ARRAYS, BEGIN, END, ShellState } from './shell/state.ts'
import { QUIET_BUILTINS as BUILTINS, CAPTURED, FD, streamStatements } from './shell/streams.ts'
import { TextBudget } from './shell/text-budget.ts'
import { cannotOpen, reword } from './shell/wording.ts'
import type { CommandDefinition } from './types.ts'

export interface ShellOptions {
  readonly surroundings: Surroundings
  readonly services: ShellServices
  readonly output: ShellOutput
  /** A prompt with somebody at it: words of errors differ, and commands may read what is typed. */
  readonly interactive: boolean
  /** Leaving it says `logout` rather than `exit`. */
  readonly login?: boolean
}

export interface RunOptions {
  readonly stdin?: string
  /** `$0`, `$1` … */
  readonly positional?: readonly string[]
}

const SUBSHELL = '__slipway_subshell_'

/** A bash (or sh) on one machine or in one container; output appears as it is printed. */
export class Shell {
  readonly state: ShellState
  readonly fileSystem: TreeFileSystem
  readonly commandNames: readonly string[]
  readonly jobs: Jobs
  readonly #options: ShellOptions
  readonly #bash: Bash
  readonly #sources = new Map<string, string>()
  readonly #pipes = new Pipes()
  readonly #clocks = new Clocks()
  /** Scripts that run in place of the text that names them: subshells of pipelines. */
  readonly #prepared = new Map<string, ScriptNode>()
  #subshells = 0
  readonly #textBudget = new TextBudget()
  /** The script of the run that begins: the transformation puts it in place of the text it is given. */
  #next: ScriptNode | undefined
  /** Variables as a command of ours last saw them: kept if the statement breaks off. */
  #live: ReadonlyMap<string, string> | undefined
  #ended = false
  #exitSeen = false
  #exited: number | undefined
  #arrayListing = ''
  #evals = 0

  constructor(options: ShellOptions) {
    const { surroundings, services } = options
    this.#options = options
    this.jobs = new Jobs(services.time, !options.interactive)
    this.state = new ShellState(surroundings.env, surroundings.cwd)
    const library = libraryCommands(surroundings.programs)
    const commands = [...services.commands, ...clientCommands(surroundings, services.commands)]
    const own = [...this.#ownCommands(commands), ...foreignCommands(surroundings, library, commands)]
    const bookkeeping = this.#bookkeeping()
    this.commandNames = [...new Set([...library, ...own.map(({ name }) => name)])]
    this.fileSystem = new TreeFileSystem({
      tree: surroundings.files,
      devices: createDevices((path, text) => this.#device(path, text), this.#sources),
      programs: new Set(
        [...this.commandNames, ...bookkeeping.map(({ name }) => name)].filter((name) => !isHeld(name, surroundings)),
      ),
      holdsPrograms: surroundings.programs !== undefined,
      now: () => services.time.now(),
      maxFileBytes: MAX_FILE_BYTES,
      pace: () => options.output.pace(),
    })
    this.#bash = new Bash({
      fs: this.fileSystem,
      cwd: surroundings.cwd,
      env: {
        ...Object.fromEntries(surroundings.env),
        [FD.in]: CAPTURED.in,
        [FD.out]: CAPTURED.out,
        [FD.err]: CAPTURED.err,
      },
      commands: library,
      customCommands: [
        ...own,
        ...bookkeeping,
        ...this.#textBudget.commands(library, options.output),
        ...diffCommand(library),
      ],
      coverage: this.#textBudget,
      executionLimits,
      defenseInDepth: false,
      processInfo: { pid: 1204, ppid: 1203, uid: surroundings.user === 'root' ? 0 : 1000, gid: 1000 },
    })
    this.#bash.registerTransformPlugin({ name: 'slipway', transform: ({ ast }) => ({ ast: this.#transform(ast) }) })
  }

  get surroundings(): Surroundings {
    return this.#options.surroundings
  }

  get isLogin(): boolean {
    return this.#options.login === true
  }

  get services(): ShellServices {
    return this.#options.services
  }

  /** Goes on after `exit`, where each script is a shell's whole life (replays). */
  reopen(): void {
    this.#exited = undefined
  }

  /** The code that `exit` was given, once it ran. */
  get exited(): number | undefined {
    return this.#exited
  }

  /** Runs a script statement by statement; `signal` is Ctrl-C. Resolves with `$?`. */
  async run(text: string, signal: AbortSignal, options: RunOptions = {}): Promise<number> {
    this.jobs.beginLine()
    this.#textBudget.beginLine()
    this.#evals = 0
    for (const [name, value] of Object.entries(positionalVariables(options.positional ?? ['bash']))) {
      if (options.positional !== undefined || !this.state.env.has('0')) this.state.env.set(name, value)
    }
    for (const piece of commandLines(text)) {
      const completed = await this.#runPiece(piece, signal, options.stdin)
      if (!completed || this.#exited !== undefined) break
    }
    return this.state.code
  }

  /** Whether it ran to its end. */
  async #runPiece(text: string, signal: AbortSignal, stdin: string | undefined): Promise<boolean> {
    const expanded = expandAliases(text, this.state.aliases)
    const parsed = expanded === undefined ? undefined : parseShell(expanded)
    const script = parsed?.kind === 'error' ? undefined : parsed?.script
    if (parsed === undefined || script === undefined) {
      const message =
        parsed === undefined ? TOO_MANY_ALIASES : parsed.kind === 'error' ? parsed.message : UNEXPECTED_END
      await this.#complain(message)
      this.#finish(2)
      return false
    }
    for (const warning of warningsOf(script)) await this.#complain(warning)
    streamStatements(script.statements, this.state)
    for (const body of script.statements) {
      const completed = await this.#runOne(this.state.around(body), signal, stdin)
      if (!completed || this.#exited !== undefined) return false
    }
    return true
  }

  /** Whether the run came to its end; if not, the rest of the line is dropped. */
  async #runOne(script: ScriptNode, signal: AbortSignal, stdin: string | undefined): Promise<boolean> {
    this.#next = script
    this.#ended = false
    this.#exitSeen = false
    this.#live = undefined
    this.#arrayListing = ''
    const input = stdin === undefined && this.#options.interactive ? 'tty' : CAPTURED.in
    const running = this.#bash.exec(':', {
      env: this.state.runEnvironment(input),
      replaceEnv: true,
      cwd: this.state.cwd,
      signal,
      ...(stdin === undefined ? {} : { stdin }),
    })
    const result = await running.catch((error: unknown) => this.#notOpened(error))
    if (result === undefined) {
      this.#recover(1)
      return true
    }
    if (this.#ended) this.state.keepArrays(this.#arrayListing)
    else this.#recover(result.exitCode)
    if (signal.aborted) {
      this.#finish(130)
      return false
    }
    const limit = regexSteps.takeStopped() ? TOO_MUCH_SEARCHING : limitMessage(result.stderr)
    if (result.stdout !== '') await this.#print('stdout', result.stdout)
    if (limit !== undefined) await this.#complain(limit)
    else if (result.stderr !== '') await this.#print('stderr', result.stderr)
    return this.#ended
  }

  /** The statement broke off (`exit`, Ctrl-C, a limit, an unset variable): keeps what it had set until then. */
  #recover(code: number): void {
    if (this.#exitSeen) this.#exited = code
    if (this.#live !== undefined) this.#remember(this.#live)
    this.state.code = code
  }

  /** A redirection to a file that cannot be opened: the library lets the whole statement fall. */
  async #notOpened(error: unknown): Promise<undefined> {
    if (!(error instanceof SystemError)) throw error
    const { dialect } = this.#options.surroundings
    this.#options.output.write('stderr', cannotOpen(error.path, errorText(error), dialect))
    return undefined
  }

  #remember(env: ReadonlyMap<string, string>): void {
    this.state.env = new Map(env)
    this.state.cwd = env.get('PWD') ?? this.state.cwd
  }

  #finish(code: number): number {
    this.state.code = code
    return code
  }

  #transform(ast: ScriptNode): ScriptNode {
    const next = this.#next
    this.#next = undefined
    if (next !== undefined) return next
    const prepared = this.#preparedFor(ast)
    if (prepared !== undefined) return prepared
    // Who runs a text has said what there is to say of it.
    warningsOf(ast)
    // A script or `bash -c`: its functions are its own.
    streamStatements(plainHereDocuments(ast).statements, { register: () => -1 })
    return ast
  }

  #ownCommands(commands: readonly CommandDefinition[]): Command[] {
    const { surroundings } = this.#options
    const checkpoint = (env: ReadonlyMap<string, string>): void => {
      this.#live = new Map(env)
    }
    const running = { ...this.#running(), checkpoint }
    return commands.flatMap((definition) =>
      [definition.name, ...(definition.aliases ?? [])]
        .filter((name) => surroundings.programs === undefined || surroundings.programs.has(name))
        .map((name) => toLibraryCommand(name, definition, running)),
    )
  }

  #bookkeeping(): Command[] {
    const { services, output, surroundings, interactive } = this.#options
    const shell = this
    return [
      {
        name: BEGIN,
        async execute([code = '0'], { env }) {
          shell.#live = new Map(env)
          return { stdout: '', stderr: '', exitCode: Number(code) }
        },
      },
      {
        name: END,
        async execute([code = '0', ...codes], library) {
          shell.#end(Number(code), library)
          shell.state.codes = codes.map(Number)
          return { stdout: '', stderr: '', exitCode: 0 }
        },
      },
      ...createHooks({
        shellNames: shellNames(surroundings),
        history: () => services.history(),
        clearHistory: () => services.clearHistory(),
        openNested: (library) => this.#openNested(library),
        time: services.time,
        output,
        fileSystem: () => this.fileSystem,
        isProgram: (path) =>
          /^(\/usr)?(\/local)?\/s?bin\/[^/]+$/.test(path) && this.commandNames.includes(path.replace(/.*\//, '')),
        register: (definition) => this.state.register(definition),
        defined: (number) => this.state.defined(number),
        forget: (name) => this.state.forget(name),
        jobs: this.jobs,
        ...(surroundings.kill && { killProcess: surroundings.kill }),
        countEval: () => {
          this.#evals += 1
          return this.#evals < MAX_EVALS ? 'goes on' : this.#evals === MAX_EVALS ? 'stops' : 'stopped'
        },
        interactive,
        runJob: (text, library, signal) => this.#runJob(text, library, signal),
        readLine: (prompt, library) => this.#readLine(prompt, library),
        pipelines: this.#pipelineHost(),
        exiting: () => {
          this.#exitSeen = true
        },
        keepSource: (text) => {
          const path = `/dev/.source-${this.#sources.size}`
          this.#sources.set(path, text)
          return path
        },
      }),
    ]
  }

  #running(): Omit<Running, 'checkpoint'> {
    const { surroundings, services, output, interactive } = this.#options
    const shells = shellNames(surroundings)
    const isProgram = (name: string): boolean =>
      name.includes('/') || shells.includes(name) || this.commandNames.includes(name)
    const { clocks, pipes } = { clocks: this.#clocks, pipes: this.#pipes }
    return { surroundings, services, output, stdinIsTerminal: interactive, clocks, pipes, isProgram }
  }

  #pipelineHost(): PipelineHost {
    const running = this.#running()
    return {
      pipes: this.#pipes,
      clocks: this.#clocks,
      isVirtual: !this.#options.interactive,
      timeOf: (library) => timeOf(library, running),
      streams: (library) => openStreams(library, running.output, running.pipes),
      isCommand: (name) =>
        name === SINK || running.isProgram(name) || this.state.functions.has(name) || BUILTINS.has(name),
      runText: (text, library, options) => this.#runText(text, library, options),
    }
  }

  /** A line that is typed, or the next one of the pipe that the command reads. */
  async #readLine(prompt: string, { env, signal }: LibraryContext): Promise<string | undefined> {
    const pipe = this.#pipes.source(env.get(FD.in))
    if (pipe !== undefined) return (await pipe.line())?.replace(/\n$/, '')
    return signal === undefined ? undefined : this.#options.services.readLine?.(prompt, signal)
  }

  /** A subshell's script, on the functions as they are now. */
  async #runText(
    text: string,
    library: LibraryContext,
    { env, stdin, signal }: SubshellOptions,
  ): ReturnType<NonNullable<LibraryContext['exec']>> {
    if (library.exec === undefined) throw new Error('the shell library gave no way to run a script')
    const { statements } = parse(text)
    streamStatements(statements, { register: () => -1 })
    this.#subshells += 1
    const name = `${SUBSHELL}${this.#subshells}`
    this.#prepared.set(name, { type: 'Script', statements: [...this.state.definitions(), ...statements] })
    try {
      const result = await library.exec(`: ${name}`, {
        env: { ...Object.fromEntries(library.env), ...env },
        replaceEnv: true,
        cwd: library.cwd,
        stdin,
        signal,
      })
      return signal.aborted ? { ...result, stderr: withoutAbort(result.stderr) } : result
    } finally {
      this.#prepared.delete(name)
    }
  }

  #preparedFor(ast: ScriptNode): ScriptNode | undefined {
    if (this.#prepared.size === 0) return undefined
    const command = ast.statements[0]?.pipelines[0]?.commands[0]
    const word = command?.type === 'SimpleCommand' ? command.args[0] : undefined
    return this.#prepared.get((word && literalText(word)) ?? '')
  }

  /** The script of a job, on the shell's functions and variables as they are now. */
  async #runJob(text: string, library: LibraryContext, signal: AbortSignal): Promise<number> {
    const { statements } = parse(text)
    streamStatements(statements, { register: () => -1 })
    this.#next = { type: 'Script', statements: [...this.state.definitions(), ...statements] }
    const { exitCode, stdout, stderr } = await this.#bash.exec(':', {
      env: { ...Object.fromEntries(library.env), ...this.state.streams(CAPTURED.in), [FD.job]: '1' },
      replaceEnv: true,
      cwd: library.cwd,
      signal,
    })
    if (stdout !== '') await this.#print('stdout', stdout)
    if (stderr !== '' && !signal.aborted) await this.#print('stderr', stderr)
    return exitCode
  }

  #openNested({ signal }: LibraryContext): Promise<number> | undefined {
    const { services, output, surroundings, interactive } = this.#options
    const { place, user } = surroundings
    if (!interactive || output.size === undefined || signal === undefined) return undefined
    const from = { output, signal }
    if (place.kind === 'machine')
      return services.openShell({ kind: 'machine', machine: place.name, user, tty: true }, from)
    const { namespace, name: pod } = place
    return services.openShell(
      { kind: 'container', namespace, pod, container: surroundings.container ?? '', argv: ['sh'], tty: true },
      from,
    )
  }

  #end(code: number, library: LibraryContext): void {
    this.#ended = true
    this.#remember(library.env)
    this.state.exported = exportedEnvironment(library)
    this.state.code = code
    this.#sources.clear()
  }

  async #device(path: string, text: string): Promise<void> {
    const pipe = this.#pipes.at(path)
    if (path === ARRAYS) this.#arrayListing += text
    else if (pipe !== undefined) {
      pipe.write(text)
      await this.#options.output.pace()
    } else await this.#print(path === '/dev/tty' ? 'stdout' : 'stderr', text)
  }

  async #print(stream: 'stdout' | 'stderr', text: string): Promise<void> {
    const { output, interactive, surroundings } = this.#options
    const said = stream === 'stdout' ? text : reword(text, { dialect: surroundings.dialect, interactive })
    if (said !== '') output.write(stream, said)
    await output.pace()
  }

  #complain(message: string): Promise<void> {
    return this.#print('stderr', `bash: ${message}\n`)
  }
}

function shellNames({ dialect, programs }: Surroundings): string[] {
  const names = ['bash', 'sh', ...(dialect === 'ash' ? ['ash'] : []), ...(dialect === 'dash' ? ['dash'] : [])]
  return names.filter((name) => programs === undefined || programs.has(name))
}

const PROGRAM_DIRECTORIES = ['/bin', '/usr/bin']

/** A container's files have the program where it lies: nowhere else is it found. */
function isHeld(name: string, { programs, files }: Surroundings): boolean {
  return (
    programs !== undefined && PROGRAM_DIRECTORIES.some((directory) => files.stat(`${directory}/${name}`) !== undefined)
  )
}

/** Whether a text is a whole script, or wants more lines. */
export function isComplete(text: string): boolean {
  return parseShell(text).kind !== 'incomplete'
}
