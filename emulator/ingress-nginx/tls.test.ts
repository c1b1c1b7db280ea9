import { describe, expect, it } from 'vitest'
import { encodeBase64 } from '../api/base64.ts'
import { createCertificate } from '../authentication/server-certificate.ts'
import { createKey, publicKeyOf } from '../authentication/server-key.ts'
import { readCertificate } from '../authentication/x509.ts'
import { testStart } from '../testing/test-cluster.ts'
import { INGRESSES, type Installed, installed, route } from './testing/installed.ts'

const SECRETS = '/api/v1/namespaces/default/secrets'
const YEAR = 365 * 86_400_000
const spec = (hosts: readonly string[], secretName: string) => ({
  tls: [{ hosts, secretName }],
  rules: [{ host: 'shop.example', http: { paths: [route('/', 'web')] } }],
})

function secret(made: Installed, name: string, host: string, keyOf = name): void {
  const key = createKey(name)
  const publicKey = publicKeyOf(key) ?? []
  const subject = [['CN', host]] as const
  const fields = { subject, issuer: subject, from: testStart - YEAR, until: testStart + YEAR, addresses: [] }
  const certificate = createCertificate({ ...fields, names: [host], authority: false, publicKey }, publicKey)
  made.create(SECRETS, {
    metadata: { name },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': encodeBase64(certificate), 'tls.key': encodeBase64(createKey(keyOf)) },
  })
}

const shown = (made: Installed, url: string): string | undefined => {
  const { certificate } = made.visit(url)
  return readCertificate(certificate ?? '')?.subject.find(([name]) => name === 'CN')?.[1]
}
const FAKE = 'Kubernetes Ingress Controller Fake Certificate'

describe('TLS at the Ingress controller', () => {
  it('shows its fake certificate where no Ingress has a Secret', () => {
    const made = installed()
    made.ingress('shop', { rules: [{ host: 'shop.example', http: { paths: [route('/', 'web')] } }] })
    expect(shown(made, 'https://shop.example/')).toBe(FAKE)
    expect(made.visit('https://shop.example/').response?.status).toBe(200)
    expect(made.visit('http://shop.example/').response?.status).toBe(200)
  })

  it('shows the certificate of the Secret to those who ask for the host, and the fake one to others', () => {
    const made = installed()
    secret(made, 'cert', 'shop.example')
    made.ingress('shop', spec(['shop.example'], 'cert'))
    expect(shown(made, 'https://shop.example/')).toBe('shop.example')
    expect(shown(made, 'https://other.example/')).toBe(FAKE)
    expect(shown(made, `https://${made.address}/`)).toBe(FAKE)
    const headers = made.visit('https://shop.example/').response?.headers
    expect(headers).toContainEqual(['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'])
  })

  it('sends plain HTTP on with 308 once the host has a certificate, unless ssl-redirect is false', () => {
    const made = installed()
    secret(made, 'cert', 'shop.example')
    made.ingress('shop', spec(['shop.example'], 'cert'))
    const { status, headers } = made.visit('http://shop.example/a?b=c').response ?? { headers: [] }
    expect([status, headers.find(([name]) => name === 'Location')?.[1]]).toEqual([308, 'https://shop.example/a?b=c'])
    expect(made.codes()).toContain('ingress-redirected')
    made.patch(`${INGRESSES}/shop`, {
      metadata: { annotations: { 'nginx.ingress.kubernetes.io/ssl-redirect': 'false' } },
    })
    made.settle(10)
    expect(made.visit('http://shop.example/').response?.status).toBe(200)
  })

  it('force-ssl-redirect sends on without a certificate too', () => {
    const made = installed()
    const { rules } = spec([], '')
    made.ingress('shop', { rules }, { 'force-ssl-redirect': 'true' })
    expect(made.visit('http://shop.example/').response?.status).toBe(308)
  })

  it('a missing Secret leaves the fake certificate, plain HTTP is sent on all the same, and a later Secret is taken up', () => {
    const made = installed()
    made.ingress('shop', spec(['shop.example'], 'cert'))
    expect(shown(made, 'https://shop.example/')).toBe(FAKE)
    expect(made.visit('http://shop.example/').response?.status).toBe(308)
    expect(made.controllerLogs()).toContain(
      'Error getting SSL certificate "default/cert": local SSL certificate default/cert was not found. Using default certificate',
    )
    secret(made, 'cert', 'shop.example')
    made.settle(10)
    expect(shown(made, 'https://shop.example/')).toBe('shop.example')
  })

  it('a certificate for another name is not shown, and the log says so', () => {
    const made = installed()
    secret(made, 'cert', 'store.example')
    made.ingress('shop', spec(['shop.example'], 'cert'))
    expect(shown(made, 'https://shop.example/')).toBe(FAKE)
    expect(made.controllerLogs()).toContain('x509: certificate is valid for store.example, not shop.example')
  })

  it('a key of another certificate is refused', () => {
    const made = installed()
    secret(made, 'cert', 'shop.example', 'another')
    made.ingress('shop', spec(['shop.example'], 'cert'))
    expect(shown(made, 'https://shop.example/')).toBe(FAKE)
    expect(made.controllerLogs()).toContain('tls: private key does not match public key')
  })

  it('plain HTTP to the port of TLS is a 400', () => {
    const made = installed()
    expect(made.visit('http://shop.example:443/').response?.status).toBe(400)
  })
})
