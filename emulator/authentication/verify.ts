/** Whether a certificate is to be believed, in the words of OpenSSL (crypto/x509/x509_txt.c). */
import { sameName } from './distinguished-name.ts'
import { type Certificate, commonName, keyIdOf } from './x509.ts'

export interface VerifyProblem {
  /** OpenSSL's number: `verify error:num=18`. */
  readonly code: number
  readonly text: string
  /** How far up the chain. */
  readonly depth: number
  readonly certificate: Certificate
}

const MOST_STEPS = 10

export const isSelfSigned = (certificate: Certificate): boolean => isIssuedBy(certificate, certificate)

/** By name and key; the signature itself is known to its signer alone. */
export function isIssuedBy({ issuer, authorityKeyId }: Certificate, signer: Certificate): boolean {
  if (!sameName(issuer, signer.subject)) return false
  return authorityKeyId === undefined || authorityKeyId.join() === keyIdOf(signer.publicKey).join()
}

/** The way from a server's certificate up to a trusted one; `presented` begins with the server's own. */
export function verifyChain(
  presented: readonly Certificate[],
  trusted: readonly Certificate[],
  now: number,
): { readonly chain: readonly Certificate[]; readonly problem?: VerifyProblem } {
  const [leaf, ...others] = presented
  if (!leaf) return { chain: [] }
  const chain = [leaf]
  const isTrusted = (certificate: Certificate) => trusted.some((one) => one.whole.join() === certificate.whole.join())
  for (let last = leaf; !isTrusted(last) && chain.length < MOST_STEPS; ) {
    const depth = chain.length - 1
    if (isSelfSigned(last)) {
      const at = { depth, certificate: last }
      if (depth > 0)
        return { chain, problem: { code: 19, text: 'self-signed certificate in certificate chain', ...at } }
      return { chain, problem: { code: 18, text: 'self-signed certificate', ...at } }
    }
    const current = last
    const next = [...trusted, ...others].find((one) => one !== current && isIssuedBy(current, one))
    if (!next) {
      const problem = { code: 20, text: 'unable to get local issuer certificate', depth, certificate: last }
      return { chain, problem }
    }
    chain.push(next)
    last = next
  }
  const outdated = chain.findLastIndex(({ from, until }) => now > until || now < from)
  const certificate = chain[outdated]
  if (!certificate) return { chain }
  const early = now < certificate.from
  const text = early ? 'certificate is not yet valid' : 'certificate has expired'
  return { chain, problem: { code: early ? 9 : 10, text, depth: outdated, certificate } }
}

/** Does a certificate hold for this host name or address? (RFC 6125; without alternative names OpenSSL takes the CN.) */
export function matchesHost(certificate: Certificate, host: string): boolean {
  const { alternativeNames } = certificate
  if (/^[\d.]+$|:/.test(host)) return alternativeNames.includes(`IP Address:${host}`)
  const names = alternativeNames.filter((name) => name.startsWith('DNS:')).map((name) => name.slice(4))
  const patterns = names.length > 0 ? names : [commonName(certificate.subject)]
  return patterns.some((pattern) => matchesPattern(pattern.toLowerCase(), host.toLowerCase().replace(/\.$/, '')))
}

/** A `*` stands for one whole first label. */
function matchesPattern(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === host
  const at = host.indexOf('.')
  return at > 0 && host.slice(at + 1) === pattern.slice(2) && pattern.slice(2).includes('.')
}
