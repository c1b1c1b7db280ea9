import { byteLength } from '../api/byte-length.ts'
import { authenticatedUser } from '../ingress-nginx/passwords.ts'
import { inCidr } from '../network/addresses.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { header, httpDate, mediaType, reasonPhrase, requestPath, respond } from '../node/programs/http-response.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import type { Directive, VirtualServer } from './nginx-config.ts'
import { statusPage } from './nginx-pages.ts'
import { patternOf } from './nginx-patterns.ts'
import type { Upstreams } from './nginx-upstreams.ts'
import { ownAddress } from './own-address.ts'

export interface Client {
  readonly address: string
  readonly port: number
}

/** Answers one request as nginx configured this way would, and writes the access log. */
export function answerRequest(
  process: ContainerProcess,
  servers: readonly VirtualServer[],
  upstreams: Upstreams,
  port: number,
  request: HttpRequest,
  client: Client,
): HttpResponse {
  const server = chooseServer(servers, port, request.host.split(':')[0] ?? '')
  const tls = server?.ports.some((one) => one.port === port && one.tls) === true
  const response =
    tls && request.tls !== true
      ? plainToTls(process, request)
      : new Exchange({ process, server, upstreams, request, client, port }).answer()
  const size = request.method === 'HEAD' ? 0 : byteLength(response.body)
  const time = httpDate(process.now()).replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1/$2/$3:$4 +0000')
  const line = `${client.address} - - [${time}] "${request.method} ${request.path} HTTP/1.1" ${response.status} ${size} "${header(request, 'referer') ?? '-'}" "${header(request, 'user-agent') ?? '-'}" "${header(request, 'x-forwarded-for') ?? '-'}"`
  if (!isSilent(server, request)) process.log('stdout', `${line}\n`)
  return response
}

/** `access_log off` of the server or of the location whose prefix the path has. */
function isSilent(server: VirtualServer | undefined, request: HttpRequest): boolean {
  const location = server && findLocation(server, requestPath(request) ?? '/')
  const scope = [...(location?.block ?? []), ...(server?.directives ?? [])]
  return scope.find(({ name }) => name === 'access_log')?.args[0] === 'off'
}

function plainToTls(process: ContainerProcess, request: HttpRequest): HttpResponse {
  const body = statusPage(400, 'The plain HTTP request was sent to HTTPS port', serverName(process))
  const headers = [
    ['Server', serverName(process)],
    ['Date', httpDate(process.now())],
    ['Content-Type', 'text/html'],
    ['Content-Length', String(byteLength(body))],
    ['Connection', 'close'],
  ].map(([name = '', value = '']) => [name, value] as const)
  return respond(request, 400, headers, body)
}

const serverName = (process: ContainerProcess): string => `nginx/${process.env.get('NGINX_VERSION') ?? '1.29.3'}`

/** By `server_name`: the exact one, the longest that begins or ends with a star, a regular expression, the default. */
export function chooseServer(servers: readonly VirtualServer[], port: number, host: string): VirtualServer | undefined {
  const listening = servers.filter((server) => server.ports.some((candidate) => candidate.port === port))
  const asked = host.toLowerCase()
  const exact = listening.find((server) => server.names.some((name) => name.toLowerCase() === asked))
  if (exact) return exact
  const starred = listening
    .flatMap((server) => server.names.map((name) => ({ server, name: name.toLowerCase() })))
    .filter(({ name }) => fitsStar(name, asked))
    .sort((left, right) => right.name.length - left.name.length)
  const byPattern = listening.find(({ names }) =>
    names.some((name) => name.startsWith('~') && patternOf(name.slice(1), false)?.match(host) !== undefined),
  )
  return starred[0]?.server ?? byPattern ?? listening.find((server) => isDefault(server, port)) ?? listening[0]
}

const fitsStar = (name: string, host: string): boolean =>
  (name.startsWith('*.') && host.endsWith(name.slice(1))) ||
  (name.endsWith('.*') && host.startsWith(name.slice(0, -1))) ||
  (name.startsWith('.') && (host === name.slice(1) || host.endsWith(name)))

const isDefault = ({ directives }: VirtualServer, port: number): boolean =>
  directives.some(
    ({ name, args }) =>
      name === 'listen' && args.slice(1).some((word) => word.startsWith('default')) && args[0]?.endsWith(String(port)),
  )

