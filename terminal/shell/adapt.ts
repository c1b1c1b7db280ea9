import type { Command, CommandContext as LibraryContext } from 'just-bash'
import { decodeBytesToUtf8, latin1FromBytes } from 'just-bash'
import { TERMINAL_ERR, TERMINAL_OUT } from '../files/devices.ts'
import { resolvePath } from '../files/paths.ts'
import type {
  CommandContext,
  CommandDefinition,
  CommandFiles,
  ProgramOptions,
  ShellRequest,
  TerminalTime,
} from '../types.ts'
import type { Clocks } from './clocks.ts'
import type { ShellServices, Surroundings } from './environment.ts'
import { followingTime } from './jobs.ts'
import type { ShellOutput } from './output.ts'
import type { Pipes } from './pipe.ts'
import { CAPTURED, FD, TYPED } from './streams.ts'

/** What a command's run shares with the shell it runs in. */
export interface Running {
  readonly surroundings: Surroundings
  readonly services: ShellServices
  readonly output: ShellOutput
  readonly stdinIsTerminal: boolean
  readonly pipes: Pipes
  readonly clocks: Clocks
  /** Whether the shell has a program of that name. */
  isProgram(name: string): boolean
  /** The shell's variables now, if the command runs in the shell itself: they outlive a Ctrl-C. */
  checkpoint(env: ReadonlyMap<string, string>): void
}

/** One of our commands as the library calls it; what goes to the terminal is written at once, the rest is returned. */
export function toLibraryCommand(name: string, definition: CommandDefinition, running: Running): Command {
  return {
    name,
    async execute(args, library) {
      const streams = openStreams(library, running.output, running.pipes)
      if (runsInShellItself(library.env)) running.checkpoint(library.env)
      try {
        await running.output.pace()
        const exitCode = await definition.run(commandContext([name, ...args], library, running, streams))
        return { ...streams.rest(), exitCode }
      } catch (error) {
        if (library.signal?.aborted === true) return { ...streams.rest(), exitCode: 130 }
        throw error
      }
    },
  }
}

const NEVER = new AbortController().signal

export interface Streams {
  out(text: string): void
  err(text: string): void
  readonly outIsTerminal: boolean
  rest(): { readonly stdout: string; readonly stderr: string; readonly stdoutKind: 'text' }
}

/** Where a command prints: to the terminal or into a pipe at once, or to who called it, at the end. */
export function openStreams(library: Pick<LibraryContext, 'env'>, output: ShellOutput, pipes: Pipes): Streams {
  const out = library.env.get(FD.out)
  const err = library.env.get(FD.err)
  const outPipe = pipes.at(out)
  const errPipe = pipes.at(err)
  let stdout = ''
  let stderr = ''
  return {
    outIsTerminal: isTerminal(out),
    out(text) {
      if (out === TERMINAL_OUT) output.write('stdout', text)
      else if (out === TERMINAL_ERR) output.write('stderr', text)
      else if (outPipe !== undefined) outPipe.write(text)
      else stdout += text
    },
    err(text) {
      if (err === TERMINAL_ERR) output.write('stderr', text)
      else if (err === TERMINAL_OUT) output.write('stdout', text)
      else if (errPipe !== undefined) errPipe.write(text)
      else stderr += text
    },
    rest: () => ({ stdout, stderr, stdoutKind: 'text' }),
  }
}

/** Not in a subshell, a pipe or `$(…)`. */
function runsInShellItself(env: ReadonlyMap<string, string>): boolean {
  return env.get(FD.out) === TERMINAL_OUT && env.get(FD.in) !== CAPTURED.in && !env.has(FD.subshell)
}

function commandContext(
  argv: readonly string[],
  library: LibraryContext,
  running: Running,
  streams: Streams,
): CommandContext {
  const { surroundings, services, output } = running
  const { readLine } = services
  const signal = library.signal ?? NEVER
  const env = exportedEnvironment(library)
  const fromTerminal = library.env.get(FD.in) === TYPED && running.stdinIsTerminal
  const time = timeOf(library, running)
  return {
    argv,
    env,
    cwd: library.cwd,
    cluster: services.cluster,
    place: surroundings.place,
    container: surroundings.container,
    userland: surroundings.userland,
    user: surroundings.user,
    time,
    signal,
    files: commandFiles(library),
    tty: streams.outIsTerminal ? output.size?.() : undefined,
    out: streams.out,
    err: streams.err,
    stdin: decodeBytesToUtf8(library.stdin),
    stdinIsTerminal: fromTerminal && decodeBytesToUtf8(library.stdin) === '',
    readLine: fromTerminal ? readLine && ((prompt) => readLine(prompt, signal)) : undefined,
    editor: services.editor,
    requests: services.requests,
    words: services.words(),
    async runLine(line) {
      const result = await library.exec?.(line, {
        cwd: library.cwd,
        env: {
          ...Object.fromEntries(env),
          [FD.out]: CAPTURED.out,
          [FD.err]: CAPTURED.err,
          [FD.in]: CAPTURED.in,
          [FD.clock]: library.env.get(FD.clock) ?? '',
        },
        signal,
      })
      if (result === undefined) throw new Error('the shell library gave no way to run a line')
      return { stdout: result.stdout, stderr: result.stderr, code: result.exitCode }
    },
    hasProgram: (name) => running.isProgram(name),
    runProgram: (words, options) => runProgram(words, options ?? {}, { library, running, streams, env }),
    openShell(request: ShellRequest) {
      const nested: ShellOutput = {
        write: (stream, text) => (stream === 'stdout' ? streams.out(text) : streams.err(text)),
        pace: () => output.pace(),
        size: streams.outIsTerminal ? output.size : undefined,
      }
      return services.openShell(request, { output: nested, signal, time })
    },
  }
}

