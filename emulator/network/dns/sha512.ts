import { utf8Bytes } from '../../api/base64.ts'

const WORD = (1n << 64n) - 1n
const ROUNDS = 80

/** SHA-512 of a text's UTF-8 bytes in hexadecimal (FIPS 180-4): what CoreDNS calls its configurations by. */
export function sha512(text: string): string {
  const state = firstPrimes(8).map((prime) => root(prime << 128n, 2n) & WORD)
  const constants = firstPrimes(ROUNDS).map((prime) => root(prime << 192n, 3n) & WORD)
  const bytes = padded([...utf8Bytes(text)].map((byte) => String.fromCharCode(byte)).join(''))
  for (let start = 0; start < bytes.length; start += 128) addBlock(state, constants, bytes.slice(start, start + 128))
  return state.map((word) => word.toString(16).padStart(16, '0')).join('')
}

function firstPrimes(count: number): readonly bigint[] {
  const primes: bigint[] = []
  for (let candidate = 2n; primes.length < count; candidate += 1n)
    if (primes.every((prime) => candidate % prime !== 0n)) primes.push(candidate)
  return primes
}

/** The largest integer whose power is not beyond the number. */
function root(number: bigint, power: bigint): bigint {
  let low = 0n
  let high = 1n << (BigInt(number.toString(2).length) / power + 1n)
  while (low < high) {
    const middle = (low + high + 1n) / 2n
    if (middle ** power <= number) low = middle
    else high = middle - 1n
  }
  return low
}

function padded(bytes: string): string {
  const zeros = (128 - ((bytes.length + 17) % 128)) % 128
  const length = (bytes.length * 8).toString(16).padStart(32, '0')
  const tail = (length.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join('')
  return `${bytes}\x80${'\0'.repeat(zeros)}${tail}`
}

const rotate = (word: bigint, by: bigint): bigint => ((word >> by) | (word << (64n - by))) & WORD

function addBlock(state: bigint[], constants: readonly bigint[], block: string): void {
  const words = schedule(block)
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state
  for (let round = 0; round < ROUNDS; round += 1) {
    const high = rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n)
    const choice = (e & f) ^ (~e & WORD & g)
    const first = (h + high + choice + (constants[round] ?? 0n) + (words[round] ?? 0n)) & WORD
    const low = rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n)
    const second = (low + ((a & b) ^ (a & c) ^ (b & c))) & WORD
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) & WORD, c, b, a, (first + second) & WORD]
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index] = ((state[index] ?? 0n) + word) & WORD
}

/** The 80 words that follow from a block's 16. */
function schedule(block: string): readonly bigint[] {
  const words: bigint[] = []
  for (let at = 0; at < 128; at += 8)
    words.push([...block.slice(at, at + 8)].reduce((word, byte) => (word << 8n) | BigInt(byte.charCodeAt(0)), 0n))
  for (let at = 16; at < ROUNDS; at += 1) {
    const early = words[at - 15] ?? 0n
    const late = words[at - 2] ?? 0n
    const first = rotate(early, 1n) ^ rotate(early, 8n) ^ (early >> 7n)
    const second = rotate(late, 19n) ^ rotate(late, 61n) ^ (late >> 6n)
    words.push(((words[at - 16] ?? 0n) + first + (words[at - 7] ?? 0n) + second) & WORD)
  }
  return words
}
