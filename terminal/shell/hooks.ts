import type { Command, IFileSystem, CommandContext as LibraryContext } from 'just-bash'
import { decodeBytesToUtf8, EMPTY_BYTES, latin1FromBytes, parse, serialize } from 'just-bash'
import { latin1ToText } from '../files/bytes.ts'
import { resolvePath } from '../files/paths.ts'
import { SystemError } from '../files/system-error.ts'
import type { TerminalTime } from '../types.ts'
import { exportedEnvironment } from './adapt.ts'
import { expandAliases, TOO_MANY_ALIASES } from './aliases.ts'
import type { Jobs } from './jobs.ts'
import { TOO_MANY_EVALS } from './limits.ts'
import { runMerged } from './merged-run.ts'
import type { ShellOutput } from './output.ts'
import { SINK } from './pipe-stages.ts'
import { type PipelineHost, runPipeline } from './pipeline.ts'
import { asksForAliases, expandScript } from './script-aliases.ts'
import { warningsOfText } from './script-warnings.ts'
import { aliasesIn } from './state.ts'
import { FD, HOOK, type StreamHooks, streamStatements, TYPED } from './streams.ts'

/** What the hooks change in the shell that they belong to. */
export interface HookHost extends StreamHooks {
  /** The shell's name for itself and for scripts: both always exist where a shell does. */
  readonly shellNames: readonly string[]
  history(): readonly string[]
  clearHistory(): void
  /** A shell on top of this one, at the terminal; undefined where nobody sits. */
  openNested(library: LibraryContext): Promise<number> | undefined
  readonly interactive: boolean
  readonly time: TerminalTime
  readonly output: ShellOutput
  fileSystem(): IFileSystem
  isProgram(path: string): boolean
  /** The definition of that number ran. */
  defined(number: number): void
  exiting(): void
  /** `unset -f` ran. */
  forget(name: string): void
  readonly jobs: Jobs
  /** Sends a signal to a process that is no job; false if there is none of that number. Absent: there are none. */
  readonly killProcess?: (pid: number, signal: string) => boolean
  /** Counts what one line gives to `eval`, which the library lets call itself until memory ends. */
  countEval(): 'goes on' | 'stops' | 'stopped'
  /** Runs the text beside the shell; resolves with its exit code. */
  runJob(text: string, library: LibraryContext, signal: AbortSignal): Promise<number>
  readLine(prompt: string, library: LibraryContext): Promise<string | undefined>
  readonly pipelines: PipelineHost
  /** Keeps a text for `source`; gives the path to read it from. */
  keepSource(text: string): string
}

type Result = Awaited<ReturnType<Command['execute']>>

/** The commands behind `HOOK`: what the transformed line calls where the library's own way would not do. */
export function createHooks(host: HookHost): Command[] {
  const stopwatch: number[] = []
  return [
    hook(HOOK.define, ([number]) => {
      host.defined(Number(number))
      return done()
    }),
    hook(HOOK.exit, () => {
      host.exiting()
      return done()
    }),
    {
      name: HOOK.decode,
      async execute([code = '0', ...names], library) {
        for (const name of names) {
          const text = library.env.get(name)
          if (text !== undefined && isBytes(text)) await library.assignShellVariable?.(name, latin1ToText(text))
        }
        return { ...done(), exitCode: Number(code) }
      },
    },
    hook(HOOK.forget, (names) => {
      for (const name of names) host.forget(name)
      return done()
    }),
    ...jobCommands(host),
    {
      name: HOOK.readLine,
      async execute([prompt = ''], library) {
        const line = await host.readLine(prompt, library)
        return line === undefined ? { ...done(), exitCode: 1 } : done(line)
      },
    },
    { name: HOOK.pipe, execute: (args, library) => runPipeline(args, library, host.pipelines) },
    hook(HOOK.status, ([stage = '0', codes = '']) => ({
      ...done(),
      exitCode: Number(codes.split(' ')[Number(stage)] ?? 0),
    })),
    { name: HOOK.merge, execute: ([text = ''], library) => runMerged(text, library, host.pipelines) },
    { name: SINK, execute: async (_, library) => ({ ...done(decodeBytesToUtf8(library.stdin)) }) },
    { name: HOOK.script, execute: (args, library) => evaluated(args.join(' '), library, host) },
    { name: HOOK.source, execute: ([path = ''], library) => source(path, library, host) },
    ...host.shellNames.map(
      (name): Command => ({ name, execute: (args, library) => runShell(name, args, library, host) }),
    ),
    hook('history', (args) => history(args, host)),
    { name: HOOK.run, execute: (args, library) => runFile(args, library, host) },
    hook(HOOK.time, ([word = '', code = '0']) => {
      if (word === 'start') {
        stopwatch.push(host.time.now())
        return done()
      }
      const elapsed = host.time.now() - (stopwatch.pop() ?? host.time.now())
      return { stdout: '', stderr: elapsedText(elapsed, word), exitCode: Number(code) }
    }),
  ]
}

