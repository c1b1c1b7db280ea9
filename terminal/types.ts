/** What stands between the browser's xterm and the cluster: hosts, commands, the editor in the page. */
import type { Cluster, Place, Trace } from '../emulator/index.ts'
import type { SentRequests } from './trace/requests.ts'
import type { TraceWords } from './trace/words.ts'

/** Time as a terminal feels it: the wall clock on the server, virtual time at once in replays and graders. */
export interface TerminalTime {
  now(): number
  /**
   * Lets `ms` of cluster time pass; rejects with `signal.reason` when aborted (Ctrl-C). The server shortens one wait of
   * more than 3 s by moving the cluster on (a dead address): wait for things to happen in pieces of a second at most.
   */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

/** A file that a command asks the page's editor to open; resolves when the learner saves or closes. */
export interface EditorRequest {
  readonly path: string
  readonly text: string
  /** What the learner typed, so the editor opens with that tool's keys: vi keys, or plain. */
  readonly tool: 'vi' | 'nano'
  readonly readOnly?: boolean
}
export interface EditorResult {
  readonly saved: boolean
  readonly text: string
}

export interface ProgramOptions {
  /** Ends the program besides Ctrl-C. */
  readonly signal?: AbortSignal
  /** The clock that it lives by. */
  readonly time?: TerminalTime
  /** Its standard input, where that is not the command's own. */
  readonly stdin?: string
}

/** Everything a command may touch. */
export interface CommandContext {
  readonly argv: readonly string[]
  readonly env: ReadonlyMap<string, string>
  readonly cwd: string
  readonly cluster: Cluster
  /** Where the command runs: requests start here. */
  readonly place: Place
  /** Name of the container, where place is a Pod. */
  readonly container?: string | undefined
  /** Whose wording tools print: GNU's on machines and Debian images, busybox's on busybox and Alpine ones. */
  readonly userland?: 'gnu' | 'busybox'
  readonly user: string
  readonly time: TerminalTime
  readonly signal: AbortSignal
  readonly files: CommandFiles
  /** Set if stdout is the terminal itself (colours, progress bars, interactive commands). */
  readonly tty: { readonly columns: number; readonly rows: number } | undefined
  /** Written as it is printed: streams to the terminal, a pipe or a file. */
  out(text: string): void
  err(text: string): void
  /** All of standard input (a pipe or here-document); '' when it is the terminal. */
  readonly stdin: string
  readonly stdinIsTerminal: boolean
  /** A line that the learner types while the command runs; undefined at Ctrl-D. Absent where nobody can type. */
  readonly readLine?: ((prompt: string) => Promise<string | undefined>) | undefined
  /** Opens the page's editor; undefined where there is none (replay), then `KUBE_EDITOR`/`EDITOR` commands run instead. */
  readonly editor: ((request: EditorRequest) => Promise<EditorResult>) | undefined
  /** Runs a command line in the same shell environment (KUBE_EDITOR, watch, xargs). */
  runLine(line: string): Promise<{ readonly stdout: string; readonly stderr: string; readonly code: number }>
  /** Whether the shell that runs the command has a program of that name. */
  hasProgram(name: string): boolean
  /** Runs a program with this command's own streams and environment; resolves with its exit code (timeout, nohup). */
  runProgram(words: readonly string[], options?: ProgramOptions): Promise<number>
  /** What this terminal sends over the cluster's network. */
  readonly requests: SentRequests
  /** The learner's language, where a command of ours speaks. */
  readonly words: TraceWords
  /** Puts another shell on top: ssh to a machine, exec -it into a container. Resolves with its exit code; see ExecError. */
  openShell(shell: ShellRequest): Promise<number>
}

export type ShellRequest =
  | {
      readonly kind: 'machine'
      readonly machine: string
      readonly user: string
      /** Where a shell that goes on stood; the user's home otherwise. */
      readonly cwd?: string
      readonly line?: string
      readonly tty: boolean
      readonly stdin?: string
    }
  | {
      readonly kind: 'container'
      readonly namespace: string
      readonly pod: string
      readonly container: string
      readonly argv: readonly string[]
      readonly tty: boolean
      readonly stdin?: string
    }

/** `openShell` rejects with it when the container has no such program; `message` is the container runtime's text. */
export class ExecError extends Error {
  override readonly name = 'ExecError'
}

/** The file operations commands need; paths are absolute or relative to cwd. */
export interface CommandFiles {
  read(path: string): Promise<string | undefined>
  write(path: string, content: string): Promise<void>
  list(directory: string): Promise<readonly string[]>
  isDirectory(path: string): Promise<boolean>
  /** With its parents, as `mkdir -p`. */
  makeDirectory?(path: string): Promise<void>
  /** What stat says; undefined for what is not there. */
  facts?(path: string, options: { readonly followLinks: boolean }): Promise<FileFacts | undefined>
}

export interface FileFacts {
  readonly kind: 'file' | 'directory' | 'link'
  readonly mode: number
  readonly size: number
  /** ms since the epoch */
  readonly modified: number
  /** Where a link points. */
  readonly target?: string
}

export interface CommandDefinition {
  readonly name: string
  readonly aliases?: readonly string[]
  /** One line for `help` and completion. */
  readonly summary: string
  /** Completions for the word being typed; `words` are the words before it. */
  readonly complete?: (
    words: readonly string[],
    word: string,
    context: Pick<CommandContext, 'cluster' | 'place' | 'files' | 'env'>,
  ) => readonly string[] | Promise<readonly string[]>
  /** Exit code. Throwing is our bug, never the learner's. */
  run(context: CommandContext): Promise<number>
}

/** Identity with types. */
export function defineCommand(definition: CommandDefinition): CommandDefinition {
  return Object.freeze(definition)
}

export interface SessionOptions {
  readonly cluster: Cluster
  readonly time: TerminalTime
  /** Where the learner sits down: `laptop`, `controlplane`, … and as whom; cwd defaults to that user's home. */
  readonly machine: string
  readonly user: string
  readonly cwd?: string
  /** Terminal output (bytes for xterm, CRLF already applied). Absent in replays. */
  readonly output?: (data: string) => void
  readonly editor?: CommandContext['editor']
  /** What can be typed beside the commands that machines have. */
  readonly commands?: readonly CommandDefinition[]
  /** The language of the page that was opened last; English without one. */
  readonly words?: () => TraceWords
  /** A request of a Pod that a command runs in order to see what it prints (`kubectl run -i`): sent while time passes. */
  readonly followed?: (trace: Trace) => void
  /** A line that was entered at a prompt is about to run. */
  readonly entered?: (line: string) => void
  readonly columns?: number
  readonly rows?: number
  /** State that an earlier session left: history, cwd, exported variables, aliases, functions. */
  readonly saved?: SavedSession
}

export interface SavedSession {
  readonly history: readonly string[]
  readonly cwd: string
  readonly env: { readonly [name: string]: string }
  readonly functions: readonly string[]
  readonly aliases: { readonly [name: string]: string }
  /** The learner had gone to another machine by ssh. */
  readonly remote?: RemoteSession | undefined
}

/** A shell on another machine, as far as it is brought back. */
export interface RemoteSession {
  readonly machine: string
  readonly user: string
  readonly cwd: string
  readonly history: readonly string[]
}

/** One terminal tab. `input` takes xterm's data as typed; `run` takes a whole line and returns what it printed. */
export interface TerminalSession {
  input(data: string): void
  resize(columns: number, rows: number): void
  run(line: string): Promise<{ readonly stdout: string; readonly stderr: string; readonly code: number }>
  /** Where the next command would run (after ssh): shown by the topology as "you are here". */
  readonly place: Place
  readonly busy: boolean
  /** What stands at the prompt and was not entered yet. */
  readonly typed: string
  save(): SavedSession
  /** Ends what runs. A prompt goes from the screen, and the cursor is at the end of what was printed. */
  dispose(): void
}
