/** Certificates as kubeadm makes them. */
import { issueCertificate } from '../authentication/certificate.ts'
import { keyFrom, publicKeyOf } from '../authentication/private-key.ts'

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
    publicKey: publicKeyOf(keyFrom(adminKeySeed)),
  })

/** What kubernetes-admin's key follows from. */
export const adminKeySeed = 'kubernetes-admin'
