/** Certificates of the cluster's authority: issued, and read again (RFC 5280). */
import { fromUtf8, utf8Bytes } from '../api/base64.ts'
import { sha256 } from '../api/sha256.ts'
import { type Bytes, type Element, element, elements, integer, objectId, TAG } from './der.ts'
import { hmac, longSignature } from './hmac.ts'
import { decodePem, encodePem } from './pem.ts'

/** Common name and organisations: a user and its groups. */
export interface Subject {
  readonly name: string
  readonly organizations: readonly string[]
}

/** A subject whose certificate was recognised, and the certificate's fingerprint in hexadecimal digits. */
export interface Certified extends Subject {
  readonly fingerprint: string
}

export interface CertificateRequest {
  readonly subject: Subject
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly until: number
  /** SubjectPublicKeyInfo as the request brings it; without one a key is made up. */
  readonly publicKey?: Bytes
  /** May it sign for others? */
  readonly authority?: boolean
}

const COMMON_NAME = '2.5.4.3'
const ORGANIZATION = '2.5.4.10'
const SHA256_WITH_RSA = element(TAG.sequence, objectId('1.2.840.113549.1.1.11'), element(TAG.nothing))
const RSA = element(TAG.sequence, objectId('1.2.840.113549.1.1.1'), element(TAG.nothing))
const ISSUER: Subject = { name: 'kubernetes', organizations: [] }
const DIGITAL_SIGNATURE_AND_KEY = [5, 0xa0]
const SIGN_CERTIFICATES = [2, 0xa4]

/**
 * A certificate in PEM. It has every part of a real one, but its signature is keyed by `secret` alone: the cluster
 * recognises its own certificates, and nobody else can check them.
 */
export function issueCertificate(secret: string, request: CertificateRequest): string {
  const { subject, from, until, publicKey, authority } = request
  const seed = `${subject.name}\n${subject.organizations.join('\n')}\n${from}`
  const body = element(
    TAG.sequence,
    element(0xa0, integer([2])),
    integer(hmac(secret, seed).slice(0, 8)),
    SHA256_WITH_RSA,
    distinguishedName(ISSUER),
    element(TAG.sequence, time(from), time(until)),
    distinguishedName(subject),
    publicKey ?? madeUpKey(seed),
    element(0xa3, element(TAG.sequence, ...extensions(authority === true))),
  )
  const signature = element(TAG.bitString, [0], longSignature(secret, text(body)))
  return encodePem('CERTIFICATE', element(TAG.sequence, body, SHA256_WITH_RSA, signature))
}

/** Whose certificate this is, if this cluster issued it and it holds at `now`. */
export function certifiedSubject(secret: string, pem: string, now: number): Certified | undefined {
  const [whole] = elements(decodePem('CERTIFICATE', pem) ?? []) ?? []
  const [body, , signature] = (whole && elements(whole.content)) ?? []
  if (!whole || !body || !signature) return undefined
  if (text(signature.content.slice(1)) !== text(longSignature(secret, text(body.whole)))) return undefined
  const [, , , , validity, subject] = elements(body.content) ?? []
  const [from, until] = ((validity && elements(validity.content)) ?? []).map(readTime)
  if (from === undefined || until === undefined || now < from || now > until) return undefined
  const name = subject && readName(subject)
  return name && { ...name, fingerprint: hexadecimal(sha256(text(whole.whole))) }
}

const hexadecimal = (bytes: Bytes): string => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** The subject and public key that a certificate signing request asks for; undefined for what is none. */
export function requestedCertificate(
  pem: string,
): { readonly subject: Subject; readonly publicKey: Bytes } | undefined {
  const [whole] = elements(decodePem('CERTIFICATE REQUEST', pem) ?? []) ?? []
  const [body] = (whole && elements(whole.content)) ?? []
  const [, subject, publicKey] = (body && elements(body.content)) ?? []
  const name = subject && readName(subject)
  return name && publicKey && { subject: name, publicKey: publicKey.whole }
}

const text = (bytes: Bytes): string => bytes.map((byte) => String.fromCharCode(byte)).join('')

function distinguishedName({ name, organizations }: Subject): Bytes {
  const part = (id: string, value: string): Bytes =>
    element(TAG.set, element(TAG.sequence, objectId(id), element(TAG.utf8, [...utf8Bytes(value)])))
  return element(
    TAG.sequence,
    ...organizations.map((organization) => part(ORGANIZATION, organization)),
    part(COMMON_NAME, name),
  )
}

function readName({ content }: Element): Subject | undefined {
  const pairs = (elements(content) ?? []).flatMap((one) =>
    (elements(one.content) ?? []).flatMap((pair) => {
      const [id, value] = elements(pair.content) ?? []
      return id && value ? [{ id: text(id.whole), value: fromUtf8([...value.content]) }] : []
    }),
  )
  const of = (dotted: string) => pairs.filter(({ id }) => id === text(objectId(dotted))).map(({ value }) => value)
  const [name] = of(COMMON_NAME)
  return name === undefined ? undefined : { name, organizations: of(ORGANIZATION) }
}

/** A public key in form alone, for certificates whose holders never sign. */
function madeUpKey(seed: string): Bytes {
  const digests = Array.from({ length: 8 }, (_, index) => sha256(`key ${index} ${sha256(seed).join()}`)).flat()
  const modulus = [(digests[0] ?? 0) | 128, ...digests.slice(1, -1), (digests[255] ?? 0) | 1]
  return element(
    TAG.sequence,
    RSA,
    element(TAG.bitString, [0], element(TAG.sequence, integer(modulus), integer([1, 0, 1]))),
  )
}

function extensions(authority: boolean): readonly Bytes[] {
  const critical = (id: string, value: Bytes): Bytes =>
    element(TAG.sequence, objectId(id), element(TAG.boolean, [255]), element(TAG.octetString, value))
  const usage = element(TAG.bitString, authority ? SIGN_CERTIFICATES : DIGITAL_SIGNATURE_AND_KEY)
  const clients = element(TAG.octetString, element(TAG.sequence, objectId('1.3.6.1.5.5.7.3.2')))
  return [
    critical('2.5.29.15', usage),
    ...(authority ? [] : [element(TAG.sequence, objectId('2.5.29.37'), clients)]),
    critical('2.5.29.19', element(TAG.sequence, ...(authority ? [element(TAG.boolean, [255])] : []))),
  ]
}

/** `261121000000Z`: the century is left out. */
function time(at: number): Bytes {
  const digits = new Date(at).toISOString().replace(/\D/g, '').slice(2, 14)
  return element(TAG.utcTime, [...utf8Bytes(`${digits}Z`)])
}

function readTime({ content }: Element): number {
  const digits = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text(content))?.slice(1).map(Number)
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = digits ?? []
  return digits ? Date.UTC(2000 + year, month - 1, day, hour, minute, second) : Number.NaN
}
