import { byteLength } from '../../../api/byte-length.ts'
import type { Exchange, HttpResponse } from '../../../network/types.ts'
import { type ParsedUrl, parseUrl } from '../../../network/url.ts'
import { type ProcessContext, sleep, type Wait } from '../program.ts'
import type { CurlOptions } from './options.ts'
import type { ProgressMeter } from './progress.ts'
import { buildRequest, type CurlRequest } from './request.ts'
import { handshake, type TlsClient, tlsClient } from './tls.ts'

/** Linux gives up a connection attempt after its last SYN retry. */
const KERNEL_TIMEOUT_MS = 130_600
const DEFAULT_REDIRECTS = 50

/** How one URL ended. */
export interface Transfer {
  readonly code: number
  readonly message: string
  readonly url: string
  readonly response: HttpResponse | undefined
  readonly peer: { readonly address: string; readonly port: number } | undefined
  readonly local: { readonly address: string; readonly port: number } | undefined
  readonly elapsedMs: number
  readonly redirects: number
  readonly method: string
}

interface Setting {
  readonly process: ProcessContext
  readonly options: CurlOptions
  readonly body: string | undefined
  readonly meter: ProgressMeter | undefined
  /** Gets headers and bodies that -i and -L print on the way. */
  readonly head: (response: HttpResponse) => void
}

type Step<T> = Generator<Wait, T, string | undefined>

/** Performs one URL with its redirects. */
export function* transfer(text: string, setting: Setting): Step<Transfer> {
  const started = setting.process.now()
  let url = text
  let redirects = 0
  let method: string | undefined
  for (;;) {
    const one = yield* request(url, setting, started, redirects, method)
    const location = one.response?.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
    const status = one.response?.status ?? 0
    const follow = setting.options.flags.has('location') && status >= 300 && status < 400 && location !== undefined
    if (!follow || one.code !== 0) return one
    const limit = Number(setting.options.values.get('max-redirs') ?? DEFAULT_REDIRECTS)
    if (redirects >= limit) {
      return { ...one, code: 47, message: `Maximum (${limit}) redirects followed` }
    }
    if (one.response !== undefined) setting.head(one.response)
    redirects += 1
    url = absolute(location, url)
    if (status <= 303 && one.method === 'POST') method = 'GET'
    verbose(setting, `Issue another request to this URL: '${url}'`)
  }
}

function absolute(location: string, base: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location)) return location
  const parsed = parseUrl(base)
  const origin =
    parsed === undefined
      ? ''
      : `${parsed.scheme}://${parsed.host}:${parsed.port}`.replace(/^(http:.*):80$|^(https:.*):443$/, '$1$2')
  if (location.startsWith('/')) return origin + location
  return `${origin}${(parsed?.path ?? '/').replace(/[^/]*$/, '')}${location}`
}

function verbose({ options, process }: Setting, text: string): void {
  if (options.flags.has('verbose')) process.err(`* ${text}\n`)
}

