import type { ShellOutput } from './output.ts'

/** Keeps what is printed, for who asked for the text. */
export interface Collector extends ShellOutput {
  readonly stdout: string
  readonly stderr: string
}

export function collectOutput(pace: () => Promise<void>): Collector {
  const kept = { stdout: '', stderr: '' }
  return {
    size: undefined,
    pace,
    write(stream, text) {
      kept[stream] += text
    },
    get stdout() {
      return kept.stdout
    },
    get stderr() {
      return kept.stderr
    },
  }
}
