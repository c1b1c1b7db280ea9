import { byteLength } from '../../../api/byte-length.ts'
import type { Exchange } from '../../../network/types.ts'
import { type ParsedUrl, parseUrl } from '../../../network/url.ts'
import { type NetworkProgram, type ProcessContext, type Run, sleep, type Wait } from '../program.ts'

const KERNEL_TIMEOUT_MS = 130_600
const DEFAULT_TRIES = 20
const MAX_REDIRECTS = 20
const MAX_PAUSE_SECONDS = 10

/** GNU wget 1.21: what machines have. */
export const gnuWget: NetworkProgram = { name: 'wget', summary: 'retrieve files over HTTP', run }

interface WgetOptions {
  readonly urls: readonly string[]
  readonly quiet: boolean
  readonly terse: boolean
  readonly spider: boolean
  readonly headers: boolean
  readonly output: string | undefined
  readonly timeoutMs: number
  readonly tries: number
  readonly extra: readonly (readonly [string, string])[]
  readonly post: string | undefined
  readonly checks: boolean
}

function parse(words: readonly string[]): WgetOptions | string {
  const urls: string[] = []
  const extra: [string, string][] = []
  const values = new Map<string, string>()
  const letters: { readonly [letter: string]: string } = {
    O: 'output-document',
    T: 'timeout',
    t: 'tries',
    P: 'directory-prefix',
    U: 'user-agent',
  }
  const flags = new Set<string>()
  const plain: { readonly [letter: string]: string } = {
    q: 'quiet',
    S: 'server-response',
    c: 'continue',
    v: 'verbose',
    N: 'timestamping',
  }
  const known = ['spider', 'no-check-certificate', 'no-verbose', 'no-proxy', ...Object.values(plain)]
  const valued = [...Object.values(letters), 'header', 'post-data', 'method', 'body-data']
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (!word.startsWith('-') || word === '-') {
      urls.push(word)
      continue
    }
    const next = (): string => words[++index] ?? ''
    if (word.startsWith('--')) {
      const [name = '', ...value] = word.slice(2).split('=')
      if (valued.includes(name)) {
        const text = word.includes('=') ? value.join('=') : next()
        if (name === 'header') extra.push([text.split(':')[0] ?? '', text.split(':').slice(1).join(':').trim()])
        else values.set(name, text)
      } else if (known.includes(name)) flags.add(name)
      else
        return `wget: unrecognized option '${word}'\nUsage: wget [OPTION]... [URL]...\n\nTry \`wget --help' for more options.\n`
      continue
    }
    for (let at = 1; at < word.length; at += 1) {
      const letter = word[at] ?? ''
      const long = letters[letter]
      if (long !== undefined) {
        values.set(long, word.slice(at + 1) || next())
        break
      }
      if (letter === 'n' && word[at + 1] === 'v') {
        flags.add('no-verbose')
        at += 1
      } else if (plain[letter] !== undefined) flags.add(plain[letter] ?? '')
      else
        return `wget: invalid option -- '${letter}'\nUsage: wget [OPTION]... [URL]...\n\nTry \`wget --help' for more options.\n`
    }
  }
  return {
    urls,
    extra,
    quiet: flags.has('quiet'),
    terse: flags.has('no-verbose'),
    spider: flags.has('spider'),
    headers: flags.has('server-response'),
    output: values.get('output-document'),
    timeoutMs: Number(values.get('timeout') ?? 0) * 1000 || Number.POSITIVE_INFINITY,
    tries: Number(values.get('tries') ?? DEFAULT_TRIES) || Number.POSITIVE_INFINITY,
    post: values.get('post-data') ?? values.get('body-data'),
    checks: !flags.has('no-check-certificate'),
  }
}

