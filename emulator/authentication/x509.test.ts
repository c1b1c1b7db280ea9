import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { keyFrom, keyPem, publicKeyOf, readKey } from './private-key.ts'
import { isNamed, verifyChain } from './verify.ts'
import { makeRequest, readCertificate, readCertificates, readRequest, signCertificate } from './x509.ts'

const from = Date.UTC(2026, 10, 21)
const until = Date.UTC(2056, 10, 21)
const name = (value: string) => [['CN', value]] as const
const root = keyFrom('root')
const own = keyFrom('shop')
const rootPem = signCertificate(
  { serial: [1], subject: name('My Root'), from, until, publicKey: publicKeyOf(root), authority: true },
  { name: name('My Root'), key: root },
)
const shopPem = signCertificate(
  {
    serial: [2],
    subject: name('shop'),
    from,
    until,
    publicKey: publicKeyOf(own),
    alternativeNames: ['DNS:shop.example.com', 'DNS:*.shop.example.com', 'IP Address:10.0.0.7'],
    usages: ['Digital Signature', 'Key Encipherment'],
    purposes: ['TLS Web Server Authentication'],
  },
  { name: name('My Root'), key: root },
)

test('others read what is signed here', () => {
  const certificate = new X509Certificate(shopPem)
  expect(certificate.subjectAltName).toBe('DNS:shop.example.com, DNS:*.shop.example.com, IP Address:10.0.0.7')
  expect(certificate.checkIssued(new X509Certificate(rootPem))).toBe(true)
  expect(Date.parse(certificate.validTo)).toBe(until)
  expect(new X509Certificate(rootPem).ca).toBe(true)
})

test('what is signed here is read back', () => {
  expect(readCertificate(shopPem)).toMatchObject({
    subject: name('shop'),
    issuer: name('My Root'),
    from,
    until,
    usages: ['Digital Signature', 'Key Encipherment'],
    purposes: ['TLS Web Server Authentication'],
  })
  expect(readCertificates(`${shopPem}${rootPem}`)).toHaveLength(2)
})

test.each(['pkcs8', 'traditional'] as const)('a key survives its %s file', (form) => {
  expect(readKey(keyPem(own, form))).toEqual(own)
})

test('a request keeps its names and its key', () => {
  const request = readRequest(makeRequest(name('jane'), own, { alternativeNames: ['DNS:jane.example'] }))
  expect(request).toMatchObject({ subject: name('jane'), alternativeNames: ['DNS:jane.example'] })
  expect(request?.publicKey).toEqual(publicKeyOf(own))
})

test('a chain is believed as far as somebody is trusted', () => {
  const shop = readCertificates(shopPem)
  const both = readCertificates(shopPem + rootPem)
  const trusted = readCertificates(rootPem)
  expect(verifyChain(shop, trusted, from).problem).toBeUndefined()
  expect(verifyChain(shop, [], from).problem).toMatchObject({ code: 20, depth: 0 })
  expect(verifyChain(both, [], from).problem).toMatchObject({ code: 19, depth: 1 })
  expect(verifyChain(trusted, [], from).problem).toMatchObject({ code: 18, depth: 0 })
  expect(verifyChain(shop, trusted, until + 1).problem).toMatchObject({ code: 10 })
})

test('a certificate holds for its names alone', () => {
  const [shop] = readCertificates(shopPem)
  if (!shop) throw new Error('the certificate cannot be read')
  const hosts = ['shop.example.com', 'a.shop.example.com', 'a.b.shop.example.com', 'shop', '10.0.0.7', '10.0.0.8']
  expect(hosts.map((host) => isNamed(shop, host))).toEqual([true, true, false, false, true, false])
})