/** Exact, then `^~` and regular expressions in their order, then the longest prefix. */
export function findLocation({ locations }: VirtualServer, path: string): Directive | undefined {
  const exact = locations.find(({ args }) => args[0] === '=' && args[1] === path)
  if (exact !== undefined) return exact
  const [longest] = locations
    .filter(({ args }) => (args.length === 1 || args[0] === '^~') && path.startsWith(args.at(-1) ?? '/'))
    .sort((left, right) => (right.args.at(-1) ?? '').length - (left.args.at(-1) ?? '').length)
  if (longest?.args[0] === '^~') return longest
  return locations.find(({ args }) => /^~\*?$/.test(args[0] ?? '') && matchOf(args, path) !== undefined) ?? longest
}

const matchOf = (args: readonly string[], path: string): readonly string[] | undefined =>
  /^~\*?$/.test(args[0] ?? '') ? patternOf(args[1] ?? '', args[0] === '~*')?.match(path) : undefined

interface Visit {
  readonly process: ContainerProcess
  readonly server: VirtualServer | undefined
  readonly upstreams: Upstreams
  readonly request: HttpRequest
  readonly client: Client
  readonly port: number
}

/** Locations that one request may go through. */
const MOST_REDIRECTS = 10

/** One request on its way through the locations of a server block. */
class Exchange {
  readonly #visit: Visit
  /** Path and query as `rewrite`, `try_files` and `error_page` have changed them. */
  #path: string
  #captures: readonly string[] = []

  constructor(visit: Visit) {
    this.#visit = visit
    this.#path = requestPath(visit.request) ?? '/'
  }

  answer(): HttpResponse {
    const { request, server } = this.#visit
    if (requestPath(request) === undefined) return this.#status(400)
    const early = this.#rewrites(server?.directives ?? [])
    if (early) return early
    for (let turn = 0; turn < MOST_REDIRECTS; turn += 1) {
      const location = server && findLocation(server, this.#path)
      this.#captures = (location && matchOf(location.args, this.#path)) ?? this.#captures
      const before = this.#path
      const returned = this.#rewrites(location?.block ?? [])
      if (returned) return this.#finish(returned, location)
      if (this.#path !== before && !this.#brokeOff) continue
      const response = this.#inLocation(location)
      if (response !== undefined) return this.#finish(response, location)
    }
    return this.#status(500)
  }

  #brokeOff = false

  /** `return` and `rewrite` in their order; a response, or a changed path. */
  #rewrites(directives: readonly Directive[]): HttpResponse | undefined {
    this.#brokeOff = false
    for (const directive of directives) {
      const { name, args } = directive
      if (name === 'return') return this.#returned(directive, directives)
      if (name !== 'rewrite') continue
      const match = patternOf(args[0] ?? '', false)?.match(this.#path)
      if (match === undefined) continue
      const target = this.#variables(
        (args[1] ?? '').replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? ''),
      )
      const flag = args[2]
      if (/^https?:/.test(target) || flag === 'redirect' || flag === 'permanent')
        return this.#status(flag === 'permanent' ? 301 : 302, [['Location', this.#absolute(target)]])
      this.#path = target.split('?')[0] ?? target
      if (flag === 'break') this.#brokeOff = true
      if (flag === 'break' || flag === 'last') return undefined
    }
    return undefined
  }

