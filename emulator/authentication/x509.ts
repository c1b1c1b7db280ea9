/**
 * Certificates and requests of anybody: made with a key, and read again (RFC 5280, RFC 2986). They have every part of
 * real ones; signatures are keyed by the signer's private key instead of computed with it (private-key.ts).
 */
import { fromUtf8, utf8Bytes } from '../api/base64.ts'
import { sha256 } from '../api/sha256.ts'
import { type Bytes, type Element, element, elements, integer, objectId, TAG } from './der.ts'
import { type DistinguishedName, encodeName, readName } from './distinguished-name.ts'
import { type Extensions, encodeExtensions, NO_EXTENSIONS, readExtensions } from './extensions.ts'
import { decodePem, encodePem } from './pem.ts'
import { type Key, publicKeyOf, signWith, unsigned } from './private-key.ts'

export interface Certificate extends Extensions {
  readonly pem: string
  /** In hexadecimal digits. */
  readonly serial: string
  readonly issuer: DistinguishedName
  readonly subject: DistinguishedName
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly until: number
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Bytes
  readonly signature: Bytes
  /** What is signed. */
  readonly body: Bytes
  readonly whole: Bytes
  /** Alternative names that are host names, and those that are addresses. */
  readonly names: readonly string[]
  readonly addresses: readonly string[]
}

export interface Request extends Extensions {
  readonly subject: DistinguishedName
  readonly publicKey: Bytes
  readonly whole: Bytes
}

export interface Wanted extends Partial<Pick<Extensions, 'alternativeNames' | 'authority' | 'usages' | 'purposes'>> {
  readonly serial: Bytes
  readonly subject: DistinguishedName
  readonly from: number
  readonly until: number
  readonly publicKey: Bytes
}

/** Who signs: itself, if the key is the one of the certificate. */
export interface Signer {
  readonly name: DistinguishedName
  readonly key: Key
  /** Its public key, if it is not the key's own. */
  readonly publicKey?: Bytes
}

const SHA256_WITH_RSA = element(TAG.sequence, objectId('1.2.840.113549.1.1.11'), element(TAG.nothing))
const EXTENSION_REQUEST = objectId('1.2.840.113549.1.9.14')
const GENERALIZED_TIME = 24
const FIRST_YEAR_WRITTEN_OUT = 2050

const text = (bytes: Bytes): string => bytes.map((byte) => String.fromCharCode(byte)).join('')

/** What names a key in extensions: 20 bytes of its digest. */
export const keyIdOf = (publicKey: Bytes): Bytes => sha256(text(publicKey)).slice(0, 20)

const hexadecimal = (bytes: Bytes): string => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')

const alternativeNames = ({ alternativeNames: all }: Extensions, kind: string): readonly string[] =>
  all.filter((name) => name.startsWith(kind)).map((name) => name.slice(kind.length))

export const fingerprintOf = ({ whole }: Pick<Certificate, 'whole'>): Bytes => sha256(text(whole))

/** A certificate in PEM. */
export function signCertificate(wanted: Wanted, signer: Signer): string {
  const { alternativeNames = [], authority, usages = [], purposes = [] } = wanted
  const extensions = encodeExtensions({
    alternativeNames,
    authority,
    usages,
    purposes,
    subjectKeyId: keyIdOf(wanted.publicKey),
    authorityKeyId: keyIdOf(signer.publicKey ?? publicKeyOf(signer.key)),
  })
  const body = element(
    TAG.sequence,
    element(0xa0, integer([2])),
    integer(wanted.serial),
    SHA256_WITH_RSA,
    encodeName(signer.name),
    element(TAG.sequence, time(wanted.from), time(wanted.until)),
    encodeName(wanted.subject),
    wanted.publicKey,
    element(0xa3, element(TAG.sequence, ...extensions)),
  )
  const signature = element(TAG.bitString, [0], signWith(signer.key, body))
  return encodePem('CERTIFICATE', element(TAG.sequence, body, SHA256_WITH_RSA, signature))
}

