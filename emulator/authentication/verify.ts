/** Whether a certificate is to be believed, in the words of OpenSSL (crypto/x509/x509_txt.c). */
import { sameName, valuesOf } from './distinguished-name.ts'
import { type Certificate, keyIdOf } from './x509.ts'

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

/** What is wrong with a server's chain, in OpenSSL's words; undefined if it is to be trusted. */
export function chainProblem(
  chain: readonly Certificate[],
  trusted: readonly Certificate[],
  now: number,
): string | undefined {
  return chain.length === 0 ? 'unable to get local issuer certificate' : verifyChain(chain, trusted, now).problem?.text
}

/** Is the server with this certificate called so? Names of subjects count only where there are no others (RFC 6125). */
export function isNamed({ names, addresses, subject }: Certificate, host: string): boolean {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return addresses.includes(host)
  const patterns = names.length + addresses.length > 0 ? names : valuesOf(subject, 'CN')
  const asked = host.toLowerCase().replace(/\.$/, '')
  return patterns.some((pattern) => {
    const lower = pattern.toLowerCase()
    return lower === asked || (lower.startsWith('*.') && lower.slice(1) === asked.replace(/^[^.]+/, ''))
  })
}
