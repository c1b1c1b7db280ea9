import { BYTES_PER_LINE, type Pacer } from '../pacer.ts'
import type { ShellOutput } from './output.ts'

/** Keeps what is printed, for who asked for the text. */
export interface Collector extends ShellOutput {
  readonly stdout: string
  readonly stderr: string
}

/** `flooded` is called once if a line prints more than it may; nothing more is kept then. */
export function collectOutput(pacer: Pacer, flooded?: () => void): Collector {
  const kept = { stdout: '', stderr: '' }
  let isFull = false
  pacer.begin()
  return {
    size: undefined,
    pace: () => pacer.pace(),
    write(stream, text) {
      if (isFull) return
      if (pacer.count(text.length)) {
        kept[stream] += text
        return
      }
      isFull = true
      kept.stderr += `stopped: one line may print ${BYTES_PER_LINE / 1024 / 1024} MB\n`
      flooded?.()
    },
    get stdout() {
      return kept.stdout
    },
    get stderr() {
      return kept.stderr
    },
  }
}
