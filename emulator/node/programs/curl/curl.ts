import { byteLength } from '../../../api/byte-length.ts'
import type { HttpResponse } from '../../../network/types.ts'
import { parseUrl } from '../../../network/url.ts'
import { type NetworkProgram, type ProcessContext, type Run, sleep, type Wait } from '../program.ts'
import { type CurlOptions, parseCurl } from './options.ts'
import { ProgressMeter } from './progress.ts'
import { readBody } from './request.ts'
import { type Transfer, transfer } from './transfer.ts'
import { formatWriteOut } from './write-out.ts'

const VERSION = `curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.19 zlib/1.2.13
Release-Date: 2023-02-20
Protocols: http https
Features: AsynchDNS HTTPS-proxy IPv6 Largefile libz SSL
`
const HELP = `Usage: curl [options...] <url>
 -d, --data <data>          HTTP POST data
 -f, --fail                 Fail fast with no output on HTTP errors
 -H, --header <header/@file> Pass custom header(s) to server
 -i, --include              Include protocol response headers in the output
 -I, --head                 Show document info only
 -k, --insecure             Allow insecure server connections
 -L, --location             Follow redirects
 -m, --max-time <seconds>   Maximum time allowed for the transfer
 -o, --output <file>        Write to file instead of stdout
 -O, --remote-name          Write output to a file named as the remote file
 -s, --silent               Silent mode
 -S, --show-error           Show error even when -s is used
 -u, --user <user:password> Server user and password
 -v, --verbose              Make the operation more talkative
 -w, --write-out <format>   Use output FORMAT after completion
 -X, --request <method>     Specify request method to use
`

/** How often an answer without an end is looked at. */
const POLL_MS = 200

/** curl 7.88 for HTTP and HTTPS, as Debian packages it: output, messages and exit codes. */
export const curl: NetworkProgram = { name: 'curl', summary: 'transfer a URL', run }

function* run(process: ProcessContext): Run {
  const options = parseCurl(process.argv.slice(1))
  if ('error' in options) {
    process.err(options.error)
    return 2
  }
  if (options.flags.has('version') || options.flags.has('help')) {
    process.out(options.flags.has('version') ? VERSION : HELP)
    return 0
  }
  if (options.urls.length === 0) {
    process.err("curl: try 'curl --help' or 'curl --manual' for more information\n")
    return 2
  }
  const body = yield* readBody(options)
  const hidden = ['silent', 'no-progress-meter'].some((flag) => options.flags.has(flag))
  const write = (text: string): void => process.err(text)
  let code = 0
  for (const [index, url] of options.urls.entries()) {
    const output = options.outputs[index]
    const toTerminal = process.terminal !== undefined && output === undefined
    const meter = hidden || toTerminal || parseUrl(url) === undefined ? undefined : new ProgressMeter(write)
    code = yield* oneUrl(url, process, options, body, meter, output)
  }
  return code
}

