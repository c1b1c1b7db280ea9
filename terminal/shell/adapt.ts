import type { Command, CommandContext as LibraryContext } from 'just-bash'
import { decodeBytesToUtf8 } from 'just-bash'
import { TERMINAL_ERR, TERMINAL_OUT } from '../files/devices.ts'
import { resolvePath } from '../files/paths.ts'
import type { CommandContext, CommandDefinition, CommandFiles, ShellRequest } from '../types.ts'
import type { ShellServices, Surroundings } from './environment.ts'
import { followingTime } from './jobs.ts'
import type { ShellOutput } from './output.ts'
import { CAPTURED, FD } from './streams.ts'

/** What a command's run shares with the shell it runs in. */
export interface Running {
  readonly surroundings: Surroundings
  readonly services: ShellServices
  readonly output: ShellOutput
  readonly stdinIsTerminal: boolean
  /** The shell's variables now, if the command runs in the shell itself: they outlive a Ctrl-C. */
  checkpoint(env: ReadonlyMap<string, string>): void
}

/** One of our commands as the library calls it; what goes to the terminal is written at once, the rest is returned. */
export function toLibraryCommand(name: string, definition: CommandDefinition, running: Running): Command {
  return {
    name,
    async execute(args, library) {
      const streams = openStreams(library, running.output)
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

export function openStreams(library: Pick<LibraryContext, 'env'>, output: ShellOutput): Streams {
  const out = library.env.get(FD.out)
  const err = library.env.get(FD.err)
  let stdout = ''
  let stderr = ''
  return {
    outIsTerminal: isTerminal(out),
    out(text) {
      if (out === TERMINAL_OUT) output.write('stdout', text)
      else if (out === TERMINAL_ERR) output.write('stderr', text)
      else stdout += text
    },
    err(text) {
      if (err === TERMINAL_ERR) output.write('stderr', text)
      else if (err === TERMINAL_OUT) output.write('stdout', text)
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
  const fromTerminal = library.env.get(FD.in) !== CAPTURED.in && running.stdinIsTerminal
  return {
    argv,
    env,
    cwd: library.cwd,
    cluster: services.cluster,
    place: surroundings.place,
    container: surroundings.container,
    userland: surroundings.userland,
    user: surroundings.user,
    time: library.env.get(FD.job) === '1' && !running.stdinIsTerminal ? followingTime(services.time) : services.time,
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
        env: { ...Object.fromEntries(env), [FD.out]: CAPTURED.out, [FD.err]: CAPTURED.err, [FD.in]: CAPTURED.in },
        signal,
      })
      if (result === undefined) throw new Error('the shell library gave no way to run a line')
      return { stdout: result.stdout, stderr: result.stderr, code: result.exitCode }
    },
    openShell(request: ShellRequest) {
      const nested: ShellOutput = {
        write: (stream, text) => (stream === 'stdout' ? streams.out(text) : streams.err(text)),
        pace: () => output.pace(),
        size: streams.outIsTerminal ? output.size : undefined,
      }
      return services.openShell(request, { output: nested, signal })
    },
  }
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
