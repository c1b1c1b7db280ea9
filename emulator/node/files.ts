/** A machine's or container's files: synchronous, in memory, text or bytes; a shared frozen base with the changes above it. */
export interface FileTree {
  read(path: string): string | undefined
  write(path: string, content: string, mode?: number): void
  remove(path: string): void
  makeDirectory(path: string): void
  stat(path: string):
    | {
        readonly kind: 'file' | 'directory' | 'link'
        readonly mode: number
        readonly size: number
        readonly modified: number
        readonly target?: string
      }
    | undefined
  list(directory: string): readonly string[]
  link(path: string, target: string): void
  setMode(path: string, mode: number): void
  /** Bytes above the base: what budgets count and snapshots keep. */
  readonly changedBytes: number
}
