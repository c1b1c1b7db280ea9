import type { LogLine } from './runtime.ts'

const MAX_LINES = 5000
const MAX_BYTES = 256 * 1024

/** Text of a line that has not ended yet, by stream. */
export interface PartialLines {
  readonly stdout?: string
  readonly stderr?: string
}

/** A container's log as containerd writes it: whole lines, the oldest dropped when it grows too large. */
export class LogBuffer {
  #lines: LogLine[]
  #bytes: number
  readonly #partial: { stdout: string; stderr: string }

  constructor(lines: readonly LogLine[] = [], partial: PartialLines = {}) {
    this.#lines = [...lines]
    this.#partial = { stdout: '', stderr: '', ...partial }
    this.#bytes = lines.reduce((sum, line) => sum + line.text.length + 1, 0)
  }

  get lines(): readonly LogLine[] {
    return this.#lines
  }

  /** What was printed since the last newline, where there is any; part of a snapshot. */
  get partial(): PartialLines | undefined {
    const { stdout, stderr } = this.#partial
    if (stdout === '' && stderr === '') return undefined
    return { ...(stdout !== '' && { stdout }), ...(stderr !== '' && { stderr }) }
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
