import { byteLength } from '../api/byte-length.ts'
import { inCidr } from '../network/addresses.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { header, httpDate } from '../node/programs/http-response.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import {
  type Backend,
  type Configuration,
  DEFAULT_BACKEND,
  type Location,
  type VirtualServer,
} from './configuration.ts'
import { nginxPage } from './pages.ts'
import { authenticatedUser } from './passwords.ts'
import { draw, requestId } from './request-id.ts'
import { findLocation, findServer, hostsOf, rewritten } from './route.ts'
import { type Attempted, askBackend } from './upstream.ts'

export interface Client {
  readonly address: string
  readonly port: number
}

/** Part of a snapshot: requests so far, and where each backend's turn is. */
export interface Memory {
  requests: number
  turns: [backend: string, turn: number][]
}

/** Answers one request as nginx with this configuration does, and writes the access log. */
export function serveRequest(
  process: ContainerProcess,
  configuration: Configuration,
  memory: Memory,
  request: HttpRequest,
  client: Client,
): HttpResponse {
  memory.requests += 1
  return new Visit(process, configuration, memory, request, client).answer()
}

class Visit {
  readonly #process: ContainerProcess
  readonly #configuration: Configuration
  readonly #memory: Memory
  readonly #request: HttpRequest
  readonly #client: Client
  readonly #host: string
  readonly #server: VirtualServer | undefined
  readonly #path: string
  readonly #id: string
  #location: Location | undefined
  #backend = ''
  #alternative = ''
  #user = '-'
  #tried: Attempted['attempts'] = []

  constructor(
    process: ContainerProcess,
    configuration: Configuration,
    memory: Memory,
    request: HttpRequest,
    client: Client,
  ) {
    this.#process = process
    this.#configuration = configuration
    this.#memory = memory
    this.#request = request
    this.#client = client
    this.#host = request.host.replace(/:\d+$/, '').toLowerCase()
    this.#server = findServer(configuration.servers, this.#host)
    this.#path = normalized(request.path)
    this.#id = requestId(process.hostname, memory.requests, process.now())
  }

  answer(): HttpResponse {
    const response = this.#withOwnHeaders(this.#redirectToHost() ?? this.#inLocation())
    this.#log(response)
    return response
  }