function* oneUrl(
  url: string,
  process: ProcessContext,
  options: CurlOptions,
  body: string | undefined,
  meter: ProgressMeter | undefined,
  output: { readonly file: string | undefined } | undefined,
): Run {
  const file =
    output === undefined ? undefined : (output.file ?? url.split(/[?#]/)[0]?.split('/').slice(3).at(-1) ?? '')
  if (file === '') {
    if (!options.flags.has('silent')) process.err('curl: Remote file name has no length!\n')
    process.err('curl: (23) Failed writing received data to disk/application\n')
    return 23
  }
  let text = ''
  const print = (response: HttpResponse): void => {
    text += shownText(response, options)
  }
  meter?.start()
  const done = yield* withRetries(url, process, options, body, meter, print)
  const failed = done.code !== 0
  if (done.response !== undefined && !failed) print(done.response)
  if (failed) meter?.fail()
  else meter?.finish(byteLength(done.response?.body ?? ''), done.elapsedMs)
  const rest = failed ? undefined : done.response?.rest
  let code = yield* deliver(process, file, text, done.code)
  if (rest !== undefined && code === 0) {
    const limit = Number(options.values.get('max-time') ?? 0) * 1000 || Number.POSITIVE_INFINITY
    code = yield* readOn(process, file, text, rest, limit - done.elapsedMs)
    if (code === 28 && !(options.flags.has('silent') && !options.flags.has('show-error'))) {
      process.err(
        `curl: (28) Operation timed out after ${limit} milliseconds with ${byteLength(text)} bytes received\n`,
      )
    }
  }
  const quiet = options.flags.has('silent') && !options.flags.has('show-error')
  if (failed && !quiet) process.err(`curl: (${done.code}) ${done.message}\n`)
  const format = options.values.get('write-out')
  if (format !== undefined) {
    const written = formatWriteOut(format, {
      variables: writeOutVariables(done),
      headers: done.response?.headers ?? [],
    })
    process.out(written.out)
    if (written.err !== '') process.err(written.err)
  }
  return code
}

/** --retry: transient failures, and refused connections if asked for. */
function* withRetries(
  url: string,
  process: ProcessContext,
  options: CurlOptions,
  body: string | undefined,
  meter: ProgressMeter | undefined,
  head: (response: HttpResponse) => void,
): Generator<Wait, Transfer, string | undefined> {
  let left = Number(options.values.get('retry') ?? 0)
  let delay = 1
  for (;;) {
    const done = yield* transfer(url, {
      process,
      options,
      body,
      meter,
      head: options.flags.has('include') ? head : () => undefined,
    })
    const reason = retryReason(done, options)
    if (left <= 0 || reason === undefined) return done
    const quiet = options.flags.has('silent') && !options.flags.has('show-error')
    if (done.code !== 0 && !quiet) process.err(`curl: (${done.code}) ${done.message}\n`)
    const wait = Number(options.values.get('retry-delay') ?? delay)
    if (!options.flags.has('silent')) {
      process.err(
        `Warning: Problem: ${reason}. Will retry in ${wait} seconds. ${left} ${left === 1 ? 'retry' : 'retries'} left.\n`,
      )
    }
    yield* sleep(wait * 1000)
    left -= 1
    delay *= 2
  }
}

function retryReason(done: Transfer, options: CurlOptions): string | undefined {
  if (done.code === 28 || done.code === 6) return done.code === 28 ? 'timeout' : undefined
  if (done.code === 7 && options.flags.has('retry-connrefused')) return 'connection refused'
  if (done.code !== 0 && options.flags.has('retry-all-errors')) return '(retrying all errors)'
  const status = done.response?.status ?? 0
  return [408, 429, 500, 502, 503, 504].includes(status) ? 'HTTP error' : undefined
}

function shownText(response: HttpResponse, options: CurlOptions): string {
  const head = options.flags.has('include') || options.flags.has('head')
  if (!head) return response.body
  const lines = [`HTTP/${response.version ?? '1.1'} ${response.status} ${response.reason}`]
  for (const [name, value] of response.headers) lines.push(`${name}: ${value}`)
  return `${lines.join('\r\n')}\r\n\r\n${response.body}`
}

function* deliver(process: ProcessContext, file: string | undefined, text: string, code: number): Run {
  if (file === undefined || file === '-') process.out(text)
  else if (file !== '/dev/null' && code === 0) {
    const error = yield { kind: 'write', path: file, content: text }
    if (error !== undefined) {
      process.err(
        `Warning: Failed to open the file ${file}: ${error}\ncurl: (23) Failure writing output to destination\n`,
      )
      return 23
    }
  }
  return code
}

/** An answer without an end, as a watch: prints what comes until the server ends it, or --max-time does. */
function* readOn(
  process: ProcessContext,
  file: string | undefined,
  start: string,
  rest: NonNullable<HttpResponse['rest']>,
  limitMs: number,
): Run {
  const from = process.now()
  let whole = start
  for (;;) {
    const { text, ended } = rest()
    whole += text
    if (text !== '') {
      const code = yield* deliver(process, file, file === undefined || file === '-' ? text : whole, 0)
      if (code !== 0) return code
    }
    if (ended) return 0
    const left = limitMs - (process.now() - from)
    if (left <= 0) return 28
    yield* sleep(Math.min(POLL_MS, left))
  }
}

function writeOutVariables(done: Transfer): ReadonlyMap<string, string> {
  const seconds = (done.elapsedMs / 1000).toFixed(6)
  const { response } = done
  const header = (name: string): string => response?.headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? ''
  return new Map([
    ['http_code', String(response?.status ?? 0).padStart(3, '0')],
    ['response_code', String(response?.status ?? 0).padStart(3, '0')],
    ['http_version', response === undefined ? '0' : (response.version ?? '1.1')],
    ['time_total', seconds],
    ['time_connect', response === undefined ? '0.000000' : seconds],
    ['time_namelookup', '0.000015'],
    ['time_starttransfer', seconds],
    ['time_appconnect', '0.000000'],
    ['time_pretransfer', seconds],
    ['time_redirect', '0.000000'],
    ['remote_ip', done.peer?.address ?? ''],
    ['remote_port', String(done.peer?.port ?? 0)],
    ['local_ip', done.local?.address ?? ''],
    ['local_port', String(done.local?.port ?? 0)],
    ['size_download', String(byteLength(response?.body ?? ''))],
    ['size_header', String(response === undefined ? 0 : shownText({ ...response, body: '' }, HEADERS_ONLY).length)],
    ['url', done.url],
    ['url_effective', done.url],
    ['num_redirects', String(done.redirects)],
    ['num_connects', response === undefined ? '0' : '1'],
    ['redirect_url', header('location')],
    ['content_type', header('content-type')],
    ['method', done.method],
    ['scheme', done.url.startsWith('https') ? 'HTTPS' : 'HTTP'],
    ['exitcode', String(done.code)],
    ['errormsg', done.message],
    ['speed_download', String(byteLength(response?.body ?? '') * 10)],
  ])
}

const HEADERS_ONLY: CurlOptions = {
  urls: [],
  flags: new Set(['include']),
  headers: [],
  data: [],
  values: new Map(),
  outputs: [],
  resolves: [],
  connects: [],
  forms: [],
}
