import {
  type Certificate,
  type DistinguishedName,
  isNameType,
  type Key,
  keyFrom,
  keyPem,
  makeRequest,
  publicKeyOf,
  readCertificate,
  readCertificates,
  readKey,
  readRequest,
  sha256,
  signCertificate,
  verifyChain,
} from '../../../emulator/index.ts'
import { type CommandContext, defineCommand } from '../../types.ts'
import { certificateText, dateText, extensionsText, requestText, subjectText } from './certificate-text.ts'
import { type Options, optionsOf } from './options.ts'
import { sClient } from './s-client.ts'

const DAY_MS = 86_400_000

type Verb = (context: CommandContext, options: Options) => Promise<number>

/** OpenSSL 3.0 as far as keys, requests and certificates of exercises go; keys are RSA's. */
export const openssl = defineCommand({
  name: 'openssl',
  summary: 'Make and read keys, certificate requests and certificates',
  complete: (words) => (words.length === 1 ? [...VERBS.keys()] : []),
  async run(context) {
    const [, verb = 'help', ...rest] = context.argv
    const run = VERBS.get(verb)
    if (run !== undefined) return await run(context, optionsOf(rest))
    context.err(`openssl: "${verb}" is not emulated; ${[...VERBS.keys()].join(', ')} are\n`)
    return 1
  },
})

async function write(context: CommandContext, path: string | undefined, text: string): Promise<number> {
  if (path === undefined) context.out(text)
  else await context.files.write(path, text)
  return 0
}

async function input(context: CommandContext, path: string | undefined, what: string): Promise<string | undefined> {
  const text = path === undefined ? context.stdin : await context.files.read(path)
  if (text === undefined)
    context.err(`Could not open file or uri for loading ${what} from ${path}: No such file or directory\n`)
  return text
}

function unreadable({ err }: CommandContext, what: string, path: string | undefined): number {
  err(`Could not read ${what} from ${path ?? '<stdin>'}\n`)
  return 1
}

function newKey({ cluster, place }: CommandContext, path: string | undefined, bits = 2048): Key {
  return keyFrom(`${cluster.now()} ${place.name} ${path ?? ''}`, bits)
}

async function keyIn(context: CommandContext, path: string | undefined): Promise<Key | undefined> {
  const text = await input(context, path, 'private key')
  const key = text === undefined ? undefined : readKey(text)
  if (text !== undefined && key === undefined) unreadable(context, 'private key', path)
  return key
}

/** `/C=KR/O=Acme/CN=shop`. */
function subjectOf({ err }: CommandContext, text: string | undefined): DistinguishedName | undefined {
  if (text === undefined) {
    err('openssl: questions are not emulated; name the subject with -subj\n')
    return undefined
  }
  if (!text.startsWith('/')) {
    err(
      'req: subject name is expected to be in the format /type0=value0/type1=value1/type2=... where characters may be escaped by \\. This name is not in that format: ',
    )
    err(`'${text}'\n`)
    return undefined
  }
  return text.split('/').flatMap((part): DistinguishedName => {
    const at = part.indexOf('=')
    if (at < 0) return []
    if (isNameType(part.slice(0, at))) return [[part.slice(0, at), part.slice(at + 1)]]
    err(`req: Skipping unknown subject name attribute "${part.slice(0, at)}"\n`)
    return []
  })
}

/** `subjectAltName=DNS:a,IP:10.0.0.1` among -addext or in an extension file. */
function alternativeNames(texts: readonly string[]): readonly string[] {
  return texts
    .flatMap((text) => text.split('\n'))
    .flatMap((text) => /^\s*subjectAltName\s*=\s*(.*)$/.exec(text)?.[1]?.split(',') ?? [])
    .map((name) => name.trim().replace(/^IP:/, 'IP Address:'))
}

const serialOf = (context: CommandContext, seed: string): readonly number[] =>
  keyFrom(`serial ${context.cluster.now()} ${seed}`).exponent.slice(0, 20)

