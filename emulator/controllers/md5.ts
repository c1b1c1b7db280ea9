const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const constants = Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) >>> 0)

/** MD5 of ASCII text in hex (RFC 1321): Kubernetes orders some lists by it. */
export function md5(text: string): string {
  const blocks = padded(text)
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  for (let start = 0; start < blocks.length; start += 16) addRound(state, blocks.slice(start, start + 16))
  return state.map(littleEndianHex).join('')
}

function padded(text: string): readonly number[] {
  const length = ((text.length + 8) >> 6) * 16 + 16
  const words = new Array<number>(length).fill(0)
  const put = (index: number, byte: number) => {
    words[index >> 2] = (words[index >> 2] ?? 0) | (byte << ((index % 4) * 8))
  }
  for (let i = 0; i < text.length; i++) put(i, text.charCodeAt(i) & 0xff)
  put(text.length, 0x80)
  words[length - 2] = text.length * 8
  return words
}

function addRound(state: number[], block: readonly number[]): void {
  let [a = 0, b = 0, c = 0, d = 0] = state
  for (let i = 0; i < 64; i++) {
    const [mixed, word] = step(i, b, c, d)
    const sum = (a + mixed + (constants[i] ?? 0) + (block[word] ?? 0)) | 0
    const shift = shifts[(i >> 4) * 4 + (i % 4)] ?? 0
    a = d
    d = c
    c = b
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0
  }
  for (const [i, value] of [a, b, c, d].entries()) state[i] = ((state[i] ?? 0) + value) | 0
}

function step(i: number, b: number, c: number, d: number): readonly [mixed: number, word: number] {
  if (i < 16) return [(b & c) | (~b & d), i]
  if (i < 32) return [(d & b) | (~d & c), (5 * i + 1) % 16]
  if (i < 48) return [b ^ c ^ d, (3 * i + 5) % 16]
  return [c ^ (b | ~d), (7 * i) % 16]
}

function littleEndianHex(word: number): string {
  return [0, 8, 16, 24].map((shift) => ((word >>> shift) & 0xff).toString(16).padStart(2, '0')).join('')
}
