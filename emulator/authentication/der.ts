/** As much of DER as certificates need (ITU-T X.690). Bytes travel as arrays of numbers. */

export type Bytes = readonly number[]

/** One element: its tag, its content, and all of its bytes. */
export interface Element {
  readonly tag: number
  readonly content: Bytes
  readonly whole: Bytes
}

export const TAG = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  nothing: 5,
  objectId: 6,
  utf8: 12,
  sequence: 48,
  set: 49,
  utcTime: 23,
} as const

/** An element with this tag and content. */
export function element(tag: number, ...content: readonly Bytes[]): Bytes {
  const body = content.flat()
  return [tag, ...lengthBytes(body.length), ...body]
}

function lengthBytes(length: number): Bytes {
  if (length < 0x80) return [length]
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 255]
}

/** The elements that follow one another in `bytes`; undefined where they are malformed. */
export function elements(bytes: Bytes): readonly Element[] | undefined {
  const found: Element[] = []
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0
    const first = bytes[at + 1]
    if (first === undefined) return undefined
    const extra = first < 0x80 ? 0 : first & 0x7f
    if (extra > 3) return undefined
    const length = extra === 0 ? first : bytes.slice(at + 2, at + 2 + extra).reduce((sum, byte) => sum * 256 + byte, 0)
    const start = at + 2 + extra
    if (start + length > bytes.length) return undefined
    found.push({ tag, content: bytes.slice(start, start + length), whole: bytes.slice(at, start + length) })
    at = start + length
  }
  return found
}

/** An object identifier from its dotted form. */
export function objectId(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const base128 = (value: number): Bytes =>
    value < 128 ? [value] : [...base128(value >> 7).map((b) => b | 128), value & 127]
  return element(TAG.objectId, [first * 40 + second, ...rest.flatMap(base128)])
}

/** A whole number of any size from its bytes, highest first. */
export const integer = (bytes: Bytes): Bytes =>
  element(TAG.integer, (bytes[0] ?? 0) > 127 ? [0, ...bytes] : bytes.length === 0 ? [0] : bytes)
