import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants } from 'node:zlib'

/** Texts shorter than this stay as they are: their rows fit on a page of the database or two. */
const LONG = 20_000
/** What a packed text begins with; JSON never does. */
const PACKED = 'br:'

const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)
/** Quick, and over the whole text: states repeat the same manifests hundreds of times. */
const QUICK = {
  params: {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: 1,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
  },
}

/** A long text as the database keeps it, a tenth as long; packed by the threads that zlib has, not by the server's own. */
export async function packText(text: string, long = LONG): Promise<string> {
  return text.length < long ? text : PACKED + (await compress(Buffer.from(text), QUICK)).toString('base64')
}

/** The text that was packed; one that was not is itself. */
export async function unpackText(kept: string): Promise<string> {
  if (!kept.startsWith(PACKED)) return kept
  return (await decompress(Buffer.from(kept.slice(PACKED.length), 'base64'))).toString()
}
