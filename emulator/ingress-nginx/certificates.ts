import { decodeBase64 } from '../api/base64.ts'
import { createCertificate } from '../authentication/server-certificate.ts'
import { createKey, publicKeyOf } from '../authentication/server-key.ts'
import { isNamed } from '../authentication/verify.ts'
import { readCertificate } from '../authentication/x509.ts'
import { nameOf, namespaceOf } from '../controllers/metadata.ts'
import type { Ingress, Secret } from '../generated/types.ts'

interface Sources {
  readonly now: number
  secret(namespace: string, name: string): Secret | undefined
}

const YEAR = 365 * 86_400_000
const ABOUT_TO_EXPIRE = 240 * 3_600_000

/** What a controller shows where it has nothing better; made anew by each (ingress-nginx: internal/net/ssl/ssl.go). */
export function fakeCertificate(seed: string, now: number): string {
  const publicKey = publicKeyOf(createKey(seed)) ?? []
  const name = [
    ['O', 'Acme Co'],
    ['CN', 'Kubernetes Ingress Controller Fake Certificate'],
  ] as const
  const from = Math.floor(now / 1000) * 1000
  const fields = { subject: name, issuer: name, from, until: from + YEAR, names: ['ingress.local'], addresses: [] }
  return createCertificate({ ...fields, authority: false, publicKey }, publicKey)
}

/** A text of a Secret. */
export function secretText(secret: Secret | undefined, key: string): string | undefined {
  const data = secret?.data ?? {}
  const value = Object.hasOwn(data, key) ? data[key] : undefined
  return value === undefined ? undefined : decodeBase64(value)
}

/** A Secret's certificate, or what is wrong with it. */
export function certificateOf(
  secret: Secret | undefined,
  key: string,
): { readonly pem: string } | { readonly problem: string } {
  if (secret === undefined) return { problem: `local SSL certificate ${key} was not found` }
  const pem = secretText(secret, 'tls.crt')
  const privateKey = secretText(secret, 'tls.key')
  if (pem === undefined || privateKey === undefined) return { problem: `local SSL certificate ${key} was not found` }
  const certificate = readCertificate(pem)
  if (certificate === undefined)
    return { problem: `unexpected error parsing Secret: no valid PEM formatted block found` }
  const own = publicKeyOf(privateKey)
  if (own !== undefined && own.join() !== certificate.publicKey.join())
    return { problem: 'unexpected error creating SSL Cert: tls: private key does not match public key' }
  return { pem }
}

/** The certificate that an Ingress's `tls` gives a host; undefined where the fallback is to be shown. */
export function serverCertificate(
  ingress: Ingress,
  host: string,
  sources: Sources,
  warnings: string[],
): string | undefined {
  const namespace = namespaceOf(ingress)
  const entries = ingress.spec?.tls ?? []
  const named = entries.find(({ hosts }) => hosts?.some((one) => one.toLowerCase() === host))
  const loose = entries.find(({ secretName }) => {
    const found = certificateOf(sources.secret(namespace, secretName ?? ''), '')
    const read = 'pem' in found ? readCertificate(found.pem) : undefined
    return read !== undefined && isNamed(read, host)
  })
  const secretName = (named ?? loose)?.secretName
  if (secretName === undefined || secretName === '') return undefined
  const key = `${namespace}/${secretName}`
  const found = certificateOf(sources.secret(namespace, secretName), key)
  if ('problem' in found) {
    warnings.push(
      `W controller.go:1523] Error getting SSL certificate "${key}": ${found.problem}. Using default certificate`,
    )
    return undefined
  }
  const certificate = readCertificate(found.pem)
  if (certificate === undefined || !isNamed(certificate, host)) {
    const about = `certificate is valid for ${certificate?.names.join(', ') || nameOf(ingress)}, not ${host}`
    warnings.push(
      `W controller.go:1536] Unexpected error validating SSL certificate "${key}" for server "${host}": x509: ${about}`,
      'W controller.go:1537] Validating certificate against DNS names. This will be deprecated in a future version',
      `W controller.go:1543] SSL certificate "${key}" does not contain a Common Name or Subject Alternative Name for server "${host}": x509: ${about}`,
      'W controller.go:1545] Using default certificate',
    )
    return undefined
  }
  const { until } = certificate
  if (until < sources.now)
    warnings.push(`W controller.go:1555] SSL certificate for server "${host}" expired (${goTime(until)})`)
  else if (until < sources.now + ABOUT_TO_EXPIRE)
    warnings.push(`W controller.go:1557] SSL certificate for server "${host}" is about to expire (${goTime(until)})`)
  return found.pem
}

const goTime = (at: number): string =>
  new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' +0000 UTC')
