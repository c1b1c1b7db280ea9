import type { LogLine } from './runtime.ts'

const MAX_LINES = 5000
const MAX_BYTES = 256 * 1024

/** A container's log as containerd writes it: whole lines, the oldest dropped when it grows too large. */
export class LogBuffer {
  #lines: LogLine[]
  #bytes: number
  readonly #partial = { stdout: '', stderr: '' }

  constructor(lines: readonly LogLine[] = []) {
    this.#lines = [...lines]
    this.#bytes = lines.reduce((sum, line) => sum + line.text.length + 1, 0)
  }

  get lines(): readonly LogLine[] {
    return this.#lines
  }

  /** Adds text; returns the lines that it completed. */
  append(at: number, stream: 'stdout' | 'stderr', text: string): readonly LogLine[] {
    const parts = (this.#partial[stream] + text).split('\n')
    this.#partial[stream] = parts.pop() ?? ''
    const added = parts.map((part) => Object.freeze({ at, stream, text: part }))
    this.#push(added)
    return added
  }

  /** What an ended process left without a newline. */
  flush(at: number): readonly LogLine[] {
    const added: LogLine[] = []
    for (const stream of ['stdout', 'stderr'] as const) {
      if (this.#partial[stream] !== '') added.push(Object.freeze({ at, stream, text: this.#partial[stream] }))
      this.#partial[stream] = ''
    }
    this.#push(added)
    return added
  }

  #push(added: readonly LogLine[]): void {
    for (const line of added) {
      this.#lines.push(line)
      this.#bytes += line.text.length + 1
    }
    if (this.#lines.length <= MAX_LINES && this.#bytes <= MAX_BYTES) return
    let drop = 0
    while (
      drop < this.#lines.length - 1 &&
      (this.#lines.length - drop > MAX_LINES * 0.9 || this.#bytes > MAX_BYTES * 0.9)
    ) {
      this.#bytes -= (this.#lines[drop]?.text.length ?? 0) + 1
      drop += 1
    }
    this.#lines = this.#lines.slice(drop)
  }
}
