import { textWidth } from './editor/width.ts'
import { BYTES_PER_LINE, Pacer } from './pacer.ts'
import type { ShellOutput } from './shell/output.ts'

/** The learner's terminal as commands see it: text in, xterm's data out. */
export class Screen implements ShellOutput {
  readonly #send: (data: string) => void
  readonly #pacer = new Pacer(true)
  #columns: number
  #rows: number
  #tail = ''
  #captured: { stdout: string; stderr: string } | undefined
  #flooded: (() => void) | undefined

  /** Called around what is printed: a prompt makes room for the output of jobs. */
  beforePrint: () => void = () => undefined
  afterPrint: () => void = () => undefined

  constructor(send: (data: string) => void, columns: number, rows: number) {
    this.#send = send
    this.#columns = columns
    this.#rows = rows
  }

  get columns(): number {
    return this.#columns
  }

  get rows(): number {
    return this.#rows
  }

  readonly size = (): { readonly columns: number; readonly rows: number } => ({
    columns: this.#columns,
    rows: this.#rows,
  })

  resize(columns: number, rows: number): void {
    this.#columns = Math.max(2, Math.floor(columns))
    this.#rows = Math.max(1, Math.floor(rows))
  }

  get isCapturing(): boolean {
    return this.#captured !== undefined
  }

  /** Keeps what commands print, besides showing it. */
  startCapture(): void {
    this.#captured = { stdout: '', stderr: '' }
  }

  endCapture(): { readonly stdout: string; readonly stderr: string } {
    const captured = this.#captured ?? { stdout: '', stderr: '' }
    this.#captured = undefined
    return captured
  }

  /** A command line begins; `flooded` is called once if it prints more than it may. */
  beginLine(flooded: () => void): void {
    this.#pacer.begin()
    this.#flooded = flooded
  }

  /** What a command prints: line feeds become new lines. */
  write(stream: 'stdout' | 'stderr', text: string): void {
    if (text === '') return
    if (!this.#pacer.count(text.length)) {
      const stop = this.#flooded
      this.#flooded = undefined
      if (stop === undefined) return
      this.raw(`\r\nstopped: one line may print ${BYTES_PER_LINE / 1024 / 1024} MB\r\n`)
      stop()
      return
    }
    if (this.#captured !== undefined) this.#captured[stream] += text
    this.beforePrint()
    this.raw(text.replace(/\r?\n/g, '\r\n'))
    this.afterPrint()
  }

  /** Data for xterm as it is. */
  raw(data: string): void {
    if (data === '') return
    this.#tail = lastRow(this.#tail + data)
    this.#send(data)
  }

  pace(): Promise<void> {
    return this.#pacer.pace()
  }

  /** Cells that the last program left in the cursor's row: where the prompt begins. */
  get column(): number {
    return textWidth(this.#tail) % this.#columns
  }
}

const LONGEST_ROW = 4_096

function lastRow(text: string): string {
  const cleared = Math.max(text.lastIndexOf('\u001b[2J'), text.lastIndexOf('\u001bc'))
  const start = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'), cleared)
  return text.slice(start < 0 ? 0 : start === cleared ? text.length : start + 1).slice(-LONGEST_ROW)
}
