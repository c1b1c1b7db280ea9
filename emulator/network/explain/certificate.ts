import { nameText } from '../../authentication/distinguished-name.ts'
import { readCertificate } from '../../authentication/x509.ts'
import type { Reason } from '../reasons.ts'
import type { Explanation } from './explanation.ts'

/** What clients find wrong, in the words of OpenSSL, libcurl and Go's crypto/x509. */
const FINDINGS: readonly (readonly [RegExp, Reason])[] = [
  [/expired|not yet valid/, 'certificate-outdated'],
  [/self-signed/, 'certificate-self-signed'],
  [/local issuer|unknown authority/, 'certificate-unknown-issuer'],
  [/name|valid for/, 'certificate-other-name'],
]

/** Why a client hangs up when it has seen a certificate; `distrust` is what it finds wrong. */
export function explainRefusedCertificate(pem: string, host: string, distrust: string): Explanation {
  const certificate = readCertificate(pem)
  const code = FINDINGS.find(([words]) => words.test(distrust))?.[1]
  if (certificate === undefined || code === undefined) return { code: 'certificate-refused', params: {} }
  const { names, addresses, subject, issuer, until, from } = certificate
  return {
    code,
    params: {
      host,
      names: [...names, ...addresses].join(', ') || nameText(subject),
      subject: nameText(subject),
      issuer: nameText(issuer),
      from: new Date(from).toISOString(),
      until: new Date(until).toISOString(),
    },
  }
}
