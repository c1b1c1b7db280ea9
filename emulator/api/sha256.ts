/** The first 32 bits of the fractions of roots of the first primes: square roots of eight, cube roots of 64 (FIPS 180-4). */
function fractions(count: number, root: (prime: number) => number): readonly number[] {
  const primes: number[] = []
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate)
  }
  return primes.map((prime) => Math.floor((root(prime) % 1) * 2 ** 32) | 0)
}

const INITIAL = fractions(8, Math.sqrt)
const CONSTANTS = fractions(64, Math.cbrt)

/** SHA-256 of a text of bytes, as bytes (FIPS 180-4): kube-proxy names its chains by it, tokens are signed with it. */
export function sha256(text: string): readonly number[] {
  const message = padded(text)
  const state = Int32Array.from(INITIAL)
  const words = new Int32Array(64)
  for (let start = 0; start < message.length; start += 16) {
    for (let index = 0; index < 16; index++) words[index] = message[start + index] ?? 0
    extend(words)
    addBlock(state, words)
  }
  const bytes: number[] = []
  for (const word of state) bytes.push(word >>> 24, (word >>> 16) & 0xff, (word >>> 8) & 0xff, word & 0xff)
  return bytes
}

function padded(text: string): Int32Array {
  const words = new Int32Array((((text.length + 8) >> 6) + 1) * 16)
  const put = (index: number, byte: number): void => {
    words[index >> 2] = (words[index >> 2] ?? 0) | (byte << (24 - (index % 4) * 8))
  }
  for (let index = 0; index < text.length; index++) put(index, text.charCodeAt(index) & 0xff)
  put(text.length, 0x80)
  words[words.length - 1] = text.length * 8
  return words
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

/** The 48 words that follow from the 16 of a block. */
function extend(words: Int32Array): void {
  for (let index = 16; index < 64; index++) {
    const early = words[index - 15] ?? 0
    const late = words[index - 2] ?? 0
    const first = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3)
    const second = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10)
    words[index] = (words[index - 16] ?? 0) + first + (words[index - 7] ?? 0) + second
  }
}

function addBlock(state: Int32Array, words: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let index = 0; index < 64; index++) {
    const high = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const choice = (e & f) ^ (~e & g)
    const first = (h + high + choice + (CONSTANTS[index] ?? 0) + (words[index] ?? 0)) | 0
    const low = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + low + majority) | 0
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index] = (state[index] ?? 0) + word
}
