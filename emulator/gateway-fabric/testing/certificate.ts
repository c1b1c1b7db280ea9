import { createCertificate } from '../../authentication/server-certificate.ts'
import { createKey, publicKeyOf } from '../../authentication/server-key.ts'
import { testStart } from '../../testing/test-cluster.ts'

/** A Secret with a self-signed certificate for one host. */
export function tlsSecret(name: string, host: string): object {
  const key = createKey(host)
  const publicKey = publicKeyOf(key) ?? []
  const subject = [['CN', host]] as const
  const validity = { from: testStart - 86_400_000, until: testStart + 30 * 86_400_000 }
  const fields = { subject, issuer: subject, ...validity, names: [host], addresses: [], authority: false, publicKey }
  const certificate = createCertificate(fields, publicKey)
  return { metadata: { name }, type: 'kubernetes.io/tls', stringData: { 'tls.crt': certificate, 'tls.key': key } }
}
