/** `openssl s_client`: a TLS handshake with what listens somewhere, and what its certificate says (OpenSSL 3.0, apps/s_client.c). */
import {
  type Certificate,
  certificateTexts,
  type Exchange,
  modulusOf,
  readCertificates,
  verifyChain,
} from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import { dateText, subjectText } from './certificate-text.ts'
import type { Options } from './options.ts'

const HANDSHAKE_BYTES = 1_100

export async function sClient(context: CommandContext, options: Options): Promise<number> {
  const target = options.value('connect') ?? options.words[0] ?? 'localhost:4433'
  const [, host = '', port = '443'] = /^(.*?)(?::(\d+))?$/.exec(target) ?? []
  const met = await connect(context, options, host, Number(port))
  if (met === undefined) return 1
  if (met.certificate === undefined) return notTls(context)
  const chain = readCertificates(met.certificate)
  const [first] = chain
  if (first === undefined) return notTls(context)
  const trusted = readCertificates((await context.files.read(options.value('CAfile') ?? '')) ?? '')
  const verdict = verify(context, chain, trusted)
  if (options.has('brief')) brief(context, first, verdict)
  else {
    for (const line of verdict.lines) context.err(line)
    report(context, options, certificateTexts(met.certificate), chain, verdict)
  }
  if (options.has('verify_return_error') && verdict.code !== 0) return 1
  await typed(context)
  context.err('DONE\n')
  return 0
}

/** What the other side gave, or undefined after the words in which it could not be reached. */
async function connect(
  context: CommandContext,
  options: Options,
  host: string,
  port: number,
): Promise<Exchange | undefined> {
  const { cluster, place } = context
  const looked = context.requests.during(() => cluster.network.lookup(place, host, { traced: true }))
  const [address] = looked.addresses
  if (address === undefined) {
    const error =
      '40E7C2A0B77F0000:error:10080002:BIO routines:BIO_lookup_ex:system lib:../crypto/bio/bio_addr.c:738:Name or service not known'
    context.err(`${error}\nconnect:errno=22\n`)
    return undefined
  }
  const name = options.has('noservername') ? address : (options.value('servername') ?? host)
  const url = `https://${name}:${port}/`
  const met = context.requests.during(() =>
    cluster.network.fetch(place, url, { resolve: { [`${name}:${port}`]: address }, handshakeOnly: true }),
  )
  if (met.outcome === 'answered') return met
  await context.time.sleep(Math.min(met.latencyMs, 130_000), context.signal)
  const [why, number] =
    met.outcome === 'refused'
      ? ['Connection refused', '6F']
      : met.outcome === 'unreachable'
        ? ['No route to host', '71']
        : ['Connection timed out', '6E']
  context.err(
    `40E7C2A0B77F0000:error:800000${number}:system library:BIO_connect:${why}:../crypto/bio/bio_sock2.c:114:calling connect()\n40E7C2A0B77F0000:error:10000067:BIO routines:BIO_connect:connect error:../crypto/bio/bio_sock2.c:116:\nconnect:errno=${Number.parseInt(number ?? '', 16)}\n`,
  )
  return undefined
}

function notTls({ out, err }: CommandContext): number {
  out(`CONNECTED(00000003)
---
no peer certificate available
---
No client certificate CA names sent
---
SSL handshake has read 5 bytes and written 297 bytes
Verification: OK
---
New, (NONE), Cipher is (NONE)
Secure Renegotiation IS NOT supported
Compression: NONE
Expansion: NONE
No ALPN negotiated
Early data was not sent
Verify return code: 0 (ok)
---
`)
  err(
    '40E7C2A0B77F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl/record/ssl3_record.c:354:\n',
  )
  return 1
}

interface Verdict {
  readonly code: number
  readonly text: string
  /** What the verification callback prints on its way. */
  readonly lines: readonly string[]
}