const req: Verb = async (context, options) => {
  if (options.has('in') && !options.has('x509')) return await showRequest(context, options)
  const subject = subjectOf(context, options.value('subj'))
  if (subject === undefined) return 1
  const bits = Number(/^rsa:(\d+)$/.exec(options.value('newkey') ?? '')?.[1] ?? 2048)
  if (options.has('newkey') && !options.value('newkey')?.startsWith('rsa')) {
    context.err(`openssl: keys other than RSA's are not emulated: ${options.value('newkey')}\n`)
    return 1
  }
  const made = options.has('key') ? undefined : newKey(context, options.value('keyout'), bits)
  const key = made ?? (await keyIn(context, options.value('key')))
  if (key === undefined) return 1
  if (made !== undefined) {
    context.err('-----\n')
    await write(context, options.value('keyout') ?? 'privkey.pem', keyPem(key))
  }
  const names = alternativeNames(options.all('addext'))
  if (!options.has('x509'))
    return await write(context, options.value('out'), makeRequest(subject, key, { alternativeNames: names }))
  const from = context.cluster.now()
  const days = Number(options.value('days') ?? 30)
  const wanted = {
    serial: serialOf(context, options.value('out') ?? ''),
    subject,
    from,
    until: from + days * DAY_MS,
    publicKey: publicKeyOf(key),
    authority: true,
    alternativeNames: names,
  }
  return await write(context, options.value('out'), signCertificate(wanted, { name: subject, key }))
}

async function showRequest(context: CommandContext, options: Options): Promise<number> {
  const path = options.value('in')
  const text = await input(context, path, 'certificate request')
  const request = readRequest(text ?? '')
  if (request === undefined) return text === undefined ? 1 : unreadable(context, 'certificate request', path)
  if (options.has('verify')) context.err('Certificate request self-signature verify OK\n')
  if (options.has('text')) context.out(requestText(request))
  if (options.has('subject')) context.out(`subject=${subjectText(request.subject)}\n`)
  if (!options.has('noout')) context.out(text ?? '')
  return 0
}

const x509: Verb = async (context, options) => {
  if (options.has('req')) return await signRequest(context, options)
  const path = options.value('in')
  const text = await input(context, path, 'certificate')
  const certificate = readCertificate(text ?? '')
  if (certificate === undefined) return text === undefined ? 1 : unreadable(context, 'certificate', path)
  show(context, certificate, options)
  const seconds = options.value('checkend')
  if (seconds !== undefined) {
    const ends = context.cluster.now() + Number(seconds) * 1000 > certificate.until
    context.out(ends ? 'Certificate will expire\n' : 'Certificate will not expire\n')
    return ends ? 1 : 0
  }
  return options.has('noout') ? 0 : await write(context, options.value('out'), certificate.pem)
}

/** Each in the order in which it was asked for. */
function show({ out, err }: CommandContext, certificate: Certificate, { names, value, has }: Options): void {
  const { issuer, subject, from, until, serial, publicKey, whole } = certificate
  for (const name of new Set(names)) {
    if (name === 'text') out(certificateText(certificate))
    else if (name === 'serial') out(`serial=${serial.toUpperCase()}\n`)
    else if (name === 'issuer') out(`issuer=${subjectText(issuer)}\n`)
    else if (name === 'subject') out(`subject=${subjectText(subject)}\n`)
    else if (name === 'startdate') out(`notBefore=${dateText(from)}\n`)
    else if (name === 'enddate') out(`notAfter=${dateText(until)}\n`)
    else if (name === 'dates') out(`notBefore=${dateText(from)}\nnotAfter=${dateText(until)}\n`)
    else if (name === 'pubkey') out(pemOf('PUBLIC KEY', publicKey))
    else if (name === 'fingerprint' && has('sha256')) out(`sha256 Fingerprint=${digest(whole)}\n`)
    else if (name === 'fingerprint') err('openssl: fingerprints other than -sha256 are not emulated\n')
    else if (name === 'ext') {
      const text = extensionsText(certificate, (value('ext') ?? '').split(','))
      if (text === '') err('No extensions in certificate\n')
      else out(text)
    }
  }
}

const asText = (bytes: readonly number[]): string => bytes.map((byte) => String.fromCharCode(byte)).join('')

const pemOf = (label: string, bytes: readonly number[]): string =>
  `-----BEGIN ${label}-----\n${(btoa(asText(bytes)).match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`

const digest = (bytes: readonly number[]): string =>
  sha256(asText(bytes))
    .map((byte) => byte.toString(16).padStart(2, '0').toUpperCase())
    .join(':')