function* request(
  text: string,
  setting: Setting,
  started: number,
  redirects: number,
  method: string | undefined,
): Step<Transfer> {
  const { process, options } = setting
  const fail = (code: number, message: string): Transfer => ({
    code,
    message,
    url: text,
    response: undefined,
    peer: undefined,
    local: undefined,
    elapsedMs: process.now() - started,
    redirects,
    method: method ?? 'GET',
  })
  const url = parseUrl(text)
  if (url === undefined) return fail(...badUrl(text))
  const sent = buildRequest(options, url, method === 'GET' ? undefined : setting.body)
  const asked = method === undefined ? sent : { ...sent, method }
  const fixed = options.resolves
    .map((entry) => entry.split(':'))
    .find(([host, port]) => host === url.host && Number(port) === url.port)?.[2]
  const proxy = proxyOf(options, url.host)
  if (proxy !== undefined) return yield* throughProxy(proxy, setting, started, fail)
  const other = connectTo(options, url)
  const resolved = process.network.lookup(process.place, fixed ?? other?.host ?? url.host)
  const resolving = yield* waitFor(resolved.latencyMs, setting, started)
  if (resolving) return fail(28, `Resolving timed out after ${process.now() - started} milliseconds`)
  const address = resolved.addresses[0]
  const host = asked.headers.find(([name]) => name === 'Host')?.[1] ?? url.host
  const tls = url.scheme === 'https' ? yield* tlsClient(options, url.host, process.now) : undefined
  if (tls !== undefined && 'failure' in tls) return fail(...tls.failure)
  const whole = text.includes('://') ? text : `http://${text}`
  const isPlain = other === undefined && asked.path === url.path
  const target = isPlain ? whole : `${url.scheme}://${other?.host ?? url.host}:${other?.port ?? url.port}${asked.path}`
  const exchange = process.network.fetch(process.place, target, {
    method: asked.method,
    headers: asked.headers.map(([name, value]) => [name, name === 'Host' ? host : value]),
    body: asked.body,
    ...(tls && !tls.insecure && { distrusts: tls.problemOf }),
    ...(fixed === undefined ? {} : { resolve: { [`${url.host}:${url.port}`]: fixed } }),
  })
  if (address === undefined) return fail(6, `Could not resolve host: ${other?.host ?? url.host}`)
  if (other) verbose(setting, `Connecting to hostname: ${other.host}`)
  verbose(setting, `  Trying ${address}:${other?.port ?? url.port}...`)
  const connected = yield* connect(exchange, url, address, setting, started)
  if (connected !== undefined) return fail(...connected)
  verbose(setting, `Connected to ${url.host} (${address}) port ${url.port} (#0)`)
  return yield* converse(exchange, url, asked, setting, started, { ...fail(0, ''), method: asked.method }, tls)
}

/** The proxy that is to be asked, unless --noproxy names the host. */
function proxyOf({ values }: CurlOptions, host: string): ParsedUrl | undefined {
  const asked = values.get('proxy')
  const spared = (values.get('noproxy') ?? '')
    .split(',')
    .some((one) => one === '*' || host === one.trim() || (one !== '' && host.endsWith(`.${one.trim()}`)))
  if (asked === undefined || asked === '' || spared) return undefined
  const named = /:\d+\/?$/.test(asked) ? asked : `${asked}:1080`
  return parseUrl(named.includes('://') ? named : `http://${named}`)
}

/** A proxy that does not answer fails as itself; one that does would have to be emulated. */
function* throughProxy(
  proxy: ParsedUrl,
  setting: Setting,
  started: number,
  fail: (code: number, message: string) => Transfer,
): Step<Transfer> {
  const { process } = setting
  const [address] = process.network.lookup(process.place, proxy.host).addresses
  if (address === undefined) return fail(5, `Could not resolve proxy: ${proxy.host}`)
  const exchange = process.network.connect(process.place, { address, port: proxy.port })
  verbose(setting, `  Trying ${address}:${proxy.port}...`)
  const failed = yield* connect(exchange, proxy, address, setting, started)
  return failed === undefined ? fail(56, 'proxies are not emulated') : fail(...failed)
}

/** The first --connect-to that is meant for this URL; what it leaves out stays. */
function connectTo(
  { connects }: CurlOptions,
  url: ParsedUrl,
): { readonly host: string; readonly port: number } | undefined {
  for (const entry of connects) {
    const [host = '', port = '', host2 = '', port2 = ''] = entry.split(':')
    if ((host !== '' && host !== url.host) || (port !== '' && Number(port) !== url.port)) continue
    return { host: host2 === '' ? url.host : host2, port: port2 === '' ? url.port : Number(port2) }
  }
  return undefined
}

function badUrl(text: string): readonly [code: number, message: string] {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    return [1, `Protocol "${scheme}" not supported or disabled in libcurl`]
  }
  return [3, 'URL using bad/illegal format or missing URL']
}

/** Lets a wait pass, or as much of it as -m leaves; true if -m ended it. */
function* waitFor(ms: number, setting: Setting, started: number): Step<boolean> {
  const { process, options, meter } = setting
  const limit = limitOf(options, 'max-time')
  const left = limit - (process.now() - started)
  const length = Math.max(0, Math.min(ms, left))
  let passed = 0
  while (meter !== undefined && length - passed > 1000) {
    yield* sleep(1000)
    passed += 1000
    meter.tick(Math.round((process.now() - started) / 1000))
  }
  yield* sleep(length - passed)
  return ms > left
}

