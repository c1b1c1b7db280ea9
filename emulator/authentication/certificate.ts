/** Certificates of the cluster's authority: issued, and read again (RFC 5280). */
import type { Bytes } from './der.ts'
import { type DistinguishedName, valuesOf } from './distinguished-name.ts'
import { hmac } from './hmac.ts'
import { keyFrom, publicKeyOf, signWithSeed } from './private-key.ts'
import { fingerprintOf, readCertificate, readRequest, signCertificate } from './x509.ts'

/** Common name and organisations: a user and its groups. */
export interface Subject {
  readonly name: string
  readonly organizations: readonly string[]
}

/** A subject whose certificate was recognised, and the certificate's fingerprint in hexadecimal digits. */
export interface Certified extends Subject {
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly until: number
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
  /** Whose certificate it is to be signed by; the cluster's own authority, `kubernetes`, by default. */
  readonly issuer?: string
  /** For what a server is reached by, such as `DNS:kubernetes`; without any it is a client's. */
  readonly alternativeNames?: readonly string[]
  /** What it is for; derived if absent. */
  readonly purposes?: readonly string[]
}

/**
 * A certificate in PEM. It has every part of a real one, but its signature is keyed by the authority's key, which
 * follows from `secret` (private-key.ts): the cluster recognises its own certificates, and nobody without that key makes others.
 */
export function issueCertificate(secret: string, request: CertificateRequest): string {
  const { subject, from, until, publicKey, authority = false, issuer = 'kubernetes', alternativeNames = [] } = request
  const key = keyFrom(secret)
  const seed = `${subject.name}\n${subject.organizations.join('\n')}\n${from}`
  const own = authority ? publicKeyOf(key) : publicKeyOf(keyFrom(seed))
  const purpose = alternativeNames.length > 0 ? 'TLS Web Server Authentication' : 'TLS Web Client Authentication'
  const wanted = {
    serial: hmac(secret, seed).slice(0, 8),
    subject: nameOf(subject),
    from,
    until,
    publicKey: publicKey ?? own,
    authority,
    alternativeNames: authority ? [`DNS:${subject.name}`] : alternativeNames,
    usages: ['Digital Signature', 'Key Encipherment', ...(authority ? ['Certificate Sign'] : [])],
    purposes: authority ? [] : (request.purposes ?? [purpose]),
  }
  return signCertificate(wanted, { name: [['CN', issuer]], key })
}

/** Whose certificate this is and when it holds, if this cluster's authority issued it. */
export function readCertified(secret: string, pem: string): Certified | undefined {
  const certificate = readCertificate(pem)
  if (!certificate) return undefined
  if (signWithSeed(secret, certificate.body).join() !== certificate.signature.join()) return undefined
  const subject = subjectOf(certificate.subject)
  const { from, until } = certificate
  return subject && { ...subject, from, until, fingerprint: hexadecimal(fingerprintOf(certificate)) }
}

export const holdsAt = ({ from, until }: Certified, now: number): boolean => from <= now && now <= until

const hexadecimal = (bytes: Bytes): string => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** The subject and public key that a certificate signing request asks for; undefined for what is none. */
export function requestedCertificate(
  pem: string,
): { readonly subject: Subject; readonly publicKey: Bytes; readonly alternativeNames: readonly string[] } | undefined {
  const request = readRequest(pem)
  const subject = request && subjectOf(request.subject)
  return subject && { subject, publicKey: request.publicKey, alternativeNames: request.alternativeNames }
}

function nameOf({ name, organizations }: Subject): DistinguishedName {
  return [...organizations.map((value) => ['O', value] as const), ['CN', name]]
}

function subjectOf(parts: DistinguishedName): Subject | undefined {
  const [name] = valuesOf(parts, 'CN')
  return name === undefined ? undefined : { name, organizations: valuesOf(parts, 'O') }
}
