const PREFIX = '/dev/.pipe-'
/** Text that may wait for its reader. */
const MAX_WAITING = 8 * 1024 * 1024

/** What one stage of a pipeline prints for the next: text in the order of writing, until the writer ends or the reader is gone. */
export class Pipe {
  readonly #broken: () => void
  #text = ''
  #ended = false
  #closed = false
  #isRead = false
  #wake: () => void = () => undefined

  /** `broken` is called where somebody writes though the reader is gone: SIGPIPE. */
  constructor(broken: () => void) {
    this.#broken = broken
  }

  write(text: string): void {
    if (text === '') return
    if (this.#closed || this.#text.length + text.length > MAX_WAITING) this.#broken()
    else this.#text += text
    this.#wake()
  }

  end(): void {
    this.#ended = true
    this.#wake()
  }

  /** The reader goes. */
  close(): void {
    this.#closed = true
    this.#text = ''
    this.#wake()
  }

  /** The reader waits for more, or reads no longer. */
  get isIdle(): boolean {
    return this.#closed || (this.#isRead && this.#text === '')
  }

  /** Whole lines that have come, or at the end what is left; undefined when nothing follows. */
  async lines(): Promise<string | undefined> {
    for (;;) {
      const end = this.#ended ? this.#text.length : this.#text.lastIndexOf('\n') + 1
      if (end > 0) return this.#take(end)
      if (this.#ended || this.#closed) return undefined
      await this.#more()
    }
  }

  /** One line with its newline, as `read` takes it; the last one may lack it. */
  async line(): Promise<string | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n') + 1
      if (end > 0) return this.#take(end)
      if (this.#ended || this.#closed) return this.#text === '' ? undefined : this.#take(this.#text.length)
      await this.#more()
    }
  }

  #take(length: number): string {
    const taken = this.#text.slice(0, length)
    this.#text = this.#text.slice(length)
    return taken
  }

  async #more(): Promise<void> {
    this.#isRead = true
    await new Promise<void>((resolve) => {
      this.#wake = resolve
    })
    this.#isRead = false
  }
}

/** Takes what is printed, at once. */
export interface Sink {
  write(text: string): void
}

/** The open pipes of one shell, by the path that stands for each in a command's environment. */
export class Pipes {
  readonly #sinks = new Map<string, Sink>()
  #last = 0

  open(broken: () => void): { readonly path: string; readonly pipe: Pipe } {
    const pipe = new Pipe(broken)
    return { path: this.lead(pipe), pipe }
  }

  /** A path that leads to the sink until `remove`. */
  lead(sink: Sink): string {
    this.#last += 1
    const path = `${PREFIX}${this.#last}`
    this.#sinks.set(path, sink)
    return path
  }

  /** What stands behind the path, to write to. */
  at(path: string | undefined): Sink | undefined {
    return path === undefined ? undefined : this.#sinks.get(path)
  }

  /** What stands behind the path, to read from. */
  source(path: string | undefined): Pipe | undefined {
    const sink = this.at(path)
    return sink instanceof Pipe ? sink : undefined
  }

  remove(path: string): void {
    this.#sinks.delete(path)
  }
}