function* run(process: ProcessContext): Run {
  const options = parse(process.argv.slice(1))
  if (typeof options === 'string') {
    process.err(options)
    return 2
  }
  if (options.urls.length === 0) {
    process.err("wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n")
    return 1
  }
  let worst = 0
  for (const url of options.urls) {
    const code = yield* new Retrieval(process, options).retrieve(/^\w+:\/\//.test(url) ? url : `http://${url}`)
    if (worst === 0) worst = code
  }
  return worst
}

/** One URL with its tries and redirects. */
class Retrieval {
  readonly #process: ProcessContext
  readonly #options: WgetOptions

  constructor(process: ProcessContext, options: WgetOptions) {
    this.#process = process
    this.#options = options
  }

  *retrieve(text: string, redirects = MAX_REDIRECTS): Run {
    const url = parseUrl(text)
    const shown = text.replace(/^(\w+:\/\/[^/]+)$/, '$1/')
    if (url === undefined) {
      this.#process.err(`${text}: Unsupported scheme.\n`)
      return 1
    }
    for (let attempt = 1; ; attempt += 1) {
      this.#say(`--${this.#stamp()}--  ${attempt > 1 ? `(try:${String(attempt).padStart(2)})  ` : ''}${shown}\n`)
      const address = yield* this.#resolve(url)
      if (address === undefined) {
        this.#process.err(this.#options.quiet ? '' : `wget: unable to resolve host address ‘${url.host}’\n`)
        return 4
      }
      const exchange = this.#fetch(url, text)
      const own = Math.min(exchange.latencyMs, KERNEL_TIMEOUT_MS)
      this.#say(
        `Connecting to ${url.host === address ? '' : `${url.host} (${url.host})|`}${address}${url.host === address ? '' : '|'}:${url.port}... `,
      )
      yield* sleep(Math.min(own, this.#options.timeoutMs))
      if (exchange.outcome === 'answered') return yield* this.#answered(exchange, url, text, redirects)
      const refused = exchange.outcome === 'refused'
      const why = refused
        ? 'Connection refused'
        : exchange.outcome === 'unreachable'
          ? 'No route to host'
          : 'Connection timed out'
      this.#say(`failed: ${why}.\n`)
      if (refused || exchange.outcome === 'unreachable') return 4
      if (attempt >= this.#options.tries) {
        this.#say('Giving up.\n\n')
        return 4
      }
      this.#say('Retrying.\n\n')
      yield* sleep(Math.min(attempt, MAX_PAUSE_SECONDS) * 1000)
    }
  }

  #say(text: string): void {
    if (!this.#options.quiet && !this.#options.terse) this.#process.err(text)
  }

  #stamp(): string {
    return new Date(this.#process.now()).toISOString().slice(0, 19).replace('T', ' ')
  }

  *#resolve(url: ParsedUrl): Generator<Wait, string | undefined, string | undefined> {
    const literal = /^[\d.]+$/.test(url.host) && !url.host.endsWith('.')
    if (!literal) this.#say(`Resolving ${url.host} (${url.host})... `)
    const found = this.#process.network.lookup(this.#process.place, url.host)
    yield* sleep(found.latencyMs)
    const [address] = found.addresses
    if (literal) return address
    if (address === undefined) {
      const temporary = found.rcode === 'SERVFAIL' || found.rcode === 'timed-out' || found.rcode === 'refused'
      this.#say(`failed: ${temporary ? 'Temporary failure in name resolution' : 'Name or service not known'}.\n`)
    } else this.#say(`${found.addresses.join(', ')}\n`)
    return address
  }

  #fetch(url: ParsedUrl, text: string): Exchange {
    const { spider, post, extra } = this.#options
    return this.#process.network.fetch(this.#process.place, text, {
      method: spider ? 'HEAD' : post === undefined ? 'GET' : 'POST',
      headers: [
        ['Host', url.port === 80 || url.port === 443 ? url.host : `${url.host}:${url.port}`],
        ['User-Agent', 'Wget/1.21.3'],
        ['Accept', '*/*'],
        ['Accept-Encoding', 'identity'],
        ['Connection', 'Keep-Alive'],
        ...extra,
      ],
      body: post ?? '',
    })
  }

  *#answered(exchange: Exchange, url: ParsedUrl, text: string, redirects: number): Run {
    this.#say('connected.\n')
    const { response } = exchange
    if (url.scheme === 'https') {
      if (exchange.tlsFailed === true || response === undefined) {
        this.#process.err(
          'OpenSSL: error:0A00010B:SSL routines::wrong version number\nUnable to establish SSL connection.\n',
        )
        return 4
      }
      if (this.#options.checks && /^(10|127|192\.168)\./.test(exchange.peer?.address ?? '')) {
        this.#process.err(
          `ERROR: cannot verify ${url.host}'s certificate, issued by ‘CN=kubernetes’:\n  Unable to locally verify the issuer's authority.\nTo connect to ${url.host} insecurely, use \`--no-check-certificate'.\n`,
        )
        return 5
      }
    }
    this.#say('HTTP request sent, awaiting response... ')
    if (response === undefined) {
      this.#say(
        exchange.reply === undefined ? 'No data received.\nGiving up.\n\n' : '200 No headers, assuming HTTP/0.9\n',
      )
      return exchange.reply === undefined ? 4 : 0
    }
    if (this.#options.headers) {
      const head = [
        `HTTP/${response.version ?? '1.1'} ${response.status} ${response.reason}`,
        ...response.headers.map(([name, value]) => `${name}: ${value}`),
      ]
      this.#say(`\n${head.map((line) => `  ${line}\n`).join('')}`)
    } else this.#say(`${response.status} ${response.reason}\n`)
    const location = response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
    if (response.status >= 300 && response.status < 400 && location !== undefined && redirects > 0) {
      this.#say(`Location: ${location} [following]\n`)
      const target = /^\w+:\/\//.test(location) ? location : `${url.scheme}://${url.host}:${url.port}${location}`
      return yield* this.retrieve(target.replace(/^(http:\/\/[^/]+):80(\/|$)/, '$1$2'), redirects - 1)
    }
    if (response.status >= 400) {
      if (this.#options.spider) this.#say('Remote file does not exist -- broken link!!!\n\n')
      else if (!this.#options.quiet)
        this.#process.err(`${this.#stamp()} ERROR ${response.status}: ${response.reason}.\n\n`)
      return 8
    }
    return yield* this.#save(url, response.body, response.headers, text)
  }

  *#save(url: ParsedUrl, body: string, headers: readonly (readonly [string, string])[], text: string): Run {
    const size = byteLength(body)
    const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]?.split(';')[0]
    const length = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1]
    this.#say(`Length: ${length ?? 'unspecified'}${type === undefined ? '' : ` [${type}]`}\n`)
    if (this.#options.spider) {
      this.#say('Remote file exists.\n\n')
      return 0
    }
    const own = url.path.split('?')[0]?.split('/').at(-1) || 'index.html'
    const wanted = this.#options.output ?? own
    const toStdout = wanted === '-'
    const file = toStdout || this.#options.output !== undefined ? wanted : yield* this.#freeName(wanted)
    this.#say(`Saving to: ‘${toStdout ? 'STDOUT' : file}’\n`)
    if (toStdout) this.#process.out(body)
    else if (file !== '/dev/null') {
      const error = yield { kind: 'write', path: file, content: body }
      if (error !== undefined) {
        this.#process.err(`${file}: ${error}\n\nCannot write to ‘${file}’ (${error}).\n`)
        return 3
      }
    }
    this.#say(`\n     0K ${' '.repeat(48)}  100% 3.46M=0s\n\n`)
    const saved = `‘${file}’ saved [${size}${length === undefined ? '' : `/${length}`}]`
    this.#say(
      `${this.#stamp()} (3.46 MB/s) - ${toStdout ? `written to stdout [${size}${length === undefined ? '' : `/${length}`}]` : saved}\n\n`,
    )
    if (this.#options.terse && !this.#options.quiet)
      this.#process.err(`${this.#stamp()} URL:${text} [${size}/${length ?? size}] -> "${file}" [1]\n`)
    return 0
  }

  *#freeName(wanted: string): Generator<Wait, string, string | undefined> {
    let name = wanted
    for (let number = 1; number < 100; number += 1) {
      if ((yield { kind: 'read', path: name }) === undefined) return name
      name = `${wanted}.${number}`
    }
    return name
  }
}
