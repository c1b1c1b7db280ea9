/** Standard input that arrives in pieces: a stream of text, all of its text, or all of its bytes. */
export class InputStream implements AsyncIterable<string> {
  readonly #pieces: Uint8Array[] = []
  readonly #limit: number
  #bytes = 0
  #ended = false
  #wake: () => void = () => undefined

  /** More than `limit` bytes end the input. */
  constructor(limit: number) {
    this.#limit = limit
  }

  push(bytes: Uint8Array): void {
    if (this.#ended) return
    this.#bytes += bytes.length
    if (this.#bytes > this.#limit) this.#ended = true
    else this.#pieces.push(bytes)
    this.#wake()
  }

  end(): void {
    this.#ended = true
    this.#wake()
  }

  async bytes(): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    for await (const piece of this.#chunks()) parts.push(piece)
    return Buffer.concat(parts)
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes())
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    const decoder = new TextDecoder()
    for await (const piece of this.#chunks()) yield decoder.decode(piece, { stream: true })
  }

  async *#chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = this.#pieces.shift()
      if (piece) yield piece
      else if (this.#ended) return
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
    }
  }
}