function jobCommands(host: HookHost): Command[] {
  const { jobs } = host
  return [
    {
      name: HOOK.background,
      async execute([text = ''], library) {
        const job = jobs.start(text, (signal) => host.runJob(text, library, signal))
        if (typeof job === 'string') return { ...done(), stderr: `bash: ${job}\n`, exitCode: 1 }
        await library.assignShellVariable?.(FD.lastJob, String(job.pid))
        return { ...done(), stderr: host.interactive ? `[${job.number}] ${job.pid}\n` : '' }
      },
    },
    hook('jobs', () => jobs.list()),
    hook('kill', (args) => jobs.kill(args, host.killProcess)),
    hook('disown', () => done()),
    hook('bg', () => ({ ...done(), stderr: 'bash: bg: a job runs on already; Ctrl-Z is not emulated\n', exitCode: 1 })),
    hook('trap', () => ({ ...done(), stderr: 'bash: trap: not emulated in this terminal\n', exitCode: 1 })),
    {
      name: 'fg',
      execute: (args, { signal }) => jobs.foreground(args, signal, (text) => host.output.write('stdout', text)),
    },
    { name: HOOK.wait, execute: (args, { signal }) => jobs.wait(args, signal) },
  ]
}

/** Characters that are all bytes, some of them beyond ASCII. */
function isBytes(text: string): boolean {
  return /[\u0080-\u00ff]/.test(text) && !/[\u0100-\uffff]/.test(text)
}

function hook(name: string, run: (args: string[]) => Result): Command {
  return { name, execute: async (args) => run(args) }
}

function done(stdout = ''): Result {
  return { stdout, stderr: '', exitCode: 0, stdoutKind: 'text' }
}

async function evaluated(text: string, { env }: LibraryContext, host: HookHost): Promise<Result> {
  await host.output.pace()
  const verdict = host.countEval()
  if (verdict !== 'goes on') return { ...done(), stderr: verdict === 'stops' ? `bash: ${TOO_MANY_EVALS}\n` : '' }
  const expanded = expandAliases(text, aliasesIn(env))
  return expanded === undefined ? endless() : done(streamed(expanded, host))
}

function endless(): Result {
  return { ...done(), stderr: `bash: ${TOO_MANY_ALIASES}\n`, exitCode: 1 }
}

function streamed(text: string, host: HookHost): string {
  try {
    const script = parse(text)
    streamStatements(script.statements, host)
    return serialize(script)
  } catch {
    return text // `eval` itself says what is wrong with it.
  }
}

async function source(path: string, library: LibraryContext, host: HookHost): Promise<Result> {
  const found = await findSource(path, library)
  if (found === undefined) return done(path)
  const expanded = expandScript(await library.fs.readFile(found), aliasesIn(library.env))
  return expanded === undefined ? endless() : done(host.keepSource(streamed(expanded, host)))
}

/** As bash looks for a sourced file: along PATH for a bare name, then in the directory itself. */
async function findSource(path: string, { fs, cwd, env }: LibraryContext): Promise<string | undefined> {
  const directories = path.includes('/')
    ? [cwd]
    : [...(env.get('PATH') ?? '').split(':').filter((part) => part !== ''), cwd]
  for (const directory of directories) {
    const candidate = resolvePath(resolvePath(cwd, directory), path)
    if ((await fs.exists(candidate)) && (await fs.stat(candidate)).isFile) return candidate
  }
  return undefined
}

/** `./script.sh args`, `/usr/bin/kubectl args`. */
async function runFile([path = '', ...args]: string[], library: LibraryContext, host: HookHost): Promise<Result> {
  const { fs } = library
  const at = resolvePath(library.cwd, path)
  const fail = (text: string, exitCode: number): Result => ({
    stdout: '',
    stderr: `bash: ${path}: ${text}\n`,
    exitCode,
  })
  if (!(await fs.exists(at))) return fail('No such file or directory', 127)
  const stat = await fs.stat(at)
  if (stat.isDirectory) return fail('Is a directory', 126)
  if (host.isProgram(at)) {
    return execute([at.slice(at.lastIndexOf('/') + 1), ...args].map(shellQuote).join(' '), library, {})
  }
  if ((stat.mode & 0o111) === 0) return fail('Permission denied', 126)
  const text = await fs.readFile(at)
  return warned(text, scriptName(path, text), library, host, () => runScript(text, [path, ...args], library))
}

function scriptName(path: string, text: string): string {
  return `${path}: line ${text.split('\n').length - 1}`
}

/** Runs a script behind what bash says of it; dash and ash, which `sh` is, say nothing. */
async function warned(
  text: string,
  name: string,
  library: LibraryContext,
  { pipelines }: HookHost,
  run: () => Promise<Result>,
): Promise<Result> {
  const warnings = name === 'sh' ? [] : warningsOfText(text)
  if (warnings.length === 0) return run()
  const streams = pipelines.streams(library)
  for (const warning of warnings) streams.err(`${name}: ${warning}\n`)
  const result = await run()
  return { ...result, stderr: streams.rest().stderr + result.stderr }
}