/** A request for a certificate, in PEM (PKCS#10). */
export function makeRequest(
  subject: DistinguishedName,
  key: Key,
  wanted: Pick<Partial<Extensions>, 'alternativeNames' | 'authority' | 'usages' | 'purposes'> = {},
): string {
  const extensions = encodeExtensions({ ...NO_EXTENSIONS, ...wanted })
  const attribute =
    extensions.length === 0
      ? []
      : [element(TAG.sequence, EXTENSION_REQUEST, element(TAG.set, element(TAG.sequence, ...extensions)))]
  const body = element(TAG.sequence, integer([]), encodeName(subject), publicKeyOf(key), element(0xa0, ...attribute))
  const signature = element(TAG.bitString, [0], signWith(key, body))
  return encodePem('CERTIFICATE REQUEST', element(TAG.sequence, body, SHA256_WITH_RSA, signature))
}

/** The first certificate in a text; undefined where there is none that can be read. */
export function readCertificate(pem: string): Certificate | undefined {
  const [whole] = elements(decodePem('CERTIFICATE', pem) ?? []) ?? []
  const [body, , signature] = (whole && elements(whole.content)) ?? []
  const [version, serial, , issuer, validity, subject, publicKey, ...rest] = (body && elements(body.content)) ?? []
  if (!whole || !body || !signature || !version || !serial || !issuer || !validity || !subject || !publicKey)
    return undefined
  const [from, until] = (elements(validity.content) ?? []).map(readTime)
  if (from === undefined || until === undefined || Number.isNaN(from) || Number.isNaN(until)) return undefined
  const extensions = readExtensions(rest.find(({ tag }) => tag === 0xa3))
  return {
    pem: encodePem('CERTIFICATE', whole.whole),
    serial: hexadecimal(unsigned(serial.content)),
    issuer: readName(issuer),
    subject: readName(subject),
    from,
    until,
    publicKey: publicKey.whole,
    signature: signature.content.slice(1),
    body: body.whole,
    whole: whole.whole,
    ...extensions,
    names: alternativeNames(extensions, 'DNS:'),
    addresses: alternativeNames(extensions, 'IP Address:'),
  }
}

/** Each certificate of a file, in order. */
export function readCertificates(pem: string): readonly Certificate[] {
  return certificateTexts(pem).flatMap((block) => readCertificate(block) ?? [])
}

/** The blocks of a file that say that they are certificates. */
export function certificateTexts(pem: string): readonly string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n?/g) ?? []
}

export function readRequest(pem: string): Request | undefined {
  const [whole] = elements(decodePem('CERTIFICATE REQUEST', pem) ?? []) ?? []
  const [body] = (whole && elements(whole.content)) ?? []
  const [, subject, publicKey, attributes] = (body && elements(body.content)) ?? []
  if (!whole || !subject || !publicKey) return undefined
  const asked = (elements(attributes?.content ?? []) ?? []).map(({ content }) => elements(content) ?? [])
  const [, set] = asked.find(([id]) => id && text(id.whole) === text(EXTENSION_REQUEST)) ?? []
  return { subject: readName(subject), publicKey: publicKey.whole, whole: whole.whole, ...readExtensions(set) }
}

/** `261121000000Z`: the century is left out, as long as everybody knows which. */
function time(at: number): Bytes {
  const digits = new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)
  if (new Date(at).getUTCFullYear() >= FIRST_YEAR_WRITTEN_OUT)
    return element(GENERALIZED_TIME, [...utf8Bytes(`${digits}Z`)])
  return element(TAG.utcTime, [...utf8Bytes(`${digits.slice(2)}Z`)])
}

function readTime({ tag, content }: Element): number {
  const digits = fromUtf8([...content])
  const whole = tag === GENERALIZED_TIME ? digits : `${Number(digits.slice(0, 2)) < 50 ? '20' : '19'}${digits}`
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(whole)?.slice(1).map(Number)
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts ?? []
  return parts ? Date.UTC(year, month - 1, day, hour, minute, second) : Number.NaN
}
