/** Bytes as PEM blocks (RFC 7468). */
import type { Bytes } from './der.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const LINE = 64

/** `-----BEGIN CERTIFICATE-----` and so on. */
export function encodePem(label: string, bytes: Bytes): string {
  let body = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.slice(i, i + 3)
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0)
    const at = (shift: number): string => ALPHABET[(bits >> shift) & 63] ?? ''
    body += at(18) + at(12) + (b === undefined ? '=' : at(6)) + (c === undefined ? '=' : at(0))
  }
  const lines = body.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

/** The bytes of the first block of this label; undefined where there is none. */
export function decodePem(label: string, text: string): Bytes | undefined {
  const body = text.split(`-----BEGIN ${label}-----`)[1]?.split(`-----END ${label}-----`)[0]
  if (body === undefined) return undefined
  const bytes: number[] = []
  let bits = 0
  let count = 0
  for (const character of body.replace(/[\s=]/g, '')) {
    const value = ALPHABET.indexOf(character)
    if (value < 0) return undefined
    bits = ((bits << 6) | value) & 0xffffff
    count += 6
    if (count < 8) continue
    count -= 8
    bytes.push((bits >> count) & 255)
  }
  return bytes
}
