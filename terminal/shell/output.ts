/** Where a shell prints: the learner's terminal, or the command that started the shell. */
export interface ShellOutput {
  write(stream: 'stdout' | 'stderr', text: string): void
  /** Waits while too much was printed in the last second; lets other work run. */
  pace(): Promise<void>
  /** Set if this is a terminal; its size may change. */
  readonly size: (() => { readonly columns: number; readonly rows: number }) | undefined
}