async function signRequest(context: CommandContext, options: Options): Promise<number> {
  const text = await input(context, options.value('in'), 'certificate request')
  const request = readRequest(text ?? '')
  if (request === undefined)
    return text === undefined ? 1 : unreadable(context, 'certificate request', options.value('in'))
  const authority = options.has('CA')
    ? readCertificate((await input(context, options.value('CA'), 'CA certificate')) ?? '')
    : undefined
  if (options.has('CA') && authority === undefined) return 1
  const key = await keyIn(context, options.value('CAkey') ?? options.value('signkey') ?? options.value('key'))
  if (key === undefined) return 1
  const extensions = options.has('extfile') ? ((await context.files.read(options.value('extfile') ?? '')) ?? '') : ''
  const copied = options.has('copy_extensions') ? request.alternativeNames : []
  const from = context.cluster.now()
  const wanted = {
    serial: serialOf(context, options.value('out') ?? ''),
    subject: request.subject,
    from,
    until: from + Number(options.value('days') ?? 30) * DAY_MS,
    publicKey: request.publicKey,
    alternativeNames: [...alternativeNames([extensions]), ...copied],
  }
  const signer = {
    name: authority?.subject ?? request.subject,
    key,
    ...(authority && { publicKey: authority.publicKey }),
  }
  context.err(`Certificate request self-signature ok\nsubject=${subjectText(request.subject)}\n`)
  return await write(context, options.value('out'), signCertificate(wanted, signer))
}

const genrsa: Verb = async (context, options) => {
  const bits = Number(options.words[0] ?? 2048)
  return await write(
    context,
    options.value('out'),
    keyPem(newKey(context, options.value('out'), bits), options.has('traditional') ? 'traditional' : 'pkcs8'),
  )
}

const genpkey: Verb = async (context, options) => {
  if (options.value('algorithm')?.toUpperCase() !== 'RSA') {
    context.err(`openssl: keys other than RSA's are not emulated: ${options.value('algorithm') ?? ''}\n`)
    return 1
  }
  const bits = Number(options.value('pkeyopt')?.replace('rsa_keygen_bits:', '') ?? 2048)
  return await write(context, options.value('out'), keyPem(newKey(context, options.value('out'), bits)))
}

const rsa: Verb = async (context, options) => {
  const key = await keyIn(context, options.value('in'))
  if (key === undefined) return 1
  if (options.has('check')) context.out('RSA key ok\n')
  if (options.has('modulus'))
    context.out(
      `Modulus=${key.modulus
        .map((byte) => byte.toString(16).padStart(2, '0'))
        .join('')
        .toUpperCase()}\n`,
    )
  if (options.has('noout')) return 0
  context.err('writing RSA key\n')
  return await write(context, options.value('out'), keyPem(key, options.has('traditional') ? 'traditional' : 'pkcs8'))
}

const verify: Verb = async (context, options) => {
  const trusted = options.has('CAfile')
    ? readCertificates((await input(context, options.value('CAfile'), 'CA certificates')) ?? '')
    : []
  const others = options.has('untrusted')
    ? readCertificates((await context.files.read(options.value('untrusted') ?? '')) ?? '')
    : []
  let worst = 0
  for (const path of options.words) {
    const text = await input(context, path, 'certificate file')
    const [first] = readCertificates(text ?? '')
    if (first === undefined) {
      if (text !== undefined) unreadable(context, 'certificate file', path)
      worst = 2
      continue
    }
    const { problem } = verifyChain([first, ...others], trusted, context.cluster.now())
    if (problem === undefined) context.out(`${path}: OK\n`)
    else {
      const { code, depth, text: why, certificate } = problem
      context.err(
        `${subjectText(certificate.subject)}\nerror ${code} at ${depth} depth lookup: ${why}\nerror ${path}: verification failed\n`,
      )
      worst = 2
    }
  }
  return worst
}

const version: Verb = async ({ out }) => {
  out('OpenSSL 3.0.13 30 Jan 2024 (Library: OpenSSL 3.0.13 30 Jan 2024)\n')
  return 0
}

const VERBS: ReadonlyMap<string, Verb> = new Map([
  ['genrsa', genrsa],
  ['genpkey', genpkey],
  ['req', req],
  ['x509', x509],
  ['rsa', rsa],
  ['verify', verify],
  ['s_client', sClient],
  ['version', version],
])