  /** Undefined: the path has changed, and its location is looked for anew. */
  #inLocation(location: Directive | undefined): HttpResponse | undefined {
    const find = (name: string): Directive | undefined => this.#find(location, name)
    const refused = this.#refusal(location)
    if (refused !== undefined) return refused
    if (location?.block?.some(({ name }) => name === 'stub_status'))
      return this.#text(
        'Active connections: 1 \nserver accepts handled requests\n 1 1 1 \nReading: 0 Writing: 1 Waiting: 0 \n',
        'text/plain',
      )
    const proxy = location?.block?.find((directive) => directive.name === 'proxy_pass')
    if (proxy !== undefined) return this.#proxied(proxy.args[0] ?? '', location)
    const tries = find('try_files')
    if (tries !== undefined) return this.#tried(tries.args, location)
    return this.#static(
      this.#fileOf(this.#path, location),
      find('index')?.args ?? ['index.html'],
      find('autoindex')?.args[0] === 'on',
    )
  }

  #find(location: Directive | undefined, name: string): Directive | undefined {
    return [...(location?.block ?? []), ...(this.#visit.server?.directives ?? [])].find((one) => one.name === name)
  }

  #fileOf(path: string, location: Directive | undefined): string {
    const alias = location?.block?.find(({ name }) => name === 'alias')?.args[0]
    if (alias !== undefined) return alias + path.slice((location?.args.at(-1) ?? '').length)
    return (this.#find(location, 'root')?.args[0] ?? '/etc/nginx/html') + path
  }

  /** `deny`, `allow` and `auth_basic`. */
  #refusal(location: Directive | undefined): HttpResponse | undefined {
    const { client, request } = this.#visit
    const rules = [...(location?.block ?? []), ...(this.#visit.server?.directives ?? [])]
    const rule = rules.find(
      ({ name, args: [range = ''] }) =>
        (name === 'allow' || name === 'deny') &&
        (range === 'all' || range === client.address || (range.includes('/') && inCidr(client.address, range))),
    )
    if (rule?.name === 'deny') return this.#status(403)
    const realm = this.#find(location, 'auth_basic')?.args[0]
    if (realm === undefined || realm === 'off') return undefined
    const file = this.#find(location, 'auth_basic_user_file')?.args[0] ?? ''
    const user = authenticatedUser(header(request, 'authorization'), this.#visit.process.files.read(file) ?? '')
    return user === undefined ? this.#status(401, [['WWW-Authenticate', `Basic realm="${realm}"`]]) : undefined
  }

  #tried(names: readonly string[], location: Directive | undefined): HttpResponse | undefined {
    const { files } = this.#visit.process
    for (const name of names.slice(0, -1)) {
      const path = this.#variables(name)
      const file = this.#fileOf(path, location)
      const kind = files.stat(file.replace(/\/$/, ''))?.kind
      if (kind === undefined || (kind === 'directory') !== path.endsWith('/')) continue
      return this.#static(file, this.#find(location, 'index')?.args ?? ['index.html'], false)
    }
    const last = names.at(-1) ?? ''
    if (/^=\d{3}$/.test(last)) return this.#status(Number(last.slice(1)))
    this.#path = this.#variables(last).split('?')[0] ?? '/'
    return undefined
  }

  /** `error_page` puts another page in place of nginx's own; `add_header` adds to good answers. */
  #finish(response: HttpResponse, location: Directive | undefined): HttpResponse {
    const page = this.#errorPage(response, location)
    const added = [...(location?.block ?? []), ...(this.#visit.server?.directives ?? [])].filter(
      ({ name }) => name === 'add_header',
    )
    const own = (location?.block ?? []).some(({ name }) => name === 'add_header')
    const counts = (directive: Directive): boolean => !own || location?.block?.includes(directive) === true
    const good = [200, 201, 204, 206, 301, 302, 303, 304, 307, 308].includes(page.status)
    const headers = added
      .filter((directive) => counts(directive) && (good || directive.args[2] === 'always'))
      .map(({ args }) => [args[0] ?? '', this.#variables(args[1] ?? '')] as const)
    return headers.length === 0 ? page : { ...page, headers: [...page.headers, ...headers] }
  }

  #errorPage(response: HttpResponse, location: Directive | undefined): HttpResponse {
    if (response.status < 400 || !this.#own.has(response)) return response
    const scope = [...(location?.block ?? []), ...(this.#visit.server?.directives ?? [])]
    const directive = scope.find(({ name, args }) => name === 'error_page' && args.includes(String(response.status)))
    const target = directive?.args.at(-1)
    if (directive === undefined || target === undefined || !target.startsWith('/')) return response
    const { server } = this.#visit
    const file = this.#fileOf(target, server && findLocation(server, target))
    const body = this.#visit.process.files.read(file)
    if (body === undefined) return response
    const changed = /^=(\d{3})$/.exec(directive.args.at(-2) ?? '')?.[1]
    const status = changed === undefined ? response.status : Number(changed)
    return respond(this.#visit.request, status, this.#headers(mediaType(file, 'text/html'), body), body)
  }

  /** Pages that nginx has made itself. */
  readonly #own = new Set<HttpResponse>()

  #headers(type: string, body: string): [string, string][] {
    return [
      ['Server', serverName(this.#visit.process)],
      ['Date', httpDate(this.#visit.process.now())],
      ['Content-Type', type],
      ['Content-Length', String(byteLength(body))],
      ['Connection', 'keep-alive'],
    ]
  }

  #text(body: string, type: string): HttpResponse {
    return respond(this.#visit.request, 200, this.#headers(type, body), body)
  }

  #status(status: number, extra: readonly (readonly [string, string])[] = []): HttpResponse {
    const body = statusPage(status, TITLES.get(status) ?? reasonOf(status), serverName(this.#visit.process))
    const made = respond(this.#visit.request, status, [...this.#headers('text/html', body), ...extra], body)
    const response = { ...made, reason: reasonOf(status) }
    this.#own.add(response)
    return response
  }

  #returned(directive: Directive, scope: readonly Directive[]): HttpResponse {
    const [code = '200', text = ''] = directive.args
    const status = /^\d{3}$/.test(code) ? Number(code) : 302
    const value = this.#variables(/^\d{3}$/.test(code) ? text : code)
    if (status >= 301 && status <= 308 && value !== '')
      return this.#status(status, [['Location', this.#absolute(value)]])
    if (value === '' && status >= 300) return this.#status(status)
    const find = (name: string): Directive | undefined =>
      [...scope, ...(this.#visit.server?.directives ?? [])].find((one) => one.name === name)
    const type = find('default_type')?.args[0] ?? mediaType(this.#path, 'application/octet-stream')
    const made = respond(this.#visit.request, status, this.#headers(type, value), value)
    return { ...made, reason: reasonOf(status) }
  }

  /** nginx makes its redirects absolute. */
  #absolute(target: string): string {
    const { request } = this.#visit
    return target.startsWith('/') ? `${request.tls === true ? 'https' : 'http'}://${request.host}${target}` : target
  }

  #variables(text: string): string {
    const { process, client, request, port } = this.#visit
    const query = request.path.includes('?') ? request.path.slice(request.path.indexOf('?') + 1) : ''
    const values: { readonly [name: string]: string } = {
      hostname: process.hostname,
      remote_addr: client.address,
      remote_port: String(client.port),
      server_addr: ownAddress(process),
      server_port: String(port),
      server_name: this.#visit.server?.names[0] ?? '',
      host: request.host.split(':')[0] ?? '',
      http_host: request.host,
      uri: this.#path,
      document_uri: this.#path,
      request_uri: request.path,
      args: query,
      query_string: query,
      is_args: query === '' ? '' : '?',
      request_method: request.method,
      request_body: request.body,
      server_protocol: 'HTTP/1.1',
      scheme: request.tls === true ? 'https' : 'http',
      nginx_version: process.env.get('NGINX_VERSION') ?? '',
      pid: '29',
      time_local: new Date(process.now()).toUTCString(),
      time_iso8601: new Date(process.now()).toISOString().replace(/\.\d+Z$/, '+00:00'),
      msec: (process.now() / 1000).toFixed(3),
      status: '200',
      proxy_add_x_forwarded_for: [header(request, 'x-forwarded-for'), client.address].filter((one) => one).join(', '),
    }
    return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
      const name = braced ?? bare ?? ''
      if (/^\d$/.test(name)) return this.#captures[Number(name)] ?? ''
      if (Object.hasOwn(values, name)) return values[name] ?? ''
      if (name.startsWith('http_')) return header(request, name.slice(5).replaceAll('_', '-')) ?? ''
      if (name.startsWith('arg_')) return new RegExp(`(?:^|&)${name.slice(4)}=([^&]*)`).exec(query)?.[1] ?? ''
      return whole
    })
  }

  #proxied(target: string, location: Directive | undefined): HttpResponse {
    const { process, request, upstreams } = this.#visit
    const prefix = location?.args.at(-1) ?? '/'
    const [, scheme = 'http', host = '', given] = /^(https?):\/\/([^/]+)(\/.*)?$/.exec(this.#variables(target)) ?? []
    const query = request.path.includes('?') ? request.path.slice(request.path.indexOf('?')) : ''
    const path =
      given === undefined
        ? this.#brokeOff
          ? this.#path + query
          : request.path
        : given + this.#path.slice(prefix.length) + query
    const known = Object.hasOwn(upstreams, host) ? (upstreams[host] ?? []) : undefined
    const headers = this.#sentHeaders(location, host)
    const asked = (address: string) =>
      process.network.fetch(process.place, `${scheme}://${address}${path}`, {
        method: request.method,
        headers,
        body: request.body,
      })
    let failure: 502 | 504 = 502
    for (const address of turned(known ?? [host], process.now())) {
      const exchange = asked(address)
      if (exchange.response !== undefined) return this.#passedOn(exchange.response)
      failure = exchange.outcome === 'timed-out' ? 504 : 502
      const why =
        exchange.outcome === 'timed-out'
          ? 'upstream timed out (110: Operation timed out) while connecting to upstream'
          : 'connect() failed (111: Connection refused) while connecting to upstream'
      this.#logError(`${why}, client: ${this.#visit.client.address}`, `, upstream: "${scheme}://${address}${path}"`)
    }
    const response = this.#status(failure)
    if (failure !== 504) return response
    const slow = { ...response, delayMs: 60_000 }
    this.#own.add(slow)
    return slow
  }

  /** What the backend sees: Host is the name behind proxy_pass unless the configuration says otherwise. */
  #sentHeaders(location: Directive | undefined, host: string): readonly (readonly [string, string])[] {
    const own = (location?.block ?? []).filter(({ name }) => name === 'proxy_set_header')
    const set =
      own.length > 0 ? own : (this.#visit.server?.directives ?? []).filter(({ name }) => name === 'proxy_set_header')
    const changed = new Map(
      set.map(({ args }) => [(args[0] ?? '').toLowerCase(), [args[0] ?? '', this.#variables(args[1] ?? '')] as const]),
    )
    const rest = this.#visit.request.headers.filter(
      ([name]) => !changed.has(name.toLowerCase()) && !/^(host|connection)$/i.test(name),
    )
    return [
      ...(changed.has('host') ? [] : [['Host', host] as const]),
      ['Connection', 'close'] as const,
      ...rest,
      ...[...changed.values()].filter(([, value]) => value !== ''),
    ]
  }

  #passedOn(response: HttpResponse): HttpResponse {
    const headers = response.headers.filter(([name]) => !/^(server|date|connection)$/i.test(name))
    const own = this.#headers('', '').filter(([name]) => name === 'Server' || name === 'Date')
    return { ...response, version: '1.1', headers: [...own, ...headers, ['Connection', 'keep-alive']] }
  }

  #static(file: string, indexes: readonly string[], lists: boolean): HttpResponse {
    const { process, request } = this.#visit
    const { files } = process
    if (!['GET', 'HEAD'].includes(request.method)) return this.#status(405)
    const stat = files.stat(file)
    const directory = stat?.kind === 'directory'
    if (directory && !this.#path.endsWith('/'))
      return this.#status(301, [['Location', this.#absolute(`${this.#path}/`)]])
    const index = directory ? indexes.find((name) => files.read(`${file}/${name}`) !== undefined) : undefined
    if (directory && index === undefined && lists) return this.#listing(file)
    const actual = directory ? (index === undefined ? undefined : `${file}/${index}`) : file
    const body = actual === undefined ? undefined : files.read(actual)
    if (body === undefined || actual === undefined) {
      this.#logError(
        directory
          ? `directory index of "${file}" is forbidden`
          : `open() "${file}" failed (2: No such file or directory)`,
      )
      return this.#status(directory ? 403 : 404)
    }
    const modified = Math.floor((files.stat(actual)?.modified ?? 0) / 1000)
    const headers = this.#headers(mediaType(actual, 'application/octet-stream'), body)
    headers.splice(4, 0, ['Last-Modified', httpDate(modified * 1000)])
    headers.push(['ETag', `"${modified.toString(16)}-${byteLength(body).toString(16)}"`], ['Accept-Ranges', 'bytes'])
    return respond(request, 200, headers, body)
  }

  #listing(directory: string): HttpResponse {
    const { files } = this.#visit.process
    const rows = files.list(directory).map((name) => {
      const shown = files.stat(`${directory}/${name}`)?.kind === 'directory' ? `${name}/` : name
      return `<a href="${shown}">${shown}</a>\r\n`
    })
    const title = `Index of ${this.#path}`
    return this.#text(
      `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<h1>${title}</h1><hr><pre><a href="../">../</a>\r\n${rows.join('')}</pre><hr></body>\r\n</html>\r\n`,
      'text/html',
    )
  }

  #logError(what: string, upstream = ''): void {
    const { process, client, request } = this.#visit
    const at = new Date(process.now()).toISOString()
    const stamp = `${at.slice(0, 10).replace(/-/g, '/')} ${at.slice(11, 19)}`
    const from = what.includes('client: ') ? '' : `, client: ${client.address}`
    const about = `${from}, server: ${this.#visit.server?.names[0] ?? ''}, request: "${request.method} ${request.path} HTTP/1.1"${upstream}, host: "${request.host}"`
    process.log('stderr', `${stamp} [error] 29#29: *1 ${what}${about}\n`)
  }
}

/** A list that begins at another place each time, so that every server gets its share. */
function turned<T>(all: readonly T[], at: number): readonly T[] {
  const start = all.length === 0 ? 0 : at % all.length
  return [...all.slice(start), ...all.slice(0, start)]
}

/** Pages have other titles than status lines (nginx: src/http/ngx_http_special_response.c). */
const TITLES: ReadonlyMap<number, string> = new Map([
  [302, 'Found'],
  [401, 'Authorization Required'],
])
const REASONS: ReadonlyMap<number, string> = new Map([
  [302, 'Moved Temporarily'],
  [405, 'Not Allowed'],
  [413, 'Request Entity Too Large'],
  [503, 'Service Temporarily Unavailable'],
  [504, 'Gateway Time-out'],
])

const reasonOf = (status: number): string => REASONS.get(status) ?? reasonPhrase(status)
