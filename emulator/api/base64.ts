/** Base64 without the host's help: the emulator's core knows neither Node nor a browser. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Undefined for good standard base64, else the index of the first byte that Go's decoder refuses. */
export function isBase64(text: string): number | undefined {
  const clean = text.replace(/[\r\n]/g, '')
  const padding = /={0,2}$/.exec(clean)?.[0].length ?? 0
  const body = clean.length - padding
  for (let i = 0; i < body; i++) if (!ALPHABET.includes(clean[i] ?? '-')) return i
  if (clean.length % 4 !== 0) return padding > 0 ? clean.length : body - (body % 4)
  return undefined
}

/** Standard base64 of a text's UTF-8 bytes. */
export function encodeBase64(text: string): string {
  return base64Of(utf8Bytes(text), ALPHABET, '=')
}

/** Base64 of bytes in this alphabet, filled up with `padding`. Joined, not added up: pieces would stay in memory. */
export function base64Of(bytes: ArrayLike<number>, alphabet: string, padding: '=' | ''): string {
  const out: string[] = []
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const left = bytes.length - i
    out.push(alphabet[bits >> 18] ?? '', alphabet[(bits >> 12) & 63] ?? '')
    out.push(left > 1 ? (alphabet[(bits >> 6) & 63] ?? '') : padding, left > 2 ? (alphabet[bits & 63] ?? '') : padding)
  }
  return out.join('')
}

/** The text whose UTF-8 bytes the base64 holds; undefined when it is not base64. */
export function decodeBase64(text: string): string | undefined {
  if (isBase64(text) !== undefined) return undefined
  const clean = text.replace(/[\r\n=]/g, '')
  const bytes: number[] = []
  let bits = 0
  let count = 0
  for (const character of clean) {
    bits = ((bits << 6) | ALPHABET.indexOf(character)) & 0xffffff
    count += 6
    if (count < 8) continue
    count -= 8
    bytes.push((bits >> count) & 255)
  }
  return fromUtf8(bytes)
}

/** A text's UTF-8 bytes. */
export function utf8Bytes(text: string): Uint8Array {
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code >= 0xd800 && code < 0xe000) bytes.push(0xef, 0xbf, 0xbd)
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  }
  return new Uint8Array(bytes)
}

/** Bytes that are no UTF-8 become U+FFFD, as terminals show them. */
export function fromUtf8(bytes: readonly number[]): string {
  let text = ''
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i] ?? 0
    const length = first < 0x80 ? 1 : first >> 5 === 6 ? 2 : first >> 4 === 14 ? 3 : first >> 3 === 30 ? 4 : 0
    const rest = bytes.slice(i + 1, i + length)
    if (length === 0 || rest.length < length - 1 || rest.some((byte) => byte >> 6 !== 2)) {
      text += '\ufffd'
      i++
      continue
    }
    const head = length === 1 ? first : first & (0xff >> (length + 1))
    text += String.fromCodePoint(
      Math.min(
        rest.reduce((code, byte) => (code << 6) | (byte & 63), head),
        0x10ffff,
      ),
    )
    i += length
  }
  return text
}
