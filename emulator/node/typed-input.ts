/** Standard input of a PID 1: what those who attached sent, as lines. */
export class TypedInput {
  readonly #lines: string[] = []
  #partial = ''
  #ended = false

  /** Undefined: the input has ended. */
  push(text: string | undefined): void {
    if (this.#ended) return
    const lines = (this.#partial + (text ?? '')).split('\n')
    this.#partial = lines.pop() ?? ''
    this.#lines.push(...lines)
    if (text !== undefined) return
    if (this.#partial !== '') this.#lines.push(this.#partial)
    this.#ended = true
  }

  /** Whether a reader need not wait. */
  get ready(): boolean {
    return this.#lines.length > 0 || this.#ended
  }

  /** The next line; undefined at the end. */
  take(): string | undefined {
    return this.#lines.shift()
  }
}
