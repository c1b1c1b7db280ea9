import { nameText } from '../../../authentication/distinguished-name.ts'
import { chainProblem, isNamed, verifyChain } from '../../../authentication/verify.ts'
import { type Certificate, readCertificates } from '../../../authentication/x509.ts'
import type { Exchange } from '../../../network/types.ts'
import type { Wait } from '../program.ts'
import type { CurlOptions } from './options.ts'

/** How one URL's server is to be checked. */
export interface TlsClient {
  /** The file of --cacert, as verbose output names it. */
  readonly file: string
  readonly problemOf: (certificate: string) => string | undefined
  readonly insecure: boolean
  /** --cacert was given. */
  readonly own: boolean
}

const SYSTEM_FILE = '/etc/ssl/certs/ca-certificates.crt'
const MORE = `
More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.`

/** Reads what is to be trusted; a number and message where --cacert names no certificates. */
export function* tlsClient(
  options: CurlOptions,
  host: string,
  now: () => number,
): Generator<Wait, TlsClient | { readonly failure: readonly [number, string] }, string | undefined> {
  const file = options.values.get('cacert')
  let trusted: readonly Certificate[] = []
  if (file !== undefined) {
    const text = yield { kind: 'read', path: file }
    trusted = readCertificates(text ?? '')
    if (trusted.length === 0) return { failure: [77, `error setting certificate file: ${file}`] }
  }
  return {
    file: file ?? SYSTEM_FILE,
    own: file !== undefined,
    insecure: options.flags.has('insecure'),
    problemOf(pem) {
      const chain = readCertificates(pem)
      const problem = chainProblem(chain, trusted, now())
      if (problem !== undefined) return `SSL certificate problem: ${problem}`
      const [leaf] = chain
      return leaf === undefined || isNamed(leaf, host) ? undefined : mismatch(leaf, host)
    },
  }
}

/** libcurl's words (lib/vtls/openssl.c, Curl_ossl_verifyhost). */
function mismatch({ names, addresses, subject }: Certificate, host: string): string {
  const isAddress = /^[\d.]+$/.test(host)
  if (names.length + addresses.length > 0)
    return `SSL: no alternative certificate subject name matches target ${isAddress ? 'ip address' : 'host name'} '${host}'`
  const name = subject.find(([attribute]) => attribute === 'CN')?.[1] ?? ''
  return name === ''
    ? 'SSL: unable to obtain common name from peer certificate'
    : `SSL: certificate subject name '${name}' does not match target host name '${host}'`
}

/** The handshake as -v shows it, and what ends it. */
export function handshake(
  exchange: Exchange,
  client: TlsClient,
  host: string,
  now: number,
  say: (text: string) => void,
): readonly [code: number, message: string] | undefined {
  say('ALPN: offers h2,http/1.1')
  say('TLSv1.3 (OUT), TLS handshake, Client hello (1):')
  const { certificate, response, tlsFailed } = exchange
  if (tlsFailed === true || (response === undefined && certificate === undefined)) {
    const text = 'OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number'
    say(text)
    say('Closing connection 0')
    return [35, text]
  }
  if (!client.insecure) {
    say(` CAfile: ${client.file}`)
    say(client.own ? ' CApath: none' : ' CApath: /etc/ssl/certs')
  }
  say('TLSv1.3 (IN), TLS handshake, Server hello (2):')
  say('TLSv1.3 (IN), TLS handshake, Encrypted Extensions (8):')
  say('TLSv1.3 (IN), TLS handshake, Certificate (11):')
  const problem = certificate === undefined ? unknownProblem(exchange, client) : client.problemOf(certificate)
  const refused = problem !== undefined && !client.insecure
  const named = problem?.startsWith('SSL: ') === true
  if (refused && !named) return refuse(problem, say)
  say('TLSv1.3 (IN), TLS handshake, CERT verify (15):')
  say('TLSv1.3 (IN), TLS handshake, Finished (20):')
  say('TLSv1.3 (OUT), TLS change cipher, Change cipher spec (1):')
  say('TLSv1.3 (OUT), TLS handshake, Finished (20):')
  say('SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384')
  say('ALPN: server accepted http/1.1')
  if (certificate !== undefined) describe(certificate, host, problem, now, say)
  if (refused && named) {
    say(problem)
    say('Closing connection 0')
    return [60, problem + MORE]
  }
  say('using HTTP/1.1')
  return undefined
}

function refuse(problem: string, say: (text: string) => void): readonly [code: number, message: string] {
  const alert = problem.includes('expired') ? 'certificate expired (557)' : 'unknown CA (560)'
  say(`TLSv1.3 (OUT), TLS alert, ${alert}:`)
  say(problem)
  say('Closing connection 0')
  return [60, problem + MORE]
}

/** Servers that show nothing to look at: machines and Pods are signed by the cluster's authority, which no machine trusts. */
function unknownProblem(exchange: Exchange, { own }: TlsClient): string | undefined {
  const close = /^(10|127|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(exchange.peer?.address ?? '')
  return close && !own ? 'SSL certificate problem: unable to get local issuer certificate' : undefined
}

function describe(
  pem: string,
  host: string,
  problem: string | undefined,
  now: number,
  say: (text: string) => void,
): void {
  const chain = readCertificates(pem)
  const [leaf] = chain
  if (leaf === undefined) return
  say('Server certificate:')
  say(` subject: ${nameText(leaf.subject)}`)
  say(` start date: ${dateText(leaf.from)}`)
  say(` expire date: ${dateText(leaf.until)}`)
  const matched = leaf.names.find((name) => isNamed({ ...leaf, names: [name], addresses: [] }, host))
  if (problem === undefined && matched !== undefined) say(` subjectAltName: host "${host}" matched cert's "${matched}"`)
  else if (problem === undefined && leaf.addresses.includes(host))
    say(` subjectAltName: host "${host}" matched cert's IP address!`)
  else if (problem === undefined)
    say(` common name: ${leaf.subject.find(([name]) => name === 'CN')?.[1] ?? ''} (matched)`)
  say(` issuer: ${nameText(leaf.issuer)}`)
  if (problem === undefined) say(' SSL certificate verify ok.')
  else if (!problem.startsWith('SSL: ')) {
    const code = verifyChain(chain, [], now).problem?.code ?? 20
    say(
      ` SSL certificate verify result: ${problem.replace('SSL certificate problem: ', '')} (${code}), continuing anyway.`,
    )
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Nov 21 09:00:03 2026 GMT` */
function dateText(at: number): string {
  const date = new Date(at)
  const day = String(date.getUTCDate()).padStart(2)
  return `${MONTHS[date.getUTCMonth()]} ${day} ${date.toISOString().slice(11, 19)} ${date.getUTCFullYear()} GMT`
}
