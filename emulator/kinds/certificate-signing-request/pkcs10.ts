import { decodeBase64, fromUtf8 } from '../../api/base64.ts'
import { type DerElement, elementsOf, objectIdentifier, readElement } from './der.ts'

/** Whom a certificate request is for. Names appear as often as the request gives them. */
export interface CertificateRequest {
  readonly subject: ReadonlyMap<string, readonly string[]>
  readonly dnsNames: readonly string[]
  readonly emailAddresses: readonly string[]
  readonly uris: readonly string[]
  readonly ipAddresses: readonly string[]
}

const PEM = /-----BEGIN ([A-Z ]+)-----\s*([A-Za-z0-9+/=\s]+?)-----END \1-----/
const SEQUENCE = 0x30
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14'
const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17'

/** Reads `spec.request`: base64 around PEM around PKCS#10. The error is upstream's (certificates/util ParseCSR). */
export function parseCertificateRequest(request: string): CertificateRequest | { readonly error: string } {
  const pem = PEM.exec(decodeBase64(request) ?? '')
  if (pem?.[1] !== 'CERTIFICATE REQUEST') return { error: 'PEM block type must be CERTIFICATE REQUEST' }
  const info = requestInfo(bytesOf(pem[2] ?? ''))
  if (!info) return { error: 'asn1: structure error: malformed certificate request' }
  const [, subject, , ...attributes] = info
  return { subject: subject ? namesOf(subject) : new Map(), ...alternativeNames(attributes) }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function bytesOf(base64: string): Uint8Array {
  const digits = [...base64].map((sign) => ALPHABET.indexOf(sign)).filter((digit) => digit >= 0)
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const digit of digits) {
    bits = (bits << 6) | digit
    held += 6
    if (held < 8) continue
    held -= 8
    bytes.push((bits >> held) & 0xff)
    bits &= (1 << held) - 1
  }
  return Uint8Array.from(bytes)
}

/** Version, subject, key and attributes. */
function requestInfo(bytes: Uint8Array): readonly DerElement[] | undefined {
  const outer = readElement(bytes)
  const [info] = (outer?.element.tag === SEQUENCE && elementsOf(outer.element.content)) || []
  const parts = info?.tag === SEQUENCE ? elementsOf(info.content) : undefined
  return parts && parts.length >= 3 ? parts : undefined
}

/** A distinguished name by the identifiers of its parts. */
function namesOf(name: DerElement): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>()
  for (const set of elementsOf(name.content) ?? [])
    for (const pair of elementsOf(set.content) ?? []) {
      const [type, value] = elementsOf(pair.content) ?? []
      if (!type || !value) continue
      const key = objectIdentifier(type)
      names.set(key, [...(names.get(key) ?? []), fromUtf8([...value.content])])
    }
  return names
}

function alternativeNames(attributes: readonly DerElement[]): Omit<CertificateRequest, 'subject'> {
  const found = attributes
    .flatMap(({ content }) => elementsOf(content) ?? [])
    .flatMap((attribute) => valuesOf(attribute, EXTENSION_REQUEST))
    .flatMap((set) => elementsOf(set.content) ?? [])
    .flatMap((extensions) => elementsOf(extensions.content) ?? [])
    .flatMap((extension) => valuesOf(extension, SUBJECT_ALTERNATIVE_NAME))
    .flatMap(({ content }) => elementsOf(content) ?? [])
    .flatMap(({ content }) => elementsOf(content) ?? [])
  const texts = (tag: number) => found.filter((each) => each.tag === tag).map(({ content }) => fromUtf8([...content]))
  const addresses = found.filter(({ tag }) => tag === 0x87).map(({ content }) => addressText(content))
  return { dnsNames: texts(0x82), emailAddresses: texts(0x81), uris: texts(0x86), ipAddresses: addresses }
}

/** What follows the identifier in a pair that begins with it (a flag for critical extensions may stand in between). */
function valuesOf(pair: DerElement, identifier: string): readonly DerElement[] {
  const [type, ...rest] = elementsOf(pair.content) ?? []
  if (!type || objectIdentifier(type) !== identifier) return []
  return rest.slice(-1)
}

function addressText(content: Uint8Array): string {
  if (content.length === 4) return [...content].join('.')
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((content[2 * index] ?? 0) << 8) | (content[2 * index + 1] ?? 0)).toString(16),
  )
  return groups.join(':').replace(/(^|:)0(:0)+(:|$)/, '::')
}
