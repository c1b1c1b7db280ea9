import { nameText } from '../../authentication/distinguished-name.ts'
import { isNamed, isSelfSigned } from '../../authentication/verify.ts'
import { readCertificate } from '../../authentication/x509.ts'
import type { Explanation } from './explanation.ts'

/** Why a client hangs up when it has seen a certificate: a name, a date, or who signed it. */
export function explainRefusedCertificate(pem: string, host: string, now: number): Explanation {
  const certificate = readCertificate(pem)
  if (certificate === undefined) return { code: 'certificate-refused', params: {} }
  const { names, addresses, subject, issuer, until, from } = certificate
  const params = {
    host,
    names: [...names, ...addresses].join(', ') || nameText(subject),
    subject: nameText(subject),
    issuer: nameText(issuer),
  }
  if (now > until || now < from) {
    const dates = { from: new Date(from).toISOString(), until: new Date(until).toISOString() }
    return { code: 'certificate-outdated', params: { ...params, ...dates } }
  }
  if (isSelfSigned(certificate)) return { code: 'certificate-self-signed', params }
  if (isNamed(certificate, host)) return { code: 'certificate-unknown-issuer', params }
  return { code: 'certificate-other-name', params }
}