/** Runs a script as a shell of its own: exported variables only, no functions, its own directory. */
export async function runScript(text: string, positional: readonly string[], library: LibraryContext): Promise<Result> {
  const expanded = asksForAliases(text) ? expandScript(text, new Map()) : text
  return expanded === undefined ? endless() : execute(expanded, library, positionalVariables(positional))
}

/** `bash script args`, `sh -c text`, a script on standard input, or a shell to type in. */
async function runShell(name: string, args: string[], library: LibraryContext, host: HookHost): Promise<Result> {
  const words = [...args]
  const options: string[] = []
  let isText = false
  while (words[0] !== undefined && /^[-+]./.test(words[0])) {
    const flag = words.shift() ?? ''
    if (flag === '--') break
    if (flag.startsWith('--')) continue
    if (flag.includes('c')) isText = true
    for (const letter of flag.slice(1)) if ('euxv'.includes(letter)) options.push(`set ${flag.charAt(0)}${letter}\n`)
  }
  const [first, ...rest] = words
  if (isText) {
    if (first === undefined) return { stdout: '', stderr: `${name}: -c: option requires an argument\n`, exitCode: 2 }
    return warned(first, name, library, host, () =>
      runScript(options.join('') + first, rest.length > 0 ? rest : [name], library),
    )
  }
  if (first !== undefined) {
    const at = resolvePath(library.cwd, first)
    const isFile = (await library.fs.exists(at)) && (await library.fs.stat(at)).isFile
    if (isFile) {
      const text = await library.fs.readFile(at)
      const run = () => runScript(options.join('') + text, words, library)
      return warned(text, scriptName(first, text), library, host, run)
    }
    const problem = (await library.fs.exists(at)) ? 'Is a directory' : 'No such file or directory'
    return { stdout: '', stderr: `${name}: ${first}: ${problem}\n`, exitCode: problem === 'Is a directory' ? 126 : 127 }
  }
  const input = decodeBytesToUtf8(library.stdin)
  if (input !== '') return runScript(options.join('') + input, [name], { ...library, stdin: EMPTY_BYTES })
  const code = library.env.get(FD.in) === TYPED ? await host.openNested(library) : undefined
  return { stdout: '', stderr: '', exitCode: code ?? 0 }
}

function history([argument, ...rest]: string[], host: HookHost): Result {
  if (argument === '-c') {
    host.clearHistory()
    return done()
  }
  const count = argument === undefined ? Number.POSITIVE_INFINITY : Number(argument)
  if (Number.isNaN(count))
    return { stdout: '', stderr: `bash: history: ${argument}: numeric argument required\n`, exitCode: 1 }
  if (rest.length > 0) return { stdout: '', stderr: 'bash: history: too many arguments\n', exitCode: 1 }
  const lines = host.history().map((line, index) => `${String(index + 1).padStart(5)}  ${line}\n`)
  return done(lines.slice(Math.max(0, lines.length - count)).join(''))
}

export function positionalVariables(positional: readonly string[]): { [name: string]: string } {
  const [name = 'bash', ...args] = positional
  const variables: { [name: string]: string } = {
    '0': name,
    '#': String(args.length),
    '@': args.join(' '),
    '*': args.join(' '),
  }
  for (const [index, value] of args.entries()) variables[String(index + 1)] = value
  return variables
}

async function execute(text: string, library: LibraryContext, extra: { [name: string]: string }): Promise<Result> {
  if (library.exec === undefined) throw new Error('the shell library gave no way to run a script')
  const streams = Object.fromEntries(Object.values(FD).map((name) => [name, library.env.get(name) ?? '']))
  const env = { IFS: ' \t\n', ...Object.fromEntries(exportedEnvironment(library)), ...streams, ...extra }
  const running = library.exec(text === '' ? ':' : text, {
    cwd: library.cwd,
    env,
    replaceEnv: true,
    stdin: latin1FromBytes(library.stdin),
    stdinKind: 'bytes',
  })
  const { stdout, stderr, exitCode } = await running.catch(notOpened)
  return { stdout, stderr, exitCode }
}

/** A script that could not open a file to write to. */
function notOpened(error: unknown): Result {
  if (!(error instanceof SystemError)) throw error
  return { stdout: '', stderr: `${error.message}\n`, exitCode: 1 }
}

export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

function elapsedText(ms: number, style: string): string {
  const seconds = ms / 1000
  if (style === 'posix') return `real ${seconds.toFixed(2)}\nuser 0.00\nsys 0.00\n`
  const real = `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(3)}s`
  return `\nreal\t${real}\nuser\t0m0.000s\nsys\t0m0.000s\n`
}
