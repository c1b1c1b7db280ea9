import { expect, it } from 'vitest'
import { createKey, publicKeyOf } from './server-key.ts'
import { type CertificateFields, chainProblem, createCertificate, isNamed, readCertificate } from './x509.ts'

const NOW = Date.UTC(2026, 10, 21)
const YEAR = 365 * 86_400_000
const keyOf = (seed: string) => publicKeyOf(createKey(seed)) ?? []

function certificate(change: Partial<CertificateFields>, signer?: string) {
  const fields: CertificateFields = {
    subject: [['CN', 'shop.example']],
    issuer: [['CN', 'shop.example']],
    from: NOW - YEAR,
    until: NOW + YEAR,
    names: [],
    addresses: [],
    authority: false,
    publicKey: keyOf('shop'),
    ...change,
  }
  const read = readCertificate(createCertificate(fields, keyOf(signer ?? 'shop')))
  if (read === undefined) throw new Error('not a certificate')
  return read
}

it('reads what it wrote, also beyond 2049', () => {
  const made = certificate({
    subject: [
      ['C', 'KR'],
      ['O', '가게'],
      ['CN', 'shop.example'],
    ],
    until: Date.UTC(2126, 0, 1),
    names: ['shop.example', '*.shop.example'],
    addresses: ['192.168.1.240'],
    authority: true,
  })
  expect(made).toMatchObject({
    subject: [
      ['C', 'KR'],
      ['O', '가게'],
      ['CN', 'shop.example'],
    ],
    until: Date.UTC(2126, 0, 1),
    names: ['shop.example', '*.shop.example'],
    addresses: ['192.168.1.240'],
    authority: true,
  })
})

it('a self-signed certificate is trusted by those who hold it, and by nobody else', () => {
  const own = certificate({})
  expect(chainProblem([own], [], NOW)).toBe('self-signed certificate')
  expect(chainProblem([own], [own], NOW)).toBeUndefined()
})

it('an authority vouches for what it signed, while both hold', () => {
  const authority = certificate(
    { subject: [['CN', 'ca']], issuer: [['CN', 'ca']], authority: true, publicKey: keyOf('ca') },
    'ca',
  )
  const signed = certificate({ issuer: [['CN', 'ca']] }, 'ca')
  const forged = certificate({ issuer: [['CN', 'ca']] }, 'other')
  expect(chainProblem([signed], [authority], NOW)).toBeUndefined()
  expect(chainProblem([signed], [], NOW)).toBe('unable to get local issuer certificate')
  expect(chainProblem([forged], [authority], NOW)).toBe('certificate signature failure')
  expect(chainProblem([signed], [authority], NOW + 2 * YEAR)).toBe('certificate has expired')
  expect(chainProblem([signed], [authority], NOW - 2 * YEAR)).toBe('certificate is not yet valid')
})

it('names of servers: alternative names before the common name, one label for a star', () => {
  const named = certificate({ names: ['a.example', '*.b.example'], addresses: ['10.0.0.1'] })
  expect(['a.example', 'x.b.example', '10.0.0.1'].every((host) => isNamed(named, host))).toBe(true)
  expect(['shop.example', 'b.example', 'x.y.b.example', '10.0.0.2'].some((host) => isNamed(named, host))).toBe(false)
  expect(isNamed(certificate({}), 'SHOP.example')).toBe(true)
})
