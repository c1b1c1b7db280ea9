import { type Certificate, modulusOf, nameText, type readRequest } from '../../../emulator/index.ts'

type Named = Certificate['subject']
type Request = NonNullable<ReturnType<typeof readRequest>>

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Nov 21 00:00:00 2026 GMT` */
export function dateText(at: number): string {
  const date = new Date(at)
  const day = String(date.getUTCDate()).padStart(2)
  return `${MONTHS[date.getUTCMonth()]} ${day} ${date.toISOString().slice(11, 19)} ${date.getUTCFullYear()} GMT`
}

/** `O = Acme, CN = shop`, as OpenSSL 3.0 to 3.1 and Ubuntu 24.04's 3.0.13 print names. */
export const subjectText = (name: Named): string => nameText(name, ', ', ' = ')

const hexadecimal = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':')

function block(bytes: readonly number[], indent: number, perLine: number): string {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += perLine) {
    const more = at + perLine < bytes.length ? ':' : ''
    lines.push(`${' '.repeat(indent)}${hexadecimal(bytes.slice(at, at + perLine))}${more}`)
  }
  return lines.join('\n')
}

function keyLines(publicKey: readonly number[]): readonly string[] {
  const modulus = modulusOf(publicKey)
  if (modulus === undefined) return ['            Unable to load Public Key']
  return [
    '            Public Key Algorithm: rsaEncryption',
    `                Public-Key: (${modulus.length * 8} bit)`,
    '                Modulus:',
    block([0, ...modulus], 20, 15),
    '                Exponent: 65537 (0x10001)',
  ]
}

function extensionLines(of: Certificate | Request, indent: string): readonly string[] {
  const value = (text: string): string => `${indent}    ${text}`
  const { usages, purposes, authority, subjectKeyId, authorityKeyId, alternativeNames } = of
  const key = (bytes: readonly number[]): string => hexadecimal(bytes).toUpperCase()
  return [
    ...(usages.length > 0 ? [`${indent}X509v3 Key Usage: critical`, value(usages.join(', '))] : []),
    ...(purposes.length > 0 ? [`${indent}X509v3 Extended Key Usage: `, value(purposes.join(', '))] : []),
    ...(authority === undefined
      ? []
      : [`${indent}X509v3 Basic Constraints: critical`, value(`CA:${authority ? 'TRUE' : 'FALSE'}`)]),
    ...(subjectKeyId ? [`${indent}X509v3 Subject Key Identifier: `, value(key(subjectKeyId))] : []),
    ...(authorityKeyId ? [`${indent}X509v3 Authority Key Identifier: `, value(key(authorityKeyId))] : []),
    ...(alternativeNames.length > 0
      ? [`${indent}X509v3 Subject Alternative Name: `, value(alternativeNames.join(', '))]
      : []),
  ]
}

const EXTENSIONS = new Map([
  ['subjectAltName', 'X509v3 Subject Alternative Name'],
  ['keyUsage', 'X509v3 Key Usage'],
  ['extendedKeyUsage', 'X509v3 Extended Key Usage'],
  ['basicConstraints', 'X509v3 Basic Constraints'],
  ['subjectKeyIdentifier', 'X509v3 Subject Key Identifier'],
  ['authorityKeyIdentifier', 'X509v3 Authority Key Identifier'],
])

/** `openssl x509 -ext NAME,…`: in the order in which they stand in the certificate. */
export function extensionsText(certificate: Certificate, names: readonly string[]): string {
  const wanted = names.flatMap((name) => EXTENSIONS.get(name) ?? [])
  const lines = extensionLines(certificate, '')
  const found = lines.filter((_, at) => wanted.some((title) => lines[at - (at % 2)]?.startsWith(`${title}:`)))
  return found.map((line) => `${line}\n`).join('')
}

/** `openssl x509 -text`. */
export function certificateText(certificate: Certificate): string {
  const { serial, issuer, from, until, subject, publicKey, signature } = certificate
  const number = serial.match(/../g)?.join(':') ?? ''
  return `${[
    'Certificate:',
    '    Data:',
    '        Version: 3 (0x2)',
    ...(serial.length > 16
      ? ['        Serial Number:', `            ${number}`]
      : [`        Serial Number: ${BigInt(`0x${serial}`)} (0x${BigInt(`0x${serial}`).toString(16)})`]),
    '        Signature Algorithm: sha256WithRSAEncryption',
    `        Issuer: ${subjectText(issuer)}`,
    '        Validity',
    `            Not Before: ${dateText(from)}`,
    `            Not After : ${dateText(until)}`,
    `        Subject: ${subjectText(subject)}`,
    '        Subject Public Key Info:',
    ...keyLines(publicKey),
    '        X509v3 extensions:',
    ...extensionLines(certificate, '            '),
    '    Signature Algorithm: sha256WithRSAEncryption',
    '    Signature Value:',
    block(signature, 8, 18),
  ].join('\n')}\n`
}

/** `openssl req -text`. */
export function requestText(request: Request): string {
  const asked = extensionLines(request, '                ')
  return `${[
    'Certificate Request:',
    '    Data:',
    '        Version: 1 (0x0)',
    `        Subject: ${subjectText(request.subject)}`,
    '        Subject Public Key Info:',
    ...keyLines(request.publicKey),
    '        Attributes:',
    ...(asked.length > 0 ? ['            Requested Extensions:', ...asked] : ['            (none)']),
    '    Signature Algorithm: sha256WithRSAEncryption',
  ].join('\n')}\n`
}