function limitOf(options: CurlOptions, name: string): number {
  const seconds = Number(options.values.get(name) ?? 0)
  return seconds > 0 ? seconds * 1000 : Number.POSITIVE_INFINITY
}

/** Waits for the connection; a failure's code and message, or undefined when it stands. */
function* connect(
  exchange: Exchange,
  url: ParsedUrl,
  address: string,
  setting: Setting,
  started: number,
): Step<readonly [code: number, message: string] | undefined> {
  const { options, process } = setting
  const own = Math.min(exchange.latencyMs, KERNEL_TIMEOUT_MS)
  const connectLimit = limitOf(options, 'connect-timeout')
  const cut = yield* waitFor(Math.min(own, connectLimit), setting, started)
  const elapsed = process.now() - started
  if (cut) {
    verbose(setting, `Connection timed out after ${elapsed} milliseconds`)
    verbose(setting, 'Closing connection 0')
    return [28, `Connection timed out after ${elapsed} milliseconds`]
  }
  if (exchange.outcome === 'answered') return undefined
  const limited = own > connectLimit
  const reason =
    { refused: 'Connection refused', unreachable: 'No route to host' }[exchange.outcome as string] ??
    'Connection timed out'
  if (!limited) verbose(setting, `connect to ${address} port ${url.port} failed: ${reason}`)
  const why = limited ? 'Timeout was reached' : "Couldn't connect to server"
  const message = `Failed to connect to ${url.host} port ${url.port} after ${elapsed} ms: ${why}`
  verbose(setting, message)
  verbose(setting, 'Closing connection 0')
  return [exchange.outcome === 'timed-out' ? 28 : 7, message]
}

function* converse(
  exchange: Exchange,
  url: ParsedUrl,
  sent: CurlRequest,
  setting: Setting,
  started: number,
  base: Transfer,
  client: TlsClient | undefined,
): Step<Transfer> {
  const { process, options } = setting
  const peers = { peer: exchange.peer, local: exchange.local, elapsedMs: process.now() - started }
  const fail = (code: number, message: string): Transfer => ({ ...base, ...peers, code, message, response: undefined })
  if (client !== undefined) {
    const failed = handshake(exchange, client, url.host, process.now(), (text) => verbose(setting, text))
    if (failed !== undefined) return fail(...failed)
  }
  if (options.flags.has('verbose')) {
    const lines = [
      `${sent.method} ${sent.path} HTTP/1.1`,
      ...sent.headers.map(([name, value]) => `${name}: ${value}`),
      '',
    ]
    for (const line of lines) process.err(`> ${line}\n`)
  }
  const { response } = exchange
  if (yield* waitFor(response?.delayMs ?? 0, setting, started)) {
    return fail(28, `Operation timed out after ${process.now() - started} milliseconds with 0 bytes received`)
  }
  if (response === undefined) {
    if (exchange.reply !== undefined && exchange.reply !== '') return fail(1, 'Received HTTP/0.9 when not allowed')
    return fail(52, 'Empty reply from server')
  }
  if (options.flags.has('verbose')) showHead(process, response)
  const { status } = response
  if (status >= 400 && options.flags.has('fail'))
    return { ...fail(22, `The requested URL returned error: ${status}`), response }
  if (options.flags.has('verbose')) verbose(setting, `Connection #0 to host ${url.host} left intact`)
  return { ...base, ...peers, elapsedMs: process.now() - started, response }
}

function showHead(process: ProcessContext, response: HttpResponse): void {
  process.err(`< HTTP/${response.version ?? '1.1'} ${response.status} ${response.reason}\n`)
  for (const [name, value] of response.headers) process.err(`< ${name}: ${value}\n`)
  process.err('< \n')
  const bytes = byteLength(response.body)
  if (process.terminal === undefined && bytes > 0) process.err(`{ [${bytes} bytes data]\n`)
}
