/** Keys of servers as they stand in files. */
import type { Bytes } from './der.ts'
import { keyFrom, keyPem, publicKeyOf as publicPart, readKey } from './private-key.ts'

/** A new private key in PEM (PKCS #8), the same for the same seed. */
export const createKey = (seed: string, bits = 2048): string => keyPem(keyFrom(seed, bits))

/** SubjectPublicKeyInfo of a private key in PEM; undefined for what is none. */
export function publicKeyOf(pem: string): Bytes | undefined {
  const key = readKey(pem)
  return key && publicPart(key)
}
