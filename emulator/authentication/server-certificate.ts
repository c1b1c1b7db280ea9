import { sha256 } from '../api/sha256.ts'
import type { Bytes } from './der.ts'
import type { DistinguishedName } from './distinguished-name.ts'
import { signCertificate } from './x509.ts'

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

/** A certificate in PEM, signed in the name of a public key; its own key makes it self-signed. */
export function createCertificate(fields: CertificateFields, signer: Bytes): string {
  const { subject, issuer, from, until, names, addresses, authority, publicKey } = fields
  const seed = JSON.stringify([subject, names, from, until, publicKey.slice(-40)])
  const serial = [...sha256(seed).slice(0, 19)].map((byte, index) => (index === 0 ? byte & 127 || 1 : byte))
  const alternativeNames = [
    ...names.map((name) => `DNS:${name}`),
    ...addresses.map((address) => `IP Address:${address}`),
  ]
  const wanted = { serial, subject, from, until, publicKey, authority, alternativeNames }
  return signCertificate(wanted, { name: issuer, key: { modulus: [], exponent: signer.slice(-40) }, publicKey: signer })
}
