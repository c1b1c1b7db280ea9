import { byteLength } from '../api/byte-length.ts'
import type { Backend } from '../ingress-nginx/configuration.ts'
import { nginxPage } from '../ingress-nginx/pages.ts'
import { askBackend } from '../ingress-nginx/upstream.ts'
import type { Reason } from '../network/reasons.ts'
import type { Hop, HttpRequest, HttpResponse } from '../network/types.ts'
import { header, httpDate, respond } from '../node/programs/http-response.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import { type BackendTls, backendProblem } from './backend-tls.ts'
import type { Configuration, Rule, Server, Target } from './configuration.ts'
import { corsHeaders, isPreflight } from './cors.ts'
import { changeHeaders, changeRequest, changeResponse, redirectTo } from './filters.ts'
import { narrowest } from './hostnames.ts'
import { matches, matchText } from './match.ts'

type Client = { readonly address: string }

/** Requests to one nginx in front of a Gateway, decided as its configuration says. */
export class GatewayProxy {
  readonly #process: ContainerProcess
  readonly #configuration: Configuration
  readonly #random: (n: number) => number

  constructor(process: ContainerProcess, configuration: Configuration, random: (n: number) => number) {
    this.#process = process
    this.#configuration = configuration
    this.#random = random
  }

  certificate(port: number, serverName: string | undefined): string | undefined {
    return this.#server(port, serverName ?? '')?.certificate
  }

  answer(port: number, request: HttpRequest, client: Client): HttpResponse {
    const response = this.#decide(port, request, client)
    const size = request.method === 'HEAD' ? 0 : byteLength(response.body)
    const time = httpDate(this.#process.now()).replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1/$2/$3:$4 +0000')
    const line = `${client.address} - - [${time}] "${request.method} ${request.path} HTTP/1.1" ${response.status} ${size} "${header(request, 'referer') ?? '-'}" "${header(request, 'user-agent') ?? '-'}"`
    this.#process.log('stdout', `${line}\n`)
    return response
  }

  #server(port: number, host: string): Server | undefined {
    const servers = this.#configuration.servers.filter((server) => server.port === port)
    return narrowest(servers, host.replace(/:\d+$/, ''))
  }

  #remark(verdict: Hop['verdict'], code: Reason, params: Hop['params'] = {}): void {
    const [namespace = '', name = ''] = this.#configuration.gateway.split('/')
    const whole = { gateway: this.#configuration.gateway, ...params }
    this.#process.network.remark(verdict, { kind: 'gateway', namespace, name }, code, whole)
  }

