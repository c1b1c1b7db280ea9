/** Reads protocol buffers' wire format: numbered fields, nothing more. */
export interface WireField {
  readonly number: number
  /** A varint or fixed-width value as a number, anything else as its bytes. */
  readonly value: number | Uint8Array
}

/** Throws a RangeError for what is cut off or no protocol buffer at all. */
export function* wireFields(bytes: Uint8Array): Generator<WireField> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  const varint = (): number => {
    let result = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = view.getUint8(at++)
      result |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return Number(BigInt.asIntN(64, result))
    }
    throw new RangeError('a varint is longer than ten bytes')
  }
  while (at < bytes.length) {
    const tag = varint()
    const number = Math.floor(tag / 8)
    switch (tag % 8) {
      case 0:
        yield { number, value: varint() }
        break
      case 1:
        yield { number, value: view.getFloat64(at, true) }
        at += 8
        break
      case 2: {
        const length = varint()
        if (length < 0 || at + length > bytes.length) throw new RangeError('a field is longer than its message')
        yield { number, value: bytes.subarray(at, at + length) }
        at += length
        break
      }
      case 5:
        yield { number, value: view.getFloat32(at, true) }
        at += 4
        break
      default:
        throw new RangeError('unknown wire type')
    }
  }
}
