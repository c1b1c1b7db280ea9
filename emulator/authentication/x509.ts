/**
 * Certificates of servers: made, read and checked (RFC 5280). A signature is keyed by the signer's public key, so that
 * everybody can check it without arithmetic on large numbers; the emulator alone understands it.
 */
import { fromUtf8, utf8Bytes } from '../api/base64.ts'
import { sha256 } from '../api/sha256.ts'
import { type Bytes, type Element, element, elements, integer, objectId, TAG } from './der.ts'
import { longSignature } from './hmac.ts'
import { decodePem, encodePem } from './pem.ts'

/** Attributes in their order: `[['O', 'Acme Co'], ['CN', 'foo.bar.com']]`. */
export type DistinguishedName = readonly (readonly [attribute: string, value: string])[]

export interface CertificateFields {
  readonly subject: DistinguishedName
  readonly issuer: DistinguishedName
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly until: number
  /** Names and addresses that a server is reached by. */
  readonly names: readonly string[]
  readonly addresses: readonly string[]
  /** May it sign for others? */
  readonly authority: boolean
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Bytes
}

export interface Certificate extends CertificateFields {
  readonly pem: string
  /** In hexadecimal digits. */
  readonly serial: string
  /** Did the holder of this key sign it? */
  signedBy(publicKey: Bytes): boolean
}

const ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ['C', '2.5.4.6'],
  ['ST', '2.5.4.8'],
  ['L', '2.5.4.7'],
  ['O', '2.5.4.10'],
  ['OU', '2.5.4.11'],
  ['CN', '2.5.4.3'],
  ['emailAddress', '1.2.840.113549.1.9.1'],
])
const SHA256_WITH_RSA = element(TAG.sequence, objectId('1.2.840.113549.1.1.11'), element(TAG.nothing))
const ALTERNATIVE_NAMES = objectId('2.5.29.17')
const CONSTRAINTS = objectId('2.5.29.19')
const DNS_NAME = 0x82
const IP_ADDRESS = 0x87
const GENERALIZED_TIME = 24
const TWO_DIGIT_YEARS_END = Date.UTC(2050, 0, 1)

/** A certificate in PEM, signed by the holder of `signer` (a public key); its own key makes it self-signed. */
export function createCertificate(fields: CertificateFields, signer: Bytes): string {
  const seed = JSON.stringify([fields.subject, fields.names, fields.from, fields.until, fields.publicKey.slice(-40)])
  const body = element(
    TAG.sequence,
    element(0xa0, integer([2])),
    integer([...sha256(seed).slice(0, 19)].map((byte, index) => (index === 0 ? byte & 127 || 1 : byte))),
    SHA256_WITH_RSA,
    writeName(fields.issuer),
    element(TAG.sequence, writeTime(fields.from), writeTime(fields.until)),
    writeName(fields.subject),
    fields.publicKey,
    element(0xa3, element(TAG.sequence, ...extensions(fields))),
  )
  const signature = element(TAG.bitString, [0], signatureOf(signer, body))
  return encodePem('CERTIFICATE', element(TAG.sequence, body, SHA256_WITH_RSA, signature))
}

/** The first certificate of a PEM text; undefined where there is none that can be read. */
export function readCertificate(pem: string): Certificate | undefined {
  const [whole] = elements(decodePem('CERTIFICATE', pem) ?? []) ?? []
  const [body, , signature] = (whole && elements(whole.content)) ?? []
  const [, serial, , issuer, validity, subject, publicKey, ...rest] = (body && elements(body.content)) ?? []
  const [from, until] = ((validity && elements(validity.content)) ?? []).map(readTime)
  if (!body || !serial || !issuer || !subject || !publicKey || !signature || from === undefined || until === undefined)
    return undefined
  const found = rest.find(({ tag }) => tag === 0xa3)
  const [list] = (found && elements(found.content)) ?? []
  const known = readExtensions((list && elements(list.content)) ?? [])
  return {
    pem: pem.slice(pem.indexOf('-----BEGIN CERTIFICATE-----')).split('-----END CERTIFICATE-----')[0] + END,
    serial: serial.content.map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    issuer: readName(issuer),
    subject: readName(subject),
    from,
    until,
    ...known,
    publicKey: publicKey.whole,
    signedBy: (key) => same(signature.content.slice(1), signatureOf(key, body.whole)),
  }
}

const END = '-----END CERTIFICATE-----\n'

/** Every certificate of a bundle. */
export function readCertificates(pem: string): readonly Certificate[] {
  return pem
    .split('-----BEGIN CERTIFICATE-----')
    .slice(1)
    .flatMap((part) => readCertificate(`-----BEGIN CERTIFICATE-----${part}`) ?? [])
}

/** What is wrong with a server's chain, in OpenSSL's words (crypto/x509/x509_txt.c); undefined if it is to be trusted. */
export function chainProblem(chain: readonly Certificate[], trusted: readonly Certificate[], now: number) {
  const [leaf] = chain
  if (leaf === undefined) return 'unable to get local issuer certificate'
  let current = leaf
  for (let depth = 0; depth < 10; depth++) {
    if (now < current.from) return 'certificate is not yet valid'
    if (now > current.until) return 'certificate has expired'
    if (trusted.some(({ pem }) => pem === current.pem)) return undefined
    const issuers = [...trusted, ...chain].filter((one) => sameName(one.subject, current.issuer) && one !== current)
    const issuer = issuers.find((one) => current.signedBy(one.publicKey))
    if (issuer === undefined) return missingIssuer(current, issuers, depth)
    if (!issuer.authority && !sameName(issuer.subject, issuer.issuer)) return 'invalid CA certificate'
    current = issuer
  }
  return 'certificate chain too long'
}

