import type { HttpRequest, HttpResponse, Network, Place } from '../../network/types.ts'
import type { FileTree } from '../files.ts'
import type { Listener } from '../runtime.ts'
import type { ContainerUser } from '../security.ts'
import type { Usage } from '../usage.ts'

/**
 * What a program asks its driver for by `yield`: time to pass, or a file. Everything else is synchronous, so the same
 * program runs as a container's PID 1 in virtual time, in a probe, and in a learner's terminal.
 */
export type Wait =
  | { readonly kind: 'sleep'; readonly ms: number }
  /** Until a signal: what a server does. */
  | { readonly kind: 'forever' }
  /** A line that somebody types at this prompt; without one, of whatever standard input is. */
  | { readonly kind: 'line'; readonly prompt: string }
  | { readonly kind: 'read'; readonly path: string }
  | { readonly kind: 'write'; readonly path: string; readonly content: string }

/**
 * The driver answers `read` with the text (undefined: no such file), `write` with an error's text, if any, and `line` with
 * what was typed (undefined: the input has ended, or nobody can type).
 */
export type Run = Generator<Wait, number, string | undefined>

/** What every program sees of the place it runs in. */
export interface ProcessContext {
  /** argv[0] is the name it was called by. */
  readonly argv: readonly string[]
  readonly env: ReadonlyMap<string, string>
  readonly cwd: string
  readonly stdin: string
  readonly place: Place
  readonly hostname: string
  readonly network: Network
  /** Set if stdout is a terminal. */
  readonly terminal: { readonly columns: number } | undefined
  /** Virtual now, ms since the epoch. */
  now(): number
  out(text: string): void
  err(text: string): void
}

/** A program that needs only the network: it runs on machines and in containers alike. The exit code is its value. */
export interface NetworkProgram {
  readonly name: string
  readonly summary: string
  run(process: ProcessContext): Run
}

/** A container's program that is one of the network tools. */
export function isNetworkProgram(program: ContainerProgram | NetworkProgram): program is NetworkProgram {
  return 'summary' in program
}

/** What listens on a port; a server is known by its answers. */
export interface Server extends Listener {
  /** Undefined: it does not speak HTTP after all, as a port that passes on what others speak. */
  answer?(request: HttpRequest, client: { readonly address: string; readonly port: number }): HttpResponse | undefined
  reply?(text: string): string | undefined
  /** What it presents over TLS to a client that asks for this name, in PEM. */
  certificate?(serverName: string | undefined): string | undefined
}

/** What a program inside a container sees besides. */
export interface ContainerProcess extends ProcessContext {
  readonly files: FileTree
  /** The container's programs by name: what a shell looks up. */
  readonly programs: ReadonlyMap<string, ContainerProgram>
  /** True if standard input stays open (`stdin: true`): a shell without commands waits instead of ending. */
  readonly interactive: boolean
  /** State of a process that can be resumed; plain JSON. See shell/frames.ts. */
  readonly frames: FrameStack
  /** Who it runs as. */
  readonly user: ContainerUser
  /** Opens a listener; false if the port is taken. */
  listen(server: Server): boolean
  /** How TERM ends the process, and what it does first; without it PID 1 ignores the signal, as the kernel has it. */
  onTerminate(exitCode: number, before?: () => void): void
  /** What HUP does to PID 1; without it nothing. */
  onHangup(handler: () => void): void
  /** Sends a signal (`TERM`, `HUP`) to a process of the container; false if there is none of that number. */
  signal(pid: number, name: string): boolean
  /** Sends HUP to PID 1; false if it does not handle it. */
  hangup(): boolean
  /** Takes hold of CPU and memory until the returned function is called; beyond its memory limit the container is killed. */
  hold(usage: Usage): () => void
  /** What `ps` shows of PID 1 from now on: it has executed another program, or gave itself a title. */
  retitle(command: string): void
  /** Shows children in `ps` until the returned function is called. */
  spawn(command: string): () => void
  /** The process table, as `ps` shows it. */
  processes(): readonly { readonly pid: number; readonly command: string }[]
  /** Appends to the log of PID 1. */
  log(stream: 'stdout' | 'stderr', text: string): void
}

export interface ContainerProgram {
  readonly name: string
  run(process: ContainerProcess): Run
}

/** Where a resumable program stands: each running construct pushes one JSON value and takes it back on a restore. */
export interface FrameStack {
  /** Enters a construct: its saved frame when resuming, else `initial`. The frame is mutable while it is on the stack. */
  enter<T extends object>(initial: T): { readonly frame: T; readonly resumed: boolean }
  leave(): void
  /** Drops saved frames below: a construct that starts anew. */
  restart(): void
  /** True while saved frames wait to be picked up. */
  readonly resuming: boolean
  /** How many constructs are running. */
  readonly depth: number
  /** Leaves constructs until only `depth` are running: after a jump. */
  unwind(depth: number): void
}

/** Lets virtual time pass. */
export function* sleep(ms: number): Generator<Wait, void, string | undefined> {
  if (ms > 0) yield { kind: 'sleep', ms }
}

/** What a server does after it has opened its listeners. */
export function* serve(): Run {
  for (;;) yield { kind: 'forever' }
}
