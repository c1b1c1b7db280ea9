import { dataFrame, type Frame, FrameReader, goAwayFrame, pingFrame, replyFrame, resetFrame } from './frames.ts'
import { emptyHeaders, HeaderReader, type Headers } from './headers.ts'

/** What carries SPDY: a socket after an upgrade, or the messages of a WebSocket. */
export interface Carrier {
  /** False when the other side is behind. */
  write(bytes: Uint8Array): boolean
  /** Ends the connection once all is sent. */
  end(): void
  /** Ends it now. */
  destroy(): void
}

/** One stream that the client opened; both sides close their half for themselves. */
export interface SpdyStream {
  readonly id: number
  readonly headers: Headers
  /** False when the other side is behind. */
  write(data: Uint8Array): boolean
  /** Nothing more is written. */
  finish(): void
  /** Breaks the stream off, both ways. */
  reset(): void
  onData: (data: Uint8Array) => void
  /** The client writes nothing more, or broke it off. */
  onEnd: () => void
}

const MAX_STREAMS = 300
const CHUNK_BYTES = 32_768

/** The server's side of one SPDY/3.1 connection: Kubernetes opens its streams from the client alone. */
export class SpdySession {
  readonly #carrier: Carrier
  readonly #opened: (stream: SpdyStream) => void
  readonly #reader = new FrameReader()
  readonly #headers = new HeaderReader()
  readonly #noHeaders = emptyHeaders()
  readonly #streams = new Map<number, { readonly stream: SpdyStream; done: { in: boolean; out: boolean } }>()
  #queue: Promise<void> = Promise.resolve()
  #closed = false
  #lastId = 0
  #ping = 0
  #unanswered = 0

  constructor(carrier: Carrier, opened: (stream: SpdyStream) => void) {
    this.#carrier = carrier
    this.#opened = opened
  }

  /** Frames are handled in order; opening a stream waits for its headers. */
  receive(bytes: Uint8Array): void {
    if (this.#closed) return
    for (const frame of this.#read(bytes))
      this.#queue = this.#queue.then(() => (this.#closed ? undefined : this.#handle(frame))).catch(() => this.#break())
  }

  #read(bytes: Uint8Array): readonly Frame[] {
    try {
      return this.#reader.read(bytes)
    } catch {
      this.#break()
      return []
    }
  }

  /** Asks whether the other side is still there; false if it did not answer the last time. */
  ping(): boolean {
    if (this.#unanswered > 0) return false
    this.#ping += 2
    this.#unanswered = this.#ping
    this.#carrier.write(pingFrame(this.#ping))
    return true
  }

  /** Says goodbye; what was written before arrives. */
  close(): void {
    if (this.#closed) return
    this.#carrier.write(goAwayFrame(this.#lastId))
    this.#stop()
    this.#carrier.end()
  }

  /** The connection is gone. */
  lost(): void {
    this.#stop()
  }

  #break(): void {
    this.#stop()
    this.#carrier.destroy()
  }

  #stop(): void {
    if (this.#closed) return
    this.#closed = true
    this.#headers.close()
    for (const { stream, done } of this.#streams.values()) if (!done.in) stream.onEnd()
    this.#streams.clear()
  }

  async #handle(frame: Frame): Promise<void> {
    if (frame.type === 'open') await this.#open(frame)
    else if (frame.type === 'headers') await this.#headers.read(frame.headers)
    else if (frame.type === 'ping') this.#pinged(frame.id)
    else if (frame.type === 'data') this.#data(frame)
    else if (frame.type === 'reset') this.#forget(frame.id)
  }

  #pinged(id: number): void {
    if (id % 2 === 1) this.#carrier.write(pingFrame(id))
    else if (id === this.#unanswered) this.#unanswered = 0
  }

  async #open({ id, fin, headers: block }: Extract<Frame, { type: 'open' }>): Promise<void> {
    const headers = await this.#headers.read(block)
    if (this.#closed) return
    if (this.#streams.size >= MAX_STREAMS || id % 2 === 0 || id <= this.#lastId)
      return void this.#carrier.write(resetFrame(id))
    this.#lastId = id
    const stream = this.#stream(id, headers)
    this.#streams.set(id, { stream, done: { in: fin, out: false } })
    this.#carrier.write(replyFrame(id, this.#noHeaders()))
    this.#opened(stream)
    if (fin) stream.onEnd()
  }

  #stream(id: number, headers: Headers): SpdyStream {
    const halfOpen = () => this.#streams.get(id)?.done.out === false
    return {
      id,
      headers,
      onData: () => undefined,
      onEnd: () => undefined,
      write: (data) => {
        let takes = true
        for (let at = 0; at < data.length && halfOpen(); at += CHUNK_BYTES)
          takes = this.#carrier.write(dataFrame(id, data.subarray(at, at + CHUNK_BYTES)))
        return takes
      },
      finish: () => {
        if (!halfOpen()) return
        this.#carrier.write(dataFrame(id, new Uint8Array(0), true))
        this.#half(id, 'out')
      },
      reset: () => {
        if (this.#streams.delete(id)) this.#carrier.write(resetFrame(id))
      },
    }
  }

  #data({ id, fin, data }: Extract<Frame, { type: 'data' }>): void {
    const entry = this.#streams.get(id)
    if (!entry || entry.done.in) return
    if (data.length > 0) entry.stream.onData(data)
    if (!fin) return
    this.#half(id, 'in')
    entry.stream.onEnd()
  }

  #half(id: number, side: 'in' | 'out'): void {
    const entry = this.#streams.get(id)
    if (!entry) return
    entry.done[side] = true
    if (entry.done.in && entry.done.out) this.#streams.delete(id)
  }

  #forget(id: number): void {
    const entry = this.#streams.get(id)
    this.#streams.delete(id)
    if (entry && !entry.done.in) entry.stream.onEnd()
  }
}
