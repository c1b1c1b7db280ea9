import { expect, test } from 'vitest'
import { keyFrom, publicKeyOf } from '../../authentication/private-key.ts'
import { signCertificate } from '../../authentication/x509.ts'
import { renderReason } from '../reasons.ts'
import { explainRefusedCertificate } from './certificate.ts'

const key = keyFrom('shop')
const subject = [['CN', 'shop']] as const
const pem = signCertificate(
  {
    serial: [1],
    subject,
    from: Date.UTC(2026, 10, 21),
    until: Date.UTC(2027, 10, 21),
    publicKey: publicKeyOf(key),
    alternativeNames: ['DNS:shop.example'],
  },
  { name: [['CN', 'My Root']], key: keyFrom('root') },
)

test.each([
  ['SSL certificate problem: certificate has expired', 'certificate-outdated', 'to 2027-11-21T00:00:00.000Z only'],
  ['SSL certificate problem: self-signed certificate', 'certificate-self-signed', 'The certificate CN=shop'],
  ['SSL certificate problem: unable to get local issuer certificate', 'certificate-unknown-issuer', 'CN=My Root'],
  ['certificate signed by unknown authority', 'certificate-unknown-issuer', 'CN=My Root'],
  [
    "SSL: no alternative certificate subject name matches target host name 'other.example'",
    'certificate-other-name',
    'for shop.example, which is not other.example',
  ],
  ['something new', 'certificate-refused', 'does not trust'],
] as const)('%s', (distrust, code, told) => {
  const explained = explainRefusedCertificate(pem, 'other.example', distrust)
  expect(explained.code).toBe(code)
  expect(renderReason(explained.code, explained.params)).toContain(told)
})
