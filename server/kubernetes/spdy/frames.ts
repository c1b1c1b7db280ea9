/** Frames of SPDY/3.1 as far as Kubernetes' streams need them; window updates and settings carry nothing for us. */
export type Frame =
  | { readonly type: 'open'; readonly id: number; readonly fin: boolean; readonly headers: Buffer }
  | { readonly type: 'data'; readonly id: number; readonly fin: boolean; readonly data: Buffer }
  | { readonly type: 'headers'; readonly id: number; readonly headers: Buffer }
  | { readonly type: 'reset'; readonly id: number }
  | { readonly type: 'ping'; readonly id: number }
  | { readonly type: 'go-away' }
  | { readonly type: 'other' }

const HEAD = 8
const FIN = 1
const TYPES = { open: 1, reply: 2, reset: 3, ping: 6, goAway: 7, headers: 8 } as const
/** No client of ours sends larger ones; the format would allow 16 MiB. */
export const MAX_FRAME_BYTES = 1 << 20

export class FrameReader {
  #bytes: Buffer = Buffer.alloc(0)

  /** The frames that are whole now; throws for what is no SPDY/3. */
  read(bytes: Uint8Array): readonly Frame[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes])
    const frames: Frame[] = []
    while (this.#bytes.length >= HEAD) {
      const length = this.#bytes.readUInt32BE(4) & 0xffffff
      if (length > MAX_FRAME_BYTES) throw new Error(`a frame of ${length} bytes`)
      if (this.#bytes.length < HEAD + length) break
      frames.push(parse(this.#bytes.subarray(0, HEAD + length)))
      this.#bytes = this.#bytes.subarray(HEAD + length)
    }
    return frames
  }
}

function parse(frame: Buffer): Frame {
  const first = frame.readUInt32BE(0)
  const flags = frame[4] ?? 0
  const body = frame.subarray(HEAD)
  if (first < 0x8000_0000) return { type: 'data', id: first, fin: (flags & FIN) !== 0, data: body }
  if (((first >>> 16) & 0x7fff) !== 3) throw new Error('not SPDY/3')
  const type = first & 0xffff
  if (type === TYPES.goAway) return { type: 'go-away' }
  if (body.length < 4) return { type: 'other' }
  const id = body.readUInt32BE(0)
  if (type === TYPES.ping) return { type: 'ping', id }
  const stream = id & 0x7fff_ffff
  if (type === TYPES.reset) return { type: 'reset', id: stream }
  if (type === TYPES.headers) return { type: 'headers', id: stream, headers: body.subarray(4) }
  if (type === TYPES.open && body.length >= 10)
    return { type: 'open', id: stream, fin: (flags & FIN) !== 0, headers: body.subarray(10) }
  return { type: 'other' }
}

function control(type: number, flags: number, body: Uint8Array): Buffer {
  const head = Buffer.alloc(HEAD)
  head.writeUInt32BE((0x8003_0000 | type) >>> 0, 0)
  head.writeUInt32BE(((flags << 24) | body.length) >>> 0, 4)
  return Buffer.concat([head, body])
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export const replyFrame = (id: number, headers: Uint8Array): Buffer =>
  control(TYPES.reply, 0, Buffer.concat([word(id), headers]))

export const pingFrame = (id: number): Buffer => control(TYPES.ping, 0, word(id))

/** 5: cancel. */
export const resetFrame = (id: number): Buffer => control(TYPES.reset, 0, Buffer.concat([word(id), word(5)]))

export const goAwayFrame = (lastId: number): Buffer => control(TYPES.goAway, 0, Buffer.concat([word(lastId), word(0)]))

export function dataFrame(id: number, data: Uint8Array, fin = false): Buffer {
  const head = Buffer.alloc(HEAD)
  head.writeUInt32BE(id, 0)
  head.writeUInt32BE((((fin ? FIN : 0) << 24) | data.length) >>> 0, 4)
  return Buffer.concat([head, data])
}