  #decide(port: number, request: HttpRequest, client: Client): HttpResponse {
    const host = request.host.replace(/:\d+$/, '')
    const server = this.#server(port, host)
    const rule = server?.rules.find(({ match }) => matches(match, request))
    if (server === undefined || rule === undefined) {
      this.#remarkNothing(server, port, host, request)
      return this.#status(request, 404)
    }
    const route = `${rule.route.namespace}/${rule.route.name}`
    this.#remark('pass', 'gateway-route', { kind: rule.route.kind, route, host, match: matchText(rule.match) })
    const cors = rule.filters.find((filter) => filter.cors)?.cors
    const allowed = cors === undefined ? [] : corsHeaders(cors, request)
    if (cors !== undefined && isPreflight(request))
      return respond(request, 204, [...this.#own(), ['Connection', 'keep-alive'], ...allowed], '')
    const answer = this.#byRule(rule, port, request, client)
    return allowed.length === 0 ? answer : { ...answer, headers: [...answer.headers, ...allowed] }
  }

  #byRule(rule: Rule, port: number, request: HttpRequest, client: Client): HttpResponse {
    const route = `${rule.route.namespace}/${rule.route.name}`
    if (rule.broken) {
      this.#remark('refused', 'gateway-backend-invalid', { route, why: 'a filter that cannot be served' })
      return this.#status(request, 500)
    }
    const redirect = rule.filters.find(({ requestRedirect }) => requestRedirect)?.requestRedirect
    if (redirect !== undefined) {
      const to = redirectTo(redirect, request, port, rule.match)
      this.#remark('pass', 'gateway-redirected', { route, to })
      return changeResponse(this.#status(request, redirect.statusCode ?? 302, [['Location', to]]), rule.filters)
    }
    const response = changeResponse(this.#forward(rule, port, request, client), rule.filters)
    this.#mirror(rule, port, request, client)
    return response
  }

  /** Copies go to the mirrors; nobody waits for what they say. */
  #mirror(rule: Rule, port: number, request: HttpRequest, client: Client): void {
    for (const { backend: name, share, of } of rule.mirrors) {
      const backend = this.#configuration.backends.find((one) => one.name === name)
      const [endpoint] = backend?.endpoints ?? []
      if (endpoint === undefined || this.#random(Math.max(1, of)) >= share) continue
      const http = changeRequest(this.#asProxied(request, port, client), rule.filters, rule.match)
      this.#process.network.connect(this.#process.place, endpoint, { http })
    }
  }

  #remarkNothing(server: Server | undefined, port: number, host: string, request: HttpRequest): void {
    const all = this.#configuration.servers.filter((one) => one.port === port)
    const about = { host, port }
    if (server === undefined) {
      const hosts = all.map((one) => one.host ?? '*').join(', ') || '-'
      this.#remark('refused', 'gateway-no-host', { ...about, hosts })
    } else if (server.rules.length === 0) this.#remark('refused', 'gateway-no-routes', about)
    else {
      const known = [...new Set(server.rules.map(({ match }) => matchText(match)))].join('; ')
      const { method, path } = request
      this.#remark('refused', 'gateway-no-match', { ...about, method, path, matches: known })
    }
  }

  /** By weight; a share that falls to a backend that cannot be used is answered with 500. */
  #target(targets: readonly Target[]): Target | undefined {
    const total = targets.reduce((sum, { weight }) => sum + weight, 0)
    if (total === 0) return undefined
    let left = this.#random(total)
    return targets.find(({ weight }) => {
      left -= weight
      return left < 0
    })
  }

  #forward(rule: Rule, port: number, request: HttpRequest, client: Client): HttpResponse {
    const route = `${rule.route.namespace}/${rule.route.name}`
    const target = this.#target(rule.targets)
    const backend = this.#configuration.backends.find(({ name }) => name === target?.backend)
    if (target === undefined || backend === undefined) {
      const why = target?.problem ?? (rule.targets.length === 0 ? 'no backendRefs' : 'all weights are 0')
      this.#remark('refused', 'gateway-backend-invalid', { route, why })
      return this.#status(request, 500)
    }
    const service = `${backend.namespace}/${backend.service}`
    if (rule.targets.length > 1) {
      const total = rule.targets.reduce((sum, { weight }) => sum + weight, 0)
      this.#remark('pass', 'gateway-weighted', { route, service, weight: target.weight, total })
    }
    if (backend.endpoints.length === 0 && backend.external === undefined) {
      this.#remark('refused', 'gateway-no-endpoints', { service })
      this.#process.network.remarkNoEndpoints(backend.namespace, backend.service, backend.port)
      return this.#status(request, 503)
    }
    const changed = changeRequest(
      this.#asProxied(request, port, client),
      [...rule.filters, ...target.filters],
      rule.match,
    )
    if (changed.path !== request.path)
      this.#remark('pass', 'gateway-rewritten', { path: request.path, to: changed.path })
    return changeResponse(this.#ask(backend, changed, rule, request, target.tls), target.filters)
  }

  #ask(
    backend: Backend,
    changed: HttpRequest,
    rule: Rule,
    request: HttpRequest,
    tls: BackendTls | undefined,
  ): HttpResponse {
    const options = {
      remark: 'gateway-endpoint' as const,
      protocol: tls === undefined ? 'HTTP' : 'HTTPS',
      ...(tls && {
        serverName: tls.hostname,
        problem: (pem: string) => backendProblem(tls, pem, this.#process.now()),
      }),
      connectSeconds: Math.min(60, rule.readSeconds),
      readSeconds: rule.readSeconds,
      tries: 0,
    }
    const first = this.#random(Math.max(1, backend.endpoints.length))
    const note = (problem: string) => this.#logError(problem, request)
    const { response, status, delayMs } = askBackend(this.#process, backend, changed, options, first, note)
    if (response === undefined) return { ...this.#status(request, status), delayMs }
    const headers = response.headers.filter(([name]) => !/^(server|date|connection)$/i.test(name))
    const own = [...this.#own(), ...headers, ['Connection', 'keep-alive'] as const]
    return { ...response, version: '1.1', headers: own, delayMs }
  }

  /** The headers that nginx adds for the backend. */
  #asProxied(request: HttpRequest, port: number, client: Client): HttpRequest {
    const before = header(request, 'x-forwarded-for')
    const set = [
      { name: 'X-Forwarded-For', value: before === undefined ? client.address : `${before}, ${client.address}` },
      { name: 'X-Real-IP', value: client.address },
      { name: 'X-Forwarded-Proto', value: request.tls === true ? 'https' : 'http' },
      { name: 'X-Forwarded-Host', value: request.host.replace(/:\d+$/, '') },
      { name: 'X-Forwarded-Port', value: String(port) },
    ]
    const { serverName: _, ...rest } = request
    return { ...rest, tls: false, headers: changeHeaders(request.headers, { set }) }
  }

  #own(): readonly (readonly [string, string])[] {
    return [
      ['Server', 'nginx'],
      ['Date', httpDate(this.#process.now())],
    ]
  }

  #status(request: HttpRequest, status: number, extra: readonly (readonly [string, string])[] = []): HttpResponse {
    const page = nginxPage(request, status, this.#process.now(), extra)
    return { ...page, headers: [['Server', 'nginx'], ...page.headers] }
  }

  #logError(problem: string, { method, path, host }: HttpRequest): void {
    const at = new Date(this.#process.now()).toISOString()
    const stamp = `${at.slice(0, 10).replace(/-/g, '/')} ${at.slice(11, 19)}`
    this.#process.log(
      'stderr',
      `${stamp} [error] 29#29: *1 ${problem}, request: "${method} ${path} HTTP/1.1", host: "${host}"\n`,
    )
  }
}
