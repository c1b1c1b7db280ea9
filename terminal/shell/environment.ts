import type { Cluster, FileTree, Place } from '../../emulator/index.ts'
import type { CommandContext, CommandDefinition, EditorRequest, ShellRequest, TerminalTime } from '../types.ts'
import type { ShellOutput } from './output.ts'

/** How a shell speaks: GNU bash, Debian's dash or busybox ash. */
export type Dialect = 'bash' | 'dash' | 'ash'

/** Where a shell runs, as whom, with which programs. */
export interface Surroundings {
  readonly place: Place
  /** The container's name, in a Pod. */
  readonly container?: string
  readonly user: string
  readonly hostname: string
  readonly dialect: Dialect
  readonly userland: 'gnu' | 'busybox'
  readonly files: FileTree
  readonly cwd: string
  readonly env: ReadonlyMap<string, string>
  /** Programs that exist there; undefined: all that the terminal has. */
  readonly programs: ReadonlySet<string> | undefined
  /** Those of them that the emulator plays over the network: databases' clients and their like. */
  readonly networkPrograms?: readonly { readonly name: string; readonly summary: string }[]
  /** Code with which a shell ends when its container died or its machine went off; undefined while all is well. */
  readonly lost?: () => number | undefined
  /** Sends a signal to a process of the container; false if there is none of that number. */
  readonly kill?: (pid: number, signal: string) => boolean
  /** Runs a program of the container that the terminal itself does not have (`nginx -v`). */
  readonly runProgram?: (argv: readonly string[]) => {
    readonly exitCode: number
    readonly stdout: string
    readonly stderr: string
  }
}

/** What a shell needs from the session around it. */
export interface ShellServices {
  readonly cluster: Cluster
  readonly time: TerminalTime
  readonly commands: readonly CommandDefinition[]
  readonly requests: CommandContext['requests']
  words(): CommandContext['words']
  readonly editor: ((request: EditorRequest) => ReturnType<NonNullable<CommandContext['editor']>>) | undefined
  /** A line typed while a command runs (`read`, `cat`); undefined at Ctrl-D. Absent: no terminal. */
  readonly readLine: ((prompt: string, signal: AbortSignal) => Promise<string | undefined>) | undefined
  openShell(
    request: ShellRequest,
    from: { readonly output: ShellOutput; readonly signal: AbortSignal; readonly time?: TerminalTime },
  ): Promise<number>
  history(): readonly string[]
  clearHistory(): void
}
