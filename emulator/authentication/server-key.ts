/** RSA keys in form (PKCS #1 and #8): a key is its modulus, and whoever has it can have signed. */
import { sha256 } from '../api/sha256.ts'
import { type Bytes, element, elements, integer, objectId, TAG } from './der.ts'
import { decodePem, encodePem } from './pem.ts'

const RSA = element(TAG.sequence, objectId('1.2.840.113549.1.1.1'), element(TAG.nothing))
const EXPONENT = integer([1, 0, 1])

/** A new private key in PEM (PKCS #8), the same for the same seed. */
export function createKey(seed: string, bits = 2048): string {
  const size = bits / 8
  const modulus = odd(digits(`${seed} n`, size))
  const half = (name: string): Bytes => integer(digits(`${seed} ${name}`, size / 2))
  const key = element(
    TAG.sequence,
    integer([0]),
    integer(modulus),
    EXPONENT,
    integer(digits(`${seed} d`, size)),
    ...['p', 'q', 'dp', 'dq', 'qi'].map(half),
  )
  return encodePem('PRIVATE KEY', element(TAG.sequence, integer([0]), RSA, element(TAG.octetString, key)))
}

/** SubjectPublicKeyInfo of a private key in PEM; undefined for what is none. */
export function publicKeyOf(pem: string): Bytes | undefined {
  const plain = decodePem('RSA PRIVATE KEY', pem)
  const [wrapped] = elements(decodePem('PRIVATE KEY', pem) ?? []) ?? []
  const [, , inner] = (wrapped && elements(wrapped.content)) ?? []
  const [key] = elements(plain ?? inner?.content ?? []) ?? []
  const [, modulus, exponent] = (key && elements(key.content)) ?? []
  if (modulus === undefined || exponent === undefined) return undefined
  const point = element(TAG.sequence, modulus.whole, exponent.whole)
  return element(TAG.sequence, RSA, element(TAG.bitString, [0], point))
}

function digits(seed: string, size: number): Bytes {
  const found: number[] = []
  for (let block = 0; found.length < size; block++) found.push(...sha256(`${seed} ${block}`))
  return [(found[0] ?? 0) | 128, ...found.slice(1, size)]
}

const odd = (bytes: Bytes): Bytes => [...bytes.slice(0, -1), (bytes.at(-1) ?? 0) | 1]
