import { byteLength } from '../api/byte-length.ts'
import { inCidr } from '../network/addresses.ts'
import type { Reason } from '../network/reasons.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { header, httpDate } from '../node/programs/http-response.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import { accessLine } from './access-line.ts'
import { cookieOf, takesCanary } from './canary.ts'
import {
  type Backend,
  type Configuration,
  DEFAULT_BACKEND,
  type Location,
  type VirtualServer,
} from './configuration.ts'
import { corsHeaders } from './cors.ts'
import { askOutside } from './external-auth.ts'
import { forwardedHeaders } from './forwarded-headers.ts'
import { type Bucket, exceeded } from './limits.ts'
import { zoneOf } from './nginx-conf.ts'
import { normalized } from './normalized-path.ts'
import { nginxPage } from './pages.ts'
import { passedOn } from './passed-on.ts'
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
  /** What clients have sent to locations with limits. */
  buckets?: Bucket[]
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
  /** Headers that an authentication service adds for the application. */
  #granted: readonly (readonly [string, string])[] = []
  /** Who asks: the client, or whom a proxy in front names. */
  readonly #source: string
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
    const named = configuration.settings.forwardedHeaders && header(request, configuration.settings.forwardedForHeader)
    this.#source = named ? (named.split(',')[0]?.trim() ?? client.address) : client.address
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
    const { redirectCode } = this.#configuration.settings
    return to && this.#page(redirectCode, [['Location', `${this.#scheme}://${to.host}${this.#request.path}`]])
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

  /** What is decided before any backend is asked, in the order of nginx's phases. */
  #beforeProxy(location: Location): HttpResponse | undefined {
    return (
      this.#toHttps(location) ??
      this.#denied(location) ??
      this.#limited(location) ??
      this.#refusedEntry(location) ??
      this.#sentElsewhere(location) ??
      this.#tooLarge(location) ??
      this.#preflight(location)
    )
  }

  #about(location: Location, code: Reason, params: { readonly [name: string]: string | number } = {}): void {
    this.#remark('pass', code, { ingress: ingressName(location.ingress), ...params })
  }

  #toHttps(location: Location): HttpResponse | undefined {
    const { options } = location
    const secureOnly = options.forceSslRedirect || (options.sslRedirect && this.#server?.certificate !== undefined)
    if (!secureOnly || this.#scheme === 'https') return undefined
    const to = `https://${this.#host}${this.#request.path}`
    this.#about(location, 'ingress-redirected', { to })
    return this.#page(this.#configuration.settings.redirectCode, [['Location', to]])
  }

  #denied(location: Location): HttpResponse | undefined {
    if (location.denied === undefined) return undefined
    this.#about(location, 'ingress-denied', { why: location.denied })
    return this.#page(503)
  }

  #limited(location: Location): HttpResponse | undefined {
    const { limits } = location.options
    if (limits.length === 0) return undefined
    this.#memory.buckets ??= []
    const key = `${ingressName(location.ingress)} ${this.#source}`
    const over = exceeded(limits, this.#memory.buckets, key, this.#process.now())
    if (over === undefined) return undefined
    const { rate, unit } = over.limit
    this.#about(location, 'ingress-limited', { source: this.#source, rate, unit })
    this.#error(`limiting requests, excess: ${over.excess.toFixed(3)} by zone "${zoneOf(location, unit)}"`)
    return this.#page(this.#configuration.settings.limitStatus)
  }

  /** Addresses, then the authentication service, then passwords; `satisfy: any` takes an address for a password. */
  #refusedEntry(location: Location): HttpResponse | undefined {
    const admitted = this.#isAdmitted(location)
    const { options } = location
    if (options.satisfiesAny && admitted && options.allow.length > 0) return undefined
    if (!admitted && !options.satisfiesAny) {
      const ranges = options.allow.join(', ') || '-'
      this.#about(location, 'ingress-source-denied', { source: this.#source, ranges })
      this.#error('access forbidden by rule')
      return this.#page(403)
    }
    return this.#refusedOutside(location) ?? this.#refusedPassword(location)
  }

  #refusedOutside(location: Location): HttpResponse | undefined {
    const { auth } = location.options
    if (auth === undefined) return undefined
    const asked = { host: this.#host, client: this.#source, id: this.#id }
    const verdict = askOutside(auth, this.#process, this.#request, asked)
    if (verdict.kind === 'let-in') {
      this.#granted = verdict.headers
      return undefined
    }
    this.#about(location, 'ingress-auth-refused', { url: auth.url, status: verdict.status })
    if (verdict.kind === 'refused')
      return this.#page(verdict.status, verdict.location === undefined ? [] : [['Location', verdict.location]])
    this.#error(`auth request unexpected status: ${verdict.status} while sending to client`)
    return this.#page(500)
  }

  #refusedPassword(location: Location): HttpResponse | undefined {
    const { options } = location
    if (options.users === undefined) return undefined
    const user = authenticatedUser(header(this.#request, 'authorization'), options.users)
    if (user === undefined) {
      this.#about(location, 'ingress-unauthorized')
      return this.#page(401, [['WWW-Authenticate', `Basic realm="${options.realm ?? ''}"`]])
    }
    this.#user = user
    return undefined
  }

  #sentElsewhere(location: Location): HttpResponse | undefined {
    const { appRoot, redirect } = location.options
    if (appRoot !== undefined && this.#path === '/') {
      const to = `${this.#scheme}://${this.#request.host}${appRoot}`
      this.#about(location, 'ingress-redirected', { to })
      return this.#page(302, [['Location', to]])
    }
    if (redirect === undefined) return undefined
    const to = this.#variables(redirect.to)
    this.#about(location, 'ingress-redirected', { to })
    return this.#page(redirect.status, [['Location', to]])
  }

  #tooLarge(location: Location): HttpResponse | undefined {
    const limit = location.options.bodySize
    const size = byteLength(this.#request.body)
    if (limit === 0 || size <= limit) return undefined
    this.#about(location, 'ingress-body-too-large', { size, limit })
    this.#error(`client intended to send too large body: ${size} bytes`)
    return this.#page(413)
  }

  #preflight({ options }: Location): HttpResponse | undefined {
    if (options.cors === undefined || this.#request.method !== 'OPTIONS') return undefined
    const headers = [['Date', httpDate(this.#process.now())] as const, ['Connection', 'keep-alive'] as const]
    return { ...this.#page(204), reason: 'No Content', body: '', headers }
  }

  #isAdmitted({ options: { allow, deny } }: Location): boolean {
    const within = (range: string): boolean => inCidr(this.#source, range)
    return !deny.some(within) && (allow.length === 0 || allow.some(within))
  }

  /** nginx's variables in annotations. */
  #variables(text: string): string {
    const values = new Map([
      ['request_uri', this.#request.path],
      ['uri', this.#path],
      ['host', this.#host],
      ['scheme', this.#scheme],
      ['remote_addr', this.#source],
      ['binary_remote_addr', this.#source],
      ['best_http_host', this.#request.host],
      ['request_method', this.#request.method],
    ])
    return text.replace(/\$\{?(\w+)\}?/g, (whole, name: string) => {
      if (name.startsWith('http_')) return header(this.#request, name.slice(5).replaceAll('_', '-')) ?? ''
      if (name.startsWith('arg_')) return new RegExp(`[?&]${name.slice(4)}=([^&]*)`).exec(this.#request.path)?.[1] ?? ''
      return values.get(name) ?? whole
    })
  }

  /** The controller's own page: no host, or no path of it. */
  #nobody(): HttpResponse {
    const hosts = hostsOf(this.#configuration)
    const foreign = this.#configuration.foreign.find(({ hosts: own }) => own.includes(this.#host) || own.includes('_'))
    const paths = this.#server?.locations.filter(({ ingress }) => ingress !== undefined) ?? []
    const params = { host: this.#host, path: this.#path }
    if (paths.length > 0 && this.#server?.host !== '_')
      this.#remark('refused', 'ingress-no-path', { ...params, paths: listed(paths.map(({ path }) => path)) })
    else if (foreign)
      this.#remark('refused', 'ingress-of-another-class', {
        ...params,
        ingress: foreign.name,
        class: foreign.className || '-',
      })
    else if (hosts.length === 0 && paths.length === 0) this.#remark('refused', 'ingress-none', params)
    else if (paths.length > 0)
      this.#remark('refused', 'ingress-no-path', { ...params, paths: listed(paths.map(({ path }) => path)) })
    else this.#remark('refused', 'ingress-no-host', { ...params, hosts: listed(hosts) })
    this.#tried = [{ address: '127.0.0.1:8181', status: 404, ms: 1, bytes: 146 }]
    return this.#page(404)
  }

  #proxied(location: Location): HttpResponse {
    const canary =
      location.canary && takesCanary(location.canary, this.#request, this.#id) ? location.canary : undefined
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
      this.#remark('refused', 'ingress-no-backend', params)
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
    const first = sticky ?? this.#hashedTurn(location, backend) ?? this.#turnOf(backend)
    const result = askBackend(this.#process, backend, asked, location.options, first, (line) => this.#error(line))
    this.#tried = result.attempts
    if (result.response === undefined) {
      this.#remark('pass', result.status === 504 ? 'ingress-gateway-timeout' : 'ingress-bad-gateway', {
        service,
        status: result.status,
        tries: result.attempts.length,
      })
      const page = withDelay(this.#page(result.status), result.delayMs)
      return this.#errorPage(location, page) ?? page
    }
    const cookie = sticky === undefined ? this.#cookieOf(location, first) : []
    const answer = withDelay(this.#passed(result.response, cookie), result.delayMs)
    return this.#errorPage(location, answer) ?? answer
  }

  #cookieOf({ options: { affinity }, path }: Location, turn: number): readonly (readonly [string, string])[] {
    if (affinity === undefined) return []
    const value = `${(this.#process.now() / 1000).toFixed(3)}.${turn}|${this.#id}`
    const parts = [
      `${affinity.cookie}=${value}`,
      ...affinity.attributes,
      `Path=${affinity.path ?? path}`,
      ...(this.#scheme === 'https' ? ['Secure'] : []),
      'HttpOnly',
    ]
    return [['Set-Cookie', parts.join('; ')]]
  }

  /** `custom-http-errors`: the default backend is told of the status and makes the page. */
  #errorPage(location: Location, response: HttpResponse): HttpResponse | undefined {
    const { options, errorBackend, ingress } = location
    if (!options.interceptsErrors || !options.customErrors.includes(response.status)) return undefined
    const backend = this.#configuration.backends.find(({ name }) => name === errorBackend)
    if (backend === undefined) return { ...this.#page(404), ...(response.delayMs && { delayMs: response.delayMs }) }
    const service = `${backend.service}:${backend.port}`
    this.#about(location, 'ingress-error-page', { status: response.status, service })
    const [name = '', port = ''] = this.#backendParts(location)
    const told = [
      ['X-Code', String(response.status)],
      ['X-Format', header(this.#request, 'accept') ?? ''],
      ['X-Original-URI', this.#request.path],
      ['X-Namespace', ingress?.namespace ?? ''],
      ['X-Ingress-Name', ingress?.name ?? ''],
      ['X-Service-Name', name],
      ['X-Service-Port', port],
      ['X-Request-ID', this.#id],
    ].map(([key = '', value = '']) => [key, value] as const)
    const asked = { ...this.#upstreamRequest(location, undefined), method: 'GET', body: '' }
    const sent = { ...asked, headers: [...asked.headers, ...told] }
    const result = askBackend(this.#process, backend, sent, PLAIN_UPSTREAM, this.#turnOf(backend), (line) =>
      this.#error(line),
    )
    return result.response === undefined ? this.#page(result.status) : this.#passed(result.response, [])
  }

  #backendParts({ backend }: Location): readonly [service: string, port: string] {
    const found = this.#configuration.backends.find(({ name }) => name === backend)
    return [found?.service ?? '', found?.port ?? '']
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
    const page = this.#page(503)
    return (this.#location && this.#errorPage(this.#location, page)) ?? page
  }

  #stickyTurn({ options }: Location, backend: Backend): number | undefined {
    const value = options.affinity === undefined ? undefined : cookieOf(this.#request, options.affinity.cookie)
    const turn = /^[\d.]+\.(\d+)\|/.exec(value ?? '')?.[1]
    return turn === undefined ? undefined : Number(turn) % Math.max(1, backend.endpoints.length)
  }

  /** `upstream-hash-by`: the same text leads to the same endpoint. */
  #hashedTurn({ options }: Location, { endpoints }: Backend): number | undefined {
    return options.hashBy === undefined
      ? undefined
      : draw(this.#variables(options.hashBy), Math.max(1, endpoints.length))
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
    const path =
      target === undefined ? this.#request.path : `${target.replaceAll(' ', '%20')}${target.includes('?') ? '' : query}`
    const host = options.upstreamHost ?? this.#request.host
    const headers = forwardedHeaders(this.#request, this.#configuration.settings, {
      host,
      id: this.#id,
      source: this.#source,
      client: this.#client.address,
      scheme: this.#scheme,
      prefix: options.forwardedPrefix,
      granted: this.#granted,
    })
    return { method: this.#request.method, path, host, headers, body: this.#request.body }
  }

  #passed(response: HttpResponse, own: readonly (readonly [string, string])[]): HttpResponse {
    return passedOn(response, own, this.#configuration.settings.hiddenHeaders, this.#process.now())
  }

  #withOwnHeaders(response: HttpResponse): HttpResponse {
    const { hsts } = this.#configuration.settings
    const secure = this.#request.tls === true && this.#server?.certificate !== undefined
    const { options, addedHeaders = [] } = this.#location ?? {}
    const more: (readonly [string, string])[] = [
      ...(secure && hsts !== undefined ? [['Strict-Transport-Security', hsts] as const] : []),
      ...(options?.cors ? corsHeaders(options.cors, this.#request) : []),
      ...addedHeaders,
    ]
    return more.length === 0 ? response : { ...response, headers: [...response.headers, ...more] }
  }

  /** As the client sees it: a trusted proxy in front may have taken TLS off. */
  get #scheme(): 'http' | 'https' {
    const { forwardedHeaders } = this.#configuration.settings
    const told = forwardedHeaders ? header(this.#request, 'x-forwarded-proto') : undefined
    return this.#request.tls === true || told === 'https' ? 'https' : 'http'
  }

  #page(status: number, more: readonly (readonly [string, string])[] = []): HttpResponse {
    return nginxPage(this.#request, status, this.#process.now(), more)
  }

  #remark(verdict: 'pass' | 'refused', code: Reason, params: { readonly [name: string]: string | number }): void {
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

  #log(response: HttpResponse): void {
    const line = accessLine({
      now: this.#process.now(),
      source: this.#source,
      user: this.#user,
      request: this.#request,
      response,
      backend: this.#backend,
      alternative: this.#alternative,
      tried: this.#tried,
      id: this.#id,
    })
    this.#process.log('stdout', `${line}\n`)
  }
}

const PLAIN_UPSTREAM = { protocol: 'HTTP', connectSeconds: 5, readSeconds: 60, tries: 3 } as const

const withDelay = (response: HttpResponse, delayMs: number): HttpResponse =>
  delayMs > 1 ? { ...response, delayMs } : response

const ingressName = (ingress: Location['ingress']): string =>
  ingress === undefined ? '-' : ingress.namespace === 'default' ? ingress.name : `${ingress.namespace}/${ingress.name}`

/** Names or paths in a sentence; a path of type Prefix has a location of its own with a slash behind it. */
const listed = (names: readonly string[]): string =>
  [...new Set(names)].filter((name) => !name.endsWith('/') || !names.includes(name.slice(0, -1))).join(', ') || '-'
