/** Keyed signatures over texts of bytes (RFC 2104 with SHA-256). */
import { sha256 } from '../api/sha256.ts'

const BLOCK = 64
const INNER = 0x36
const OUTER = 0x5c

const text = (bytes: readonly number[]): string => String.fromCharCode(...bytes)

/** HMAC-SHA-256 of `message`; each character of both texts is one byte. */
export function hmac(key: string, message: string): readonly number[] {
  return keyed(key)(message)
}

function keyed(key: string): (message: string) => readonly number[] {
  const short = key.length > BLOCK ? text(sha256(key)) : key
  const padded = (mask: number): string =>
    text(Array.from({ length: BLOCK }, (_, index) => (index < short.length ? short.charCodeAt(index) : 0) ^ mask))
  const [inner, outer] = [padded(INNER), padded(OUTER)]
  return (message) => sha256(outer + text(sha256(inner + message)))
}

/** As many signature bytes as an RSA key of 2048 bits gives: 256. */
export function longSignature(key: string, message: string): readonly number[] {
  const sign = keyed(key)
  const digest = text(sign(message))
  return Array.from({ length: 8 }, (_, index) => sign(String.fromCharCode(index) + digest)).flat()
}