/** OpenSSL goes on after a failure, and says of a chain that ends early that its first certificate cannot be verified. */
function verify(
  { cluster }: CommandContext,
  presented: readonly Certificate[],
  trusted: readonly Certificate[],
): Verdict {
  const { chain, problem } = verifyChain(presented, trusted, cluster.now())
  const depth = (at: number, { subject }: Certificate) => `depth=${at} ${subjectText(subject)}\n`
  const passed = (until: number) =>
    chain
      .map((certificate, at) => ({ certificate, at }))
      .reverse()
      .filter(({ at }) => at <= until)
      .map(({ certificate, at }) => `${depth(at, certificate)}verify return:1\n`)
  if (problem === undefined) return { code: 0, text: 'ok', lines: passed(chain.length - 1) }
  const failed = (code: number, text: string) =>
    `${depth(problem.depth, problem.certificate)}verify error:num=${code}:${text}\nverify return:1\n`
  const isShort = problem.code === 20 && problem.depth === 0
  const last = isShort ? { code: 21, text: 'unable to verify the first certificate' } : problem
  const lines = [failed(problem.code, problem.text), ...(isShort ? [failed(last.code, last.text)] : [])]
  return { code: last.code, text: last.text, lines: [...lines, ...passed(problem.depth)] }
}

function brief({ err }: CommandContext, { subject }: Certificate, verdict: Verdict): void {
  err(`CONNECTION ESTABLISHED
Protocol version: TLSv1.3
Ciphersuite: TLS_AES_128_GCM_SHA256
Peer certificate: ${subjectText(subject)}
Hash used: SHA256
Signature type: RSA-PSS
${verdict.code === 0 ? 'Verification: OK' : `Verification error: ${verdict.text}`}
Server Temp Key: X25519, 253 bits
`)
}

function report(
  { out }: CommandContext,
  options: Options,
  texts: readonly string[],
  chain: readonly Certificate[],
  verdict: Verdict,
): void {
  const [first] = chain
  if (first === undefined) return
  const shown = (certificate: Certificate, at: number): string => {
    const pem = options.has('showcerts') ? `${texts[at]?.trimEnd()}\n` : ''
    const bits = (modulusOf(certificate.publicKey)?.length ?? 256) * 8
    return ` ${at} s:${subjectText(certificate.subject)}\n   i:${subjectText(certificate.issuer)}\n   a:PKEY: rsaEncryption, ${bits} (bit); sigalg: RSA-SHA256\n   v:NotBefore: ${dateText(certificate.from)}; NotAfter: ${dateText(certificate.until)}\n${pem}`
  }
  const bits = (modulusOf(first.publicKey)?.length ?? 256) * 8
  const bytes = HANDSHAKE_BYTES + chain.reduce((sum, { whole }) => sum + whole.length, 0)
  out(`CONNECTED(00000003)
---
Certificate chain
${chain.map(shown).join('')}---
Server certificate
${options.has('showcerts') ? '' : `${texts[0]?.trimEnd()}\n`}subject=${subjectText(first.subject)}
issuer=${subjectText(first.issuer)}
---
No client certificate CA names sent
Peer signing digest: SHA256
Peer signature type: RSA-PSS
Server Temp Key: X25519, 253 bits
---
SSL handshake has read ${bytes} bytes and written 393 bytes
${verdict.code === 0 ? 'Verification: OK' : `Verification error: ${verdict.text}`}
---
New, TLSv1.3, Cipher is TLS_AES_128_GCM_SHA256
Server public key is ${bits} bit
Secure Renegotiation IS NOT supported
Compression: NONE
Expansion: NONE
No ALPN negotiated
Early data was not sent
Verify return code: ${verdict.code} (${verdict.text})
---
`)
}

/** Somebody at a terminal goes on typing: `Q` or Ctrl-D ends it. What is typed is not sent on. */
async function typed(context: CommandContext): Promise<void> {
  if (!context.stdinIsTerminal || context.readLine === undefined) return
  for (;;) {
    const line = await context.readLine('')
    if (line === undefined || line === 'Q') return
  }
}
