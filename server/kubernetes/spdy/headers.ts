import { constants, createInflate } from 'node:zlib'
import { SPDY_DICTIONARY } from './dictionary.ts'

export type Headers = ReadonlyMap<string, string>

const MAX_BLOCK_BYTES = 4096

/** Header blocks of one connection: all of them are one stream of zlib, so they are read in order. */
export class HeaderReader {
  readonly #inflate = createInflate({ dictionary: SPDY_DICTIONARY, flush: constants.Z_SYNC_FLUSH })
  #failed: Error | undefined

  constructor() {
    this.#inflate.on('error', (error) => {
      this.#failed = error
    })
  }

  /** Rejects for what is no header block. Names in lower case. */
  async read(block: Uint8Array): Promise<Headers> {
    if (block.length > MAX_BLOCK_BYTES) throw new Error('a header block too large')
    await new Promise<void>((resolve, reject) => {
      this.#inflate.once('error', reject)
      this.#inflate.write(block, (error) => {
        this.#inflate.removeListener('error', reject)
        if (error) reject(error)
        else resolve()
      })
    })
    if (this.#failed) throw this.#failed
    const parts: Buffer[] = []
    for (let part = this.#inflate.read(); part !== null; part = this.#inflate.read()) parts.push(part)
    return parse(Buffer.concat(parts))
  }

  close(): void {
    this.#inflate.close()
  }
}

function parse(bytes: Buffer): Headers {
  const headers = new Map<string, string>()
  let at = 0
  const number = () => {
    if (at + 4 > bytes.length) throw new Error('a header block that ends early')
    at += 4
    return bytes.readUInt32BE(at - 4)
  }
  const text = () => {
    const length = number()
    if (at + length > bytes.length) throw new Error('a header block that ends early')
    at += length
    return bytes.toString('latin1', at - length, at)
  }
  for (let count = number(); count > 0; count -= 1) headers.set(text().toLowerCase(), text())
  return headers
}

/**
 * Blocks without headers, which is all that a server has to send: zlib's stored form needs no compressor, its header
 * comes before the first block of a connection only, and an empty block behind each makes readers give out what they have.
 */
export function emptyHeaders(): () => Buffer {
  let first = true
  return () => {
    const stored = Buffer.from([0, 4, 0, 0xfb, 0xff, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff])
    const block = first ? Buffer.concat([Buffer.from([0x78, 0x01]), stored]) : stored
    first = false
    return block
  }
}
