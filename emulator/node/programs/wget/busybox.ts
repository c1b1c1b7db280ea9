import { byteLength } from '../../../api/byte-length.ts'
import { parseUrl } from '../../../network/url.ts'
import { parseLetters } from '../arguments.ts'
import { type NetworkProgram, type ProcessContext, type Run, sleep } from '../program.ts'

const DEFAULT_TIMEOUT_MS = 900_000
const KERNEL_TIMEOUT_MS = 130_600
const MAX_REDIRECTS = 10

/** busybox's wget: what busybox and Alpine images have. */
export const busyboxWget: NetworkProgram = { name: 'wget', summary: 'fetch a file over HTTP', run }

function* run(process: ProcessContext): Run {
  const { options, operands } = parseLetters(process.argv.slice(1), 'OTUPYto')
  if (operands.length === 0) {
    process.err(
      'BusyBox v1.37.0 () multi-call binary.\n\nUsage: wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]\n\t[--post-data STR | --post-file FILE] [-Y on/off]\n\t[-P DIR] [-U AGENT] [-T SEC] URL...\n',
    )
    return 1
  }
  for (const url of operands) {
    const code = yield* fetchOne(process, options, url, MAX_REDIRECTS)
    if (code !== 0) return code
  }
  return 0
}

function* fetchOne(
  process: ProcessContext,
  options: ReadonlyMap<string, string>,
  text: string,
  redirects: number,
): Run {
  const quiet = options.has('q')
  const say = (line: string): void => {
    if (!quiet) process.err(`${line}\n`)
  }
  const fail = (message: string): number => {
    process.err(`wget: ${message}\n`)
    return 1
  }
  const url = parseUrl(text)
  if (url === undefined) return fail(`not an http or ftp url: ${text}`)
  const resolved = process.network.lookup(process.place, url.host)
  yield* sleep(resolved.latencyMs)
  const address = resolved.addresses[0]
  const port = /:\d+/.test(text.replace(/^\w+:\/\//, '').split('/')[0] ?? '') ? `:${url.port}` : ''
  const postData = options.get('post-data')
  const exchange = process.network.fetch(process.place, text.includes('://') ? text : `http://${text}`, {
    method: postData !== undefined ? 'POST' : options.has('spider') ? 'HEAD' : 'GET',
    headers: [
      ['Host', url.host + port],
      ['User-Agent', options.get('U') ?? 'Wget'],
      ['Connection', 'close'],
      ...headerOption(options.get('header')),
    ],
    body: postData ?? '',
  })
  if (address === undefined) return fail(`bad address '${url.host}${port}'`)
  say(`Connecting to ${url.host}${port} (${address}:${url.port})`)
  const limit = Number(options.get('T') ?? options.get('timeout') ?? 0) * 1000 || DEFAULT_TIMEOUT_MS
  const own = Math.min(exchange.latencyMs, KERNEL_TIMEOUT_MS)
  yield* sleep(Math.min(own, limit))
  if (own > limit) return fail('download timed out')
  if (exchange.outcome !== 'answered')
    return fail(`can't connect to remote host (${address}): ${reason(exchange.outcome)}`)
  if (url.scheme === 'https' && exchange.response !== undefined)
    say('wget: note: TLS certificate validation not implemented')
  if (exchange.tlsFailed === true) return fail('TLS error from peer (alert code 70): protocol version')
  const { response } = exchange
  if (response === undefined)
    return fail(
      exchange.reply === undefined
        ? 'error getting response'
        : `server returned error: ${exchange.reply.split('\r\n')[0] ?? ''}`,
    )
  const location = response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
  if (options.has('S')) showHeaders(process, response)
  if (response.status >= 300 && response.status < 400 && location !== undefined) {
    if (redirects === 0) return fail('too many redirections')
    const target = /^\w+:\/\//.test(location) ? location : `${url.scheme}://${url.host}${port}${location}`
    return yield* fetchOne(process, options, target, redirects - 1)
  }
  if (response.status >= 300) {
    return fail(`server returned error: HTTP/${response.version ?? '1.1'} ${response.status} ${response.reason}`)
  }
  if (options.has('spider')) {
    say('remote file exists')
    return 0
  }
  return yield* save(process, options, url.path, response.body, say)
}

function headerOption(value: string | undefined): readonly (readonly [string, string])[] {
  if (value === undefined || !value.includes(':')) return []
  const cut = value.indexOf(':')
  return [[value.slice(0, cut), value.slice(cut + 1).trim()]]
}

function reason(outcome: string): string {
  if (outcome === 'refused') return 'Connection refused'
  return outcome === 'unreachable' ? 'No route to host' : 'Connection timed out'
}

function showHeaders(
  process: ProcessContext,
  response: {
    readonly version?: string
    readonly status: number
    readonly reason: string
    readonly headers: readonly (readonly [string, string])[]
  },
): void {
  process.err(`  HTTP/${response.version ?? '1.1'} ${response.status} ${response.reason}\n`)
  for (const [name, value] of response.headers) process.err(`  ${name}: ${value}\n`)
  process.err('  \n')
}

function* save(
  process: ProcessContext,
  options: ReadonlyMap<string, string>,
  path: string,
  body: string,
  say: (line: string) => void,
): Run {
  const named = options.get('O')
  const own = path.split('?')[0]?.split('/').at(-1) || 'index.html'
  const file = named ?? (options.has('P') ? `${options.get('P')}/${own}` : own)
  const bar = (name: string): string =>
    `${name.slice(0, 20).padEnd(20)} 100% |********************************| ${String(byteLength(body)).padStart(5)}  0:00:00 ETA`
  if (file === '-') {
    say('writing to stdout')
    process.out(body)
    say(bar('-'))
    say('written to stdout')
    return 0
  }
  if (named === undefined && (yield { kind: 'read', path: file }) !== undefined) {
    process.err(`wget: can't open '${file}': File exists\n`)
    return 1
  }
  say(`saving to '${file}'`)
  const error = file === '/dev/null' ? undefined : yield { kind: 'write', path: file, content: body }
  if (error !== undefined) {
    process.err(`wget: can't open '${file}': ${error}\n`)
    return 1
  }
  say(bar(own))
  say(`'${file}' saved`)
  return 0
}
