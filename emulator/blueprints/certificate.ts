/** Certificates as kubeadm makes them. */
import { issueCertificate } from '../authentication/certificate.ts'

const YEAR = 365 * 86_400_000

/** What the certificates of a blueprint's clusters are signed with. */
export const authorityOf = (blueprint: string): string => `certificate authority of ${blueprint}`

/** The cluster's own, which signs the others. */
export const authorityCertificate = (blueprint: string): string =>
  issueCertificate(authorityOf(blueprint), {
    subject: { name: 'kubernetes', organizations: [] },
    from: Date.UTC(2026, 0, 1),
    until: Date.UTC(2036, 0, 1),
    authority: true,
  })

/** kubernetes-admin's. Kubeadm's lasts a year; this one as long as anybody may come back to a cluster. */
export const adminCertificate = (blueprint: string, born: number): string =>
  issueCertificate(authorityOf(blueprint), {
    subject: { name: 'kubernetes-admin', organizations: ['kubeadm:cluster-admins'] },
    from: born - YEAR / 365,
    until: born + 10 * YEAR,
  })

/** Text in the form of a private key; nothing is signed with it. */
export function privateKey(seed: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  let state = 0x811c9dc5
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193)
  const lines = Array.from({ length: 25 }, () => {
    let line = ''
    while (line.length < 64) {
      state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5
      line += alphabet[(state >>> 8) & 63]
    }
    return line
  })
  return `-----BEGIN RSA PRIVATE KEY-----\nMIIE${lines.join('\n').slice(4)}\n-----END RSA PRIVATE KEY-----\n`
}
