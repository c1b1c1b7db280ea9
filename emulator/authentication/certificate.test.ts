import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holdsAt, issueCertificate, readCertified, requestedCertificate } from './certificate.ts'
import { decodePem, encodePem } from './pem.ts'

const from = Date.UTC(2026, 10, 21)
const until = Date.UTC(2027, 10, 21)
const subject = { name: 'jane', organizations: ['dev', 'ops'] }

test('what is issued reads as a certificate everywhere', () => {
  const certificate = new X509Certificate(issueCertificate('secret', { subject, from, until }))
  expect(certificate.subject).toBe('O=dev\nO=ops\nCN=jane')
  expect(certificate.issuer).toBe('CN=kubernetes')
  expect(Date.parse(certificate.validTo)).toBe(until)
  expect(certificate.publicKey.asymmetricKeyType).toBe('rsa')
})

test('a certificate holds for its cluster and its time', () => {
  const pem = issueCertificate('secret', { subject, from, until })
  const certified = readCertified('secret', pem)
  if (!certified) throw new Error('The certificate was not recognised.')
  expect(certified).toMatchObject({
    ...subject,
    fingerprint: new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase(),
  })
  expect(readCertified('another', pem)).toBeUndefined()
  const times = [from - 1000, from, until, until + 1000]
  expect(times.map((time) => holdsAt(certified, time))).toEqual([false, true, true, false])
})

test('the key of the request becomes the key of the certificate', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const bytes = [...publicKey.export({ type: 'spki', format: 'der' })]
  const pem = issueCertificate('secret', { subject, from, until, publicKey: bytes })
  expect(new X509Certificate(pem).publicKey.equals(publicKey)).toBe(true)
})

/** From `openssl req -new -newkey ed25519 -nodes -subj /O=dev/CN=jane`. */
const REQUEST = `-----BEGIN CERTIFICATE REQUEST-----
MIGcMFACAQAwHTEMMAoGA1UECgwDZGV2MQ0wCwYDVQQDDARqYW5lMCowBQYDK2Vw
AyEARQ2JecQts7/OLSHqfvi1/I7NLnJZ0uP2rc3tbZ22IWKgADAFBgMrZXADQQBT
IaarOByAhKQ+hSbod+QYcvVB4S42GYGL9mMgLrMtJqAXJ1GyKeDGBBY8akaSt8p0
7OdVAuS3LBtCO9NQ0hwK
-----END CERTIFICATE REQUEST-----
`

test('a request says who asks, and with which key', () => {
  const request = requestedCertificate(REQUEST)
  expect(request?.subject).toEqual({ name: 'jane', organizations: ['dev'] })
  const pem = issueCertificate('secret', { subject, from, until, ...request })
  expect(new X509Certificate(pem).publicKey.asymmetricKeyType).toBe('ed25519')
})

test('any bytes survive PEM', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(decodePem('X', encodePem('X', [...bytes]))).toEqual([...bytes])
    }),
  )
})

test('a changed certificate never names somebody else', () => {
  const real = decodePem('CERTIFICATE', issueCertificate('secret', { subject, from, until })) ?? []
  fc.assert(
    fc.property(fc.nat(real.length - 1), fc.nat(255), (at, byte) => {
      const bent = real.map((one, index) => (index === at ? byte : one))
      const found = readCertified('secret', encodePem('CERTIFICATE', bent))
      if (found) expect(found).toMatchObject(subject)
    }),
  )
})

test('what is no request asks for nothing', () => {
  const text = '-----BEGIN CERTIFICATE REQUEST-----\nMIID\n-----END CERTIFICATE REQUEST-----'
  expect(requestedCertificate(text)).toBeUndefined()
})
