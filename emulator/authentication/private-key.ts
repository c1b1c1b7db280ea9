/** RSA keys in form alone (RFC 8017, RFC 5208): what is signed with one is keyed by it, in the length of RSA's signatures. */
import { type Bytes, type Element, element, elements, integer, objectId, TAG } from './der.ts'
import { hmac, longSignature } from './hmac.ts'
import { decodePem, encodePem } from './pem.ts'

export interface Key {
  readonly modulus: Bytes
  /** The private exponent: who has it can sign. */
  readonly exponent: Bytes
}

const SECRET_LENGTH = 32
const RSA = element(TAG.sequence, objectId('1.2.840.113549.1.1.1'), element(TAG.nothing))
const PUBLIC_EXPONENT: Bytes = [1, 0, 1]

const text = (bytes: Bytes): string => bytes.map((byte) => String.fromCharCode(byte)).join('')

/** The same key for the same seed; 2048 bits, or another multiple of 256. */
export function keyFrom(seed: string, bits = 2048): Key {
  const filler = Array.from({ length: bits / 256 }, (_, index) => hmac(seed, `modulus ${index}`)).flat()
  const [first = 0, ...rest] = filler
  return {
    modulus: [first | 128, ...rest.slice(0, -1), (rest.at(-1) ?? 0) | 1],
    exponent: [...secretOf(seed), ...rest.slice(0, bits / 8 - SECRET_LENGTH)],
  }
}

function secretOf(seed: string): Bytes {
  const [first = 0, ...rest] = hmac(seed, 'private exponent')
  return [(first & 63) | 64, ...rest]
}

/** 256 bytes that nobody makes without the key. */
export const signWith = ({ exponent }: Pick<Key, 'exponent'>, body: Bytes): Bytes =>
  longSignature(text(exponent.slice(0, SECRET_LENGTH)), text(body))

/** What the key of this seed signs, without the work of making it all. */
export const signWithSeed = (seed: string, body: Bytes): Bytes => signWith({ exponent: secretOf(seed) }, body)

/** SubjectPublicKeyInfo. */
export function publicKeyOf({ modulus }: Key): Bytes {
  const numbers = element(TAG.sequence, integer(modulus), integer(PUBLIC_EXPONENT))
  return element(TAG.sequence, RSA, element(TAG.bitString, [0], numbers))
}

function privateNumbers({ modulus, exponent }: Key): Bytes {
  const half = modulus.length / 2
  const parts = [modulus.slice(0, half), modulus.slice(half), exponent.slice(0, half), exponent.slice(half)]
  const numbers = [[], modulus, PUBLIC_EXPONENT, exponent, ...parts, exponent.slice(0, half)]
  return element(TAG.sequence, ...numbers.map(integer))
}

/** `-----BEGIN PRIVATE KEY-----`, or `RSA PRIVATE KEY` in the traditional form (kubeadm, openssl -traditional). */
export function keyPem(key: Key, form: 'pkcs8' | 'traditional' = 'pkcs8'): string {
  if (form === 'traditional') return encodePem('RSA PRIVATE KEY', privateNumbers(key))
  const wrapped = element(TAG.sequence, integer([]), RSA, element(TAG.octetString, privateNumbers(key)))
  return encodePem('PRIVATE KEY', wrapped)
}

/** A key from PEM of either form; undefined for what is none (an encrypted one, one of another algorithm). */
export function readKey(pem: string): Key | undefined {
  const traditional = decodePem('RSA PRIVATE KEY', pem)
  if (traditional) return keyOf(elements(traditional)?.[0])
  const [whole] = elements(decodePem('PRIVATE KEY', pem) ?? []) ?? []
  const [, , wrapped] = (whole && elements(whole.content)) ?? []
  return keyOf(elements(wrapped?.content ?? [])?.[0])
}

function keyOf(numbers: Element | undefined): Key | undefined {
  const [, modulus, , exponent] = (numbers?.tag === TAG.sequence && elements(numbers.content)) || []
  if (!modulus || !exponent) return undefined
  return { modulus: unsigned(modulus.content), exponent: unsigned(exponent.content) }
}

export const unsigned = (bytes: Bytes): Bytes => (bytes.length > 1 && bytes[0] === 0 ? bytes.slice(1) : bytes)

/** The modulus of a SubjectPublicKeyInfo; undefined where the key is not RSA's. */
export function modulusOf(publicKey: Bytes): Bytes | undefined {
  const [, bits] = elements(elements(publicKey)?.[0]?.content ?? []) ?? []
  const [numbers] = elements(bits?.content.slice(1) ?? []) ?? []
  const [modulus] = (numbers?.tag === TAG.sequence && elements(numbers.content)) || []
  return modulus && unsigned(modulus.content)
}