/** A program with the streams of the command that starts it: what it prints appears as it is printed. */
async function runProgram(
  words: readonly string[],
  { signal, time, stdin }: ProgramOptions,
  at: { library: LibraryContext; running: Running; streams: Streams; env: ReadonlyMap<string, string> },
): Promise<number> {
  const { library, running, streams } = at
  if (library.exec === undefined) throw new Error('the shell library gave no way to run a program')
  const { clocks, pipes } = running
  const key = time === undefined ? undefined : clocks.add(time)
  // The library drops what a run had printed when it is stopped: what the caller keeps goes there at once.
  const out = pipes.lead({ write: (text) => streams.out(text) })
  const err = pipes.lead({ write: (text) => streams.err(text) })
  const fds = Object.values(FD).flatMap((name) => {
    const value = library.env.get(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  const own = {
    ...(isHandedOver(library.env.get(FD.out), pipes) ? { [FD.out]: out } : {}),
    ...(isHandedOver(library.env.get(FD.err), pipes) ? { [FD.err]: err } : {}),
    ...(key === undefined ? {} : { [FD.clock]: key }),
    ...(stdin === undefined ? {} : { [FD.in]: CAPTURED.in }),
  }
  try {
    const { stdout, stderr, exitCode } = await library.exec(words.map(quoteWord).join(' '), {
      cwd: library.cwd,
      env: { IFS: ' \t\n', ...Object.fromEntries(at.env), ...Object.fromEntries(fds), ...own },
      replaceEnv: true,
      ...(stdin === undefined
        ? { stdin: latin1FromBytes(library.stdin), stdinKind: 'bytes' as const }
        : { stdin, stdinKind: 'text' as const }),
      signal: AbortSignal.any([library.signal ?? NEVER, signal ?? NEVER]),
    })
    streams.out(stdout)
    streams.err(signal?.aborted === true ? withoutAbort(stderr) : stderr)
    return exitCode
  } finally {
    pipes.remove(out)
    pipes.remove(err)
    if (key !== undefined) clocks.remove(key)
  }
}

/** Neither the terminal nor a pipe: the library collects it. */
function isHandedOver(path: string | undefined, pipes: Pipes): boolean {
  return !isTerminal(path) && pipes.at(path) === undefined
}

/** The library tells of a run that was stopped; who is killed says nothing. */
export function withoutAbort(stderr: string): string {
  return stderr.replace(/^(?:bash: )?execution aborted\n/m, '')
}

function quoteWord(word: string): string {
  return /^[\w@%+:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** The clock that the command lives by: its own, or the session's; a job where time is virtual only follows it. */
export function timeOf(
  { env }: Pick<LibraryContext, 'env'>,
  { clocks, services, stdinIsTerminal }: Pick<Running, 'clocks' | 'services' | 'stdinIsTerminal'>,
): TerminalTime {
  const own = clocks.of(env.get(FD.clock))
  if (own !== undefined) return own
  return env.get(FD.job) === '1' && !stdinIsTerminal ? followingTime(services.time) : services.time
}

/** What a program's environment holds: exported variables without the shell's own, in the order in which they came. */
export function exportedEnvironment(library: Pick<LibraryContext, 'exportedEnv' | 'env'>): ReadonlyMap<string, string> {
  const own = new Set<string>(Object.values(FD))
  const exported = new Map(Object.entries(library.exportedEnv ?? {}).filter(([name]) => !own.has(name)))
  const order = [...library.env.keys()].filter((name) => exported.has(name))
  return new Map(order.map((name) => [name, exported.get(name) ?? '']))
}

function commandFiles(library: Pick<LibraryContext, 'fs' | 'cwd'>): CommandFiles {
  const { fs, cwd } = library
  const absolute = (path: string): string => resolvePath(cwd, path)
  return {
    async read(path) {
      const at = absolute(path)
      if (!(await fs.exists(at)) || (await fs.stat(at)).isDirectory) return undefined
      return fs.readFile(at)
    },
    write: (path, content) => fs.writeFile(absolute(path), content),
    async facts(path, { followLinks }) {
      const at = absolute(path)
      try {
        const stat = followLinks ? await fs.stat(at) : await fs.lstat(at)
        const kind = stat.isSymbolicLink ? 'link' : stat.isDirectory ? 'directory' : 'file'
        const target = kind === 'link' ? { target: await fs.readlink(at) } : {}
        return { kind, mode: stat.mode, size: stat.size, modified: stat.mtime.getTime(), ...target }
      } catch {
        return undefined
      }
    },
    list: (directory) => fs.readdir(absolute(directory)),
    makeDirectory: (path) => fs.mkdir(absolute(path), { recursive: true }),
    async isDirectory(path) {
      const at = absolute(path)
      return (await fs.exists(at)) && (await fs.stat(at)).isDirectory
    },
  }
}

/** `2>&1` and `>&2` make the one stream's path the other's. */
function isTerminal(path: string | undefined): boolean {
  return path === TERMINAL_OUT || path === TERMINAL_ERR
}