  /** `www.` and the bare name: one of them sends on to the other. */
  #redirectToHost(): HttpResponse | undefined {
    const to = this.#configuration.servers.find(({ redirectFrom }) => redirectFrom === this.#host)
    return to && this.#page(308, [['Location', `${this.#scheme}://${to.host}${this.#request.path}`]])
  }

  #inLocation(): HttpResponse {
    const location = this.#server && findLocation(this.#server, this.#path)
    this.#location = location
    if (location === undefined) return this.#page(404)
    this.#backend = location.backend
    const early = this.#beforeProxy(location)
    if (early) return early
    if (location.backend === DEFAULT_BACKEND) return this.#nobody()
    return this.#proxied(location)
  }

  #beforeProxy(location: Location): HttpResponse | undefined {
    const { options, ingress } = location
    const remark = (
      code:
        | 'ingress-redirected'
        | 'ingress-source-denied'
        | 'ingress-unauthorized'
        | 'ingress-body-too-large'
        | 'ingress-denied',
      params = {},
    ) => this.#remark('pass', code, { ingress: ingressName(ingress), ...params })
    const secureOnly = options.forceSslRedirect || (options.sslRedirect && this.#server?.certificate !== undefined)
    if (secureOnly && this.#request.tls !== true) {
      const to = `https://${this.#host}${this.#request.path}`
      remark('ingress-redirected', { to })
      return this.#page(308, [['Location', to]])
    }
    if (location.denied !== undefined) {
      remark('ingress-denied', { why: location.denied })
      return this.#page(503)
    }
    if (!this.#isAdmitted(location)) {
      remark('ingress-source-denied', { source: this.#client.address, ranges: options.allow.join(', ') || '-' })
      this.#error(`access forbidden by rule`)
      return this.#page(403)
    }
    if (options.appRoot !== undefined && this.#path === '/') {
      const to = `${this.#scheme}://${this.#request.host}${options.appRoot}`
      remark('ingress-redirected', { to })
      return this.#page(302, [['Location', to]])
    }
    if (options.redirect) {
      remark('ingress-redirected', { to: options.redirect.to })
      return this.#page(options.redirect.status, [
        ['Location', options.redirect.to.replace('$request_uri', this.#request.path)],
      ])
    }
    if (options.users !== undefined) {
      const user = authenticatedUser(header(this.#request, 'authorization'), options.users)
      if (user === undefined) {
        remark('ingress-unauthorized')
        return this.#page(401, [['WWW-Authenticate', `Basic realm="${options.realm ?? ''}"`]])
      }
      this.#user = user
    }
    if (options.bodySize > 0 && byteLength(this.#request.body) > options.bodySize) {
      remark('ingress-body-too-large', { size: byteLength(this.#request.body), limit: options.bodySize })
      this.#error(`client intended to send too large body: ${byteLength(this.#request.body)} bytes`)
      return this.#page(413)
    }
    const preflight = options.cors !== undefined && this.#request.method === 'OPTIONS'
    return preflight
      ? { ...this.#page(204), reason: 'No Content', body: '', headers: [['Date', httpDate(this.#process.now())]] }
      : undefined
  }

  #isAdmitted({ options: { allow, deny } }: Location): boolean {
    const within = (range: string): boolean => inCidr(this.#client.address, range)
    return !deny.some(within) && (allow.length === 0 || allow.some(within))
  }

  /** The controller's own page: no host, or no path of it. */
  #nobody(): HttpResponse {
    const hosts = hostsOf(this.#configuration)
    const foreign = this.#configuration.foreign.find(({ hosts: own }) => own.includes(this.#host) || own.includes('_'))
    const paths = this.#server?.locations.filter(({ ingress }) => ingress !== undefined) ?? []
    const params = { host: this.#host, path: this.#path }
    if (paths.length > 0 && this.#server?.host !== '_')
      this.#remark('pass', 'ingress-no-path', { ...params, paths: listed(paths.map(({ path }) => path)) })
    else if (foreign)
      this.#remark('pass', 'ingress-of-another-class', {
        ...params,
        ingress: foreign.name,
        class: foreign.className || '-',
      })
    else if (hosts.length === 0 && paths.length === 0) this.#remark('pass', 'ingress-none', params)
    else if (paths.length > 0)
      this.#remark('pass', 'ingress-no-path', { ...params, paths: listed(paths.map(({ path }) => path)) })
    else this.#remark('pass', 'ingress-no-host', { ...params, hosts: listed(hosts) })
    this.#tried = [{ address: '127.0.0.1:8181', status: 404, ms: 1, bytes: 146 }]
    return this.#page(404)
  }

  #proxied(location: Location): HttpResponse {
    const canary = this.#takesCanary(location) ? location.canary : undefined
    const name = canary?.backend ?? location.backend
    this.#alternative = canary?.backend ?? ''
    const backend = this.#configuration.backends.find((one) => one.name === name)
    const { ingress } = location
    const params = {
      ingress: canary?.ingress ?? ingressName(ingress),
      host: this.#server?.host ?? '_',
      path: location.path,
    }
    if (backend === undefined) {
      this.#remark('pass', 'ingress-no-backend', params)
      return this.#page(404)
    }
    const service = `${backend.service}:${backend.port}`
    const code = canary ? 'ingress-canary' : location.fallback ? 'ingress-default-backend' : 'ingress-route'
    this.#remark('pass', code, { ...params, pathType: location.pathType, service })
    const target = rewritten(location, this.#path)
    if (target !== undefined) this.#remark('pass', 'ingress-rewritten', { path: this.#path, target })
    if (backend.problem !== undefined) return this.#without(backend)
    const asked = this.#upstreamRequest(location, target)
    const sticky = this.#stickyTurn(location, backend)
    const first = sticky ?? this.#turnOf(backend)
    const result = askBackend(this.#process, backend, asked, location.options, first, (line) => this.#error(line))
    this.#tried = result.attempts
    if (result.response === undefined) {
      this.#remark('pass', result.status === 504 ? 'ingress-gateway-timeout' : 'ingress-bad-gateway', {
        service,
        status: result.status,
        tries: result.attempts.length,
      })
      return withDelay(this.#page(result.status), result.delayMs)
    }
    const cookie = location.options.affinityCookie
    const own =
      cookie !== undefined && sticky === undefined
        ? [['Set-Cookie', `${cookie}=${this.#process.now() / 1000}.${first}|${this.#id}; Path=/; HttpOnly`] as const]
        : []
    return withDelay(this.#passedOn(result.response, own), result.delayMs)
  }

  #without(backend: Backend): HttpResponse {
    const params = {
      service: backend.service,
      namespace: backend.namespace,
      port: backend.port,
      ports: backend.ports ?? '',
    }
    if (backend.problem === 'no-service') this.#remark('refused', 'ingress-no-service', params)
    else if (backend.problem === 'no-port') this.#remark('refused', 'ingress-no-port', params)
    else this.#process.network.remarkNoEndpoints(backend.namespace, backend.service, backend.port)
    return this.#page(503)
  }

  #takesCanary({ canary }: Location): boolean {
    if (canary === undefined) return false
    const value = canary.header === undefined ? undefined : header(this.#request, canary.header.toLowerCase())
    if (value !== undefined && canary.headerValue !== undefined) {
      if (value === canary.headerValue) return true
    } else if (value !== undefined && canary.headerPattern !== undefined) {
      if (value.includes(canary.headerPattern)) return true
    } else if (value === 'always') return true
    else if (value === 'never') return false
    const cookie = canary.cookie === undefined ? undefined : this.#cookie(canary.cookie)
    if (cookie === 'always') return true
    if (cookie === 'never') return false
    return draw(`canary ${this.#id}`, canary.weightTotal) < canary.weight
  }

  #cookie(name: string): string | undefined {
    const all = (header(this.#request, 'cookie') ?? '').split(/;\s*/)
    return all.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1)
  }

  #stickyTurn({ options }: Location, backend: Backend): number | undefined {
    const value = options.affinityCookie === undefined ? undefined : this.#cookie(options.affinityCookie)
    const turn = /^[\d.]+\.(\d+)\|/.exec(value ?? '')?.[1]
    return turn === undefined ? undefined : Number(turn) % Math.max(1, backend.endpoints.length)
  }

  /** Round robin, as the controller's balancer begins: somewhere. */
  #turnOf({ name, endpoints }: Backend): number {
    const count = Math.max(1, endpoints.length)
    const entry = this.#memory.turns.find(([backend]) => backend === name)
    if (entry === undefined) {
      const start = draw(`${this.#process.hostname} ${name}`, count)
      this.#memory.turns.push([name, start])
      return start
    }
    entry[1] = (entry[1] + 1) % count
    return entry[1]
  }

  #upstreamRequest({ options }: Location, target: string | undefined): HttpRequest {
    const query = this.#request.path.includes('?') ? this.#request.path.slice(this.#request.path.indexOf('?')) : ''
    const host = options.upstreamHost ?? this.#request.host
    const sent: [string, string][] = [
      ['Host', host],
      ['X-Request-ID', this.#id],
      ['X-Real-IP', this.#client.address],
      ['X-Forwarded-For', this.#client.address],
      ['X-Forwarded-Host', this.#request.host],
      ['X-Forwarded-Port', this.#request.tls === true ? '443' : '80'],
      ['X-Forwarded-Proto', this.#scheme],
      ['X-Forwarded-Scheme', this.#scheme],
      ['X-Scheme', this.#scheme],
    ]
    if (options.forwardedPrefix !== undefined) sent.push(['X-Forwarded-Prefix', options.forwardedPrefix])
    const own = new Set(sent.map(([name]) => name.toLowerCase()))
    const rest = this.#request.headers.filter(
      ([name]) => !own.has(name.toLowerCase()) && name.toLowerCase() !== 'connection',
    )
    const path =
      target === undefined ? this.#request.path : `${target.replaceAll(' ', '%20')}${target.includes('?') ? '' : query}`
    return { method: this.#request.method, path, host, headers: [...sent, ...rest], body: this.#request.body }
  }

  /** The backend's answer under nginx's own first lines; the backend's Server line stays behind. */
  #passedOn(response: HttpResponse, own: readonly (readonly [string, string])[]): HttpResponse {
    const value = (name: string) => response.headers.find(([key]) => key.toLowerCase() === name)
    const [type, length, chunked] = ['content-type', 'content-length', 'transfer-encoding'].map(value)
    const hidden = [
      'date',
      'server',
      'connection',
      'keep-alive',
      'content-type',
      'content-length',
      'transfer-encoding',
      'x-powered-by',
    ]
    return {
      status: response.status,
      reason: response.reason,
      version: '1.1',
      headers: [
        ['Date', httpDate(this.#process.now())],
        ...(type ? [['Content-Type', type[1]] as const] : []),
        ...(chunked
          ? [['Transfer-Encoding', 'chunked'] as const]
          : length
            ? [['Content-Length', length[1]] as const]
            : []),
        ['Connection', 'keep-alive'],
        ...own,
        ...response.headers.filter(([name]) => !hidden.includes(name.toLowerCase())),
      ],
      body: response.body,
    }
  }

  #withOwnHeaders(response: HttpResponse): HttpResponse {
    const secure = this.#request.tls === true && this.#server?.certificate !== undefined
    const cors = this.#location?.options.cors
    const more: (readonly [string, string])[] = [
      ...(secure ? [['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'] as const] : []),
      ...(cors
        ? [
            ['Access-Control-Allow-Origin', cors.origin] as const,
            ['Access-Control-Allow-Credentials', 'true'] as const,
            ['Access-Control-Allow-Methods', cors.methods] as const,
            ['Access-Control-Allow-Headers', cors.headers] as const,
            ['Access-Control-Max-Age', '1728000'] as const,
          ]
        : []),
    ]
    return more.length === 0 ? response : { ...response, headers: [...response.headers, ...more] }
  }

  get #scheme(): 'http' | 'https' {
    return this.#request.tls === true ? 'https' : 'http'
  }

  #page(status: number, more: readonly (readonly [string, string])[] = []): HttpResponse {
    return nginxPage(this.#request, status, this.#process.now(), more)
  }

  #remark(
    verdict: 'pass' | 'refused',
    code: Parameters<ContainerProcess['network']['remark']>[2],
    params: { readonly [name: string]: string | number },
  ): void {
    const { ingress } = this.#location ?? {}
    this.#process.network.remark(verdict, ingress ? { kind: 'ingress', ...ingress } : this.#process.place, code, params)
  }

  #error(text: string): void {
    const at = new Date(this.#process.now()).toISOString()
    const server = this.#server?.host ?? '_'
    const { method, path, host } = this.#request
    const [what, ...rest] = text.split(', upstream: ')
    const upstream = rest.length > 0 ? `, upstream: ${rest.join('')}` : ''
    const about = `client: ${this.#client.address}, server: ${server}, request: "${method} ${path} HTTP/1.1"${upstream}, host: "${host}"`
    const line = `${at.slice(0, 10).replaceAll('-', '/')} ${at.slice(11, 19)} [error] 26#26: *${this.#memory.requests} ${what}, ${about}\n`
    this.#process.log('stderr', line)
  }

  /** The controller's own format (ingress-nginx: user-guide/nginx-configuration/log-format). */
  #log(response: HttpResponse): void {
    const at = httpDate(this.#process.now()).replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1/$2/$3:$4 +0000')
    const { method, path } = this.#request
    const size = method === 'HEAD' ? 0 : byteLength(response.body)
    const length = method.length + path.length + 60 + byteLength(this.#request.body)
    const seconds = (ms: number): string => (ms / 1000).toFixed(3)
    const column = (cell: (one: Attempted['attempts'][number]) => string): string =>
      this.#tried.map(cell).join(', ') || '-'
    const line = [
      `${this.#client.address} - ${this.#user} [${at}] "${method} ${path} HTTP/1.1" ${response.status} ${size}`,
      `"${header(this.#request, 'referer') ?? '-'}" "${header(this.#request, 'user-agent') ?? '-'}" ${length} ${seconds(response.delayMs ?? 0)}`,
      `[${this.#backend}] [${this.#alternative}] ${column((one) => one.address)} ${column((one) => String(one.bytes))}`,
      `${column((one) => seconds(one.ms))} ${column((one) => String(one.status))} ${this.#id}`,
    ]
    this.#process.log('stdout', `${line.join(' ')}\n`)
  }
}

const withDelay = (response: HttpResponse, delayMs: number): HttpResponse =>
  delayMs > 1 ? { ...response, delayMs } : response

const ingressName = (ingress: Location['ingress']): string =>
  ingress === undefined ? '-' : ingress.namespace === 'default' ? ingress.name : `${ingress.namespace}/${ingress.name}`

const listed = (names: readonly string[]): string => [...new Set(names)].join(', ') || '-'

/** The path as nginx compares it: decoded, dots resolved, slashes merged, without its query. */
function normalized(path: string): string {
  const raw = path.split(/[?#]/)[0] ?? '/'
  let decoded = raw
  try {
    decoded = decodeURIComponent(raw)
  } catch {
    // nginx answers 400 to broken escapes; they are compared as they stand.
  }
  const parts: string[] = []
  const all = decoded.replace(/\/{2,}/g, '/').split('/')
  for (const [index, part] of all.entries()) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
    if ((part === '..' || part === '.') && index === all.length - 1) parts.push('')
  }
  return parts.join('/') || '/'
}
