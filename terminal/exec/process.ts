import type { Cluster, Container } from '../../emulator/index.ts'
import type { TerminalTime } from '../types.ts'

/** A process in a container as somebody outside sees it: bytes in, bytes out, a code at the end. */
export interface RemoteProcess {
  /** What goes to standard input. */
  input(bytes: Uint8Array): void
  endInput(): void
  resize(columns: number, rows: number): void
  /** Its exit code; rejects with ExecError where the runtime cannot start it. */
  readonly done: Promise<number>
  /** Whoever looked at it is gone. */
  dispose(): void
}

export interface ProcessOptions {
  readonly cluster: Cluster
  readonly time: TerminalTime
  readonly container: Container
  readonly stdin: boolean
  readonly tty: boolean
  print(stream: 'stdout' | 'stderr', bytes: Uint8Array): void
  /** Resolves when the other side takes more output. */
  ready(): Promise<void>
}
