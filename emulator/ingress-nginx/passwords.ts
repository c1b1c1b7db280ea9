import { decodeBase64 } from '../api/base64.ts'
import { md5 } from '../controllers/md5.ts'
import type { Secret } from '../generated/types.ts'
import type { Annotations } from './annotations.ts'
import { secretText } from './certificates.ts'

interface Sources {
  secret(namespace: string, name: string): Secret | undefined
}

/** The password file of an Ingress with `auth-type: basic`; undefined without. A missing Secret denies everything. */
export function passwordsOf(
  annotations: Annotations,
  namespace: string,
  sources: Sources,
): { readonly lines?: string; readonly problem?: string } | undefined {
  if (annotations.text('auth-type') !== 'basic') return undefined
  const written = annotations.text('auth-secret')
  if (written === undefined)
    return { problem: 'error reading secret name from annotation: ingress rule without annotations' }
  const [first = '', second] = written.split('/')
  const key = second === undefined ? `${namespace}/${first}` : written
  const secret = second === undefined ? sources.secret(namespace, first) : sources.secret(first, second)
  if (secret === undefined)
    return { problem: `unexpected error reading secret ${key}: no object matching key "${key}" in local store` }
  if (annotations.text('auth-secret-type') === 'auth-map') {
    const names = Object.keys(secret.data ?? {})
    return { lines: names.map((name) => `${name}:${secretText(secret, name)?.trim() ?? ''}\n`).join('') }
  }
  const lines = secretText(secret, 'auth')
  return lines === undefined ? { problem: `the secret ${key} does not contain a key with value auth` } : { lines }
}

/** Whose name and password an Authorization header brings; undefined if the file does not know them. */
export function authenticatedUser(header: string | undefined, lines: string): string | undefined {
  const given = /^Basic\s+(\S+)$/i.exec(header ?? '')?.[1]
  if (given === undefined) return undefined
  const pair = decodeBase64(given) ?? ''
  const cut = pair.indexOf(':')
  const name = pair.slice(0, cut)
  const password = pair.slice(cut + 1)
  const known = lines
    .split('\n')
    .map((line) => line.trim())
    .find((line) => cut > 0 && line.startsWith(`${name}:`))
  return known !== undefined && isPassword(password, known.slice(name.length + 1)) ? name : undefined
}

/** Hashes of htpasswd that nginx takes: apr1 (its default) and plain text. */
function isPassword(password: string, hash: string): boolean {
  const salted = /^\$apr1\$([^$]{1,8})\$(.{22})$/.exec(hash)
  if (salted) return apr1(password, salted[1] ?? '') === salted[2]
  if (hash.startsWith('{PLAIN}')) return hash.slice(7) === password
  return false
}

const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Apache's MD5 for passwords (apr_md5.c): a thousand rounds over password and salt. */
function apr1(password: string, salt: string): string {
  let digest = digestOf(password + salt + password)
  let text = `${password}$apr1$${salt}`
  for (let left = password.length; left > 0; left -= 16) text += digest.slice(0, Math.min(16, left))
  for (let bits = password.length; bits > 0; bits >>= 1) text += bits & 1 ? '\0' : (password[0] ?? '')
  digest = digestOf(text)
  for (let round = 0; round < 1000; round++) {
    let next = round & 1 ? password : digest
    if (round % 3) next += salt
    if (round % 7) next += password
    digest = digestOf(next + (round & 1 ? digest : password))
  }
  const byte = (index: number): number => digest.charCodeAt(index)
  const groups = [0, 1, 2, 3, 4].map((i) => (byte(i) << 16) | (byte(i + 6) << 8) | byte(i === 4 ? 5 : i + 12))
  return groups.map((value) => letters(value, 4)).join('') + letters(byte(11), 2)
}

/** MD5 as a text of bytes. */
const digestOf = (text: string): string =>
  (md5(text).match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join('')

function letters(value: number, count: number): string {
  let result = ''
  for (let left = count; left > 0; left--, value >>>= 6) result += ALPHABET[value & 63] ?? ''
  return result
}