function missingIssuer(current: Certificate, issuers: readonly Certificate[], depth: number): string {
  if (sameName(current.subject, current.issuer))
    return depth === 0 ? 'self-signed certificate' : 'self-signed certificate in certificate chain'
  return issuers.length > 0 ? 'certificate signature failure' : 'unable to get local issuer certificate'
}

/** Is the server with this certificate called so? Names of subjects count only where there are no others (RFC 6125). */
export function isNamed(certificate: Certificate, host: string): boolean {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return certificate.addresses.includes(host)
  const own = certificate.subject.filter(([attribute]) => attribute === 'CN').map(([, value]) => value)
  const names = certificate.names.length + certificate.addresses.length > 0 ? certificate.names : own
  const asked = host.toLowerCase().replace(/\.$/, '')
  return names.some((name) => {
    const lower = name.toLowerCase()
    return lower === asked || (lower.startsWith('*.') && lower.slice(1) === asked.replace(/^[^.]+/, ''))
  })
}

/** `O=Acme Co; CN=foo.bar.com`, as OpenSSL shows names on one line. */
export const nameText = (name: DistinguishedName, separator = '; '): string =>
  name.map(([attribute, value]) => `${attribute}=${value}`).join(separator)

export const sameName = (a: DistinguishedName, b: DistinguishedName): boolean => nameText(a) === nameText(b)

const text = (bytes: Bytes): string => bytes.map((byte) => String.fromCharCode(byte)).join('')
const same = (a: Bytes, b: Bytes): boolean => text(a) === text(b)
const signatureOf = (key: Bytes, body: Bytes): Bytes => longSignature(text(key), text(body))

function writeName(name: DistinguishedName): Bytes {
  const parts = name.flatMap(([attribute, value]) => {
    const id = ATTRIBUTES.get(attribute)
    if (id === undefined) return []
    const pair = element(TAG.sequence, objectId(id), element(TAG.utf8, [...utf8Bytes(value)]))
    return [element(TAG.set, pair)]
  })
  return element(TAG.sequence, ...parts)
}

function readName({ content }: Element): DistinguishedName {
  return (elements(content) ?? []).flatMap((set) =>
    (elements(set.content) ?? []).flatMap((pair): DistinguishedName => {
      const [id, value] = elements(pair.content) ?? []
      const known = [...ATTRIBUTES].find(([, dotted]) => id !== undefined && same(id.whole, objectId(dotted)))
      return known && value ? [[known[0], fromUtf8([...value.content])]] : []
    }),
  )
}

function extensions({ authority, names, addresses }: CertificateFields): readonly Bytes[] {
  const flag = element(TAG.sequence, ...(authority ? [element(TAG.boolean, [255])] : []))
  const constraints = element(TAG.sequence, CONSTRAINTS, element(TAG.boolean, [255]), element(TAG.octetString, flag))
  if (names.length + addresses.length === 0) return [constraints]
  const list = element(
    TAG.sequence,
    ...names.map((name) => element(DNS_NAME, [...utf8Bytes(name)])),
    ...addresses.map((address) => element(IP_ADDRESS, address.split('.').map(Number))),
  )
  return [constraints, element(TAG.sequence, ALTERNATIVE_NAMES, element(TAG.octetString, list))]
}

function readExtensions(list: readonly Element[]): Pick<Certificate, 'names' | 'addresses' | 'authority'> {
  const contentOf = (id: Bytes): readonly Element[] => {
    const parts = list.map((one) => elements(one.content) ?? []).find(([first]) => first && same(first.whole, id))
    const [value] = elements(parts?.at(-1)?.content ?? []) ?? []
    return (value && elements(value.content)) ?? []
  }
  const names = contentOf(ALTERNATIVE_NAMES)
  return {
    names: names.filter(({ tag }) => tag === DNS_NAME).map(({ content }) => text(content)),
    addresses: names.filter(({ tag }) => tag === IP_ADDRESS).map(({ content }) => content.join('.')),
    authority: contentOf(CONSTRAINTS).some(({ tag, content }) => tag === TAG.boolean && content[0] === 255),
  }
}

/** `261121000000Z` until 2049, with the century from then on. */
function writeTime(at: number): Bytes {
  const digits = new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)
  const late = at >= TWO_DIGIT_YEARS_END
  return element(late ? GENERALIZED_TIME : TAG.utcTime, [...utf8Bytes(`${late ? digits : digits.slice(2)}Z`)])
}

function readTime({ tag, content }: Element): number {
  const written = text(content)
  const year = Number(written.slice(0, 2))
  const whole = tag === GENERALIZED_TIME ? written : `${year < 50 ? 20 : 19}${written}`
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(whole)
  if (match === null) return Number.NaN
  const [full = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number)
  return Date.UTC(full, month - 1, day, hour, minute, second)
}
