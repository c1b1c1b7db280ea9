/**
 * Files of the emulator hold text. Bytes that are no UTF-8 become lone surrogates U+DC80–U+DCFF (as Python's
 * `surrogateescape` does), so that what `gzip` or `base64 -d` wrote comes back unchanged.
 */
const encoder = new TextEncoder()
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function bytesToText(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes)
  } catch {
    return decodeEscaped(bytes)
  }
}

export function textToBytes(text: string): Uint8Array {
  if (!/[\udc80-\udcff]/u.test(text)) return encoder.encode(text)
  const parts: number[] = []
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    if (point >= 0xdc80 && point <= 0xdcff) parts.push(point - 0xdc00)
    else for (const byte of encoder.encode(character)) parts.push(byte)
  }
  return Uint8Array.from(parts)
}

/** Each character one byte, as the shell library passes bytes around. */
export function latin1ToText(latin1: string): string {
  return bytesToText(Uint8Array.from(latin1, (character) => character.charCodeAt(0) & 0xff))
}

export function textToLatin1(text: string): string {
  let latin1 = ''
  for (const byte of textToBytes(text)) latin1 += String.fromCharCode(byte)
  return latin1
}

function decodeEscaped(bytes: Uint8Array): string {
  let text = ''
  let at = 0
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at)
    if (length === 0) {
      text += String.fromCharCode(0xdc00 + (bytes[at] ?? 0))
      at += 1
      continue
    }
    text += strict.decode(bytes.subarray(at, at + length))
    at += length
  }
  return text
}

/** Length of the well-formed UTF-8 sequence that starts at `at`, or 0. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0
  if (length === 0 || at + length > bytes.length) return 0
  try {
    strict.decode(bytes.subarray(at, at + length))
    return length
  } catch {
    return 0
  }
}
