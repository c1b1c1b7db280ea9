import { byteLength } from '../api/byte-length.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { header, httpDate, mediaType, reasonPhrase, requestPath, respond } from '../node/programs/http-response.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import type { Directive, VirtualServer } from './nginx-config.ts'
import { statusPage } from './nginx-pages.ts'
import { ownAddress } from './own-address.ts'

export interface Client {
  readonly address: string
  readonly port: number
}

/** Answers one request as nginx configured this way would, and writes the access log. */
export function answerRequest(
  process: ContainerProcess,
  servers: readonly VirtualServer[],
  port: number,
  request: HttpRequest,
  client: Client,
): HttpResponse {
  const server = chooseServer(servers, port, request.host.split(':')[0] ?? '')
  const response = new Exchange(process, server, request, client, port).answer()
  const size = request.method === 'HEAD' ? 0 : byteLength(response.body)
  const time = httpDate(process.now()).replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1/$2/$3:$4 +0000')
  const line = `${client.address} - - [${time}] "${request.method} ${request.path} HTTP/1.1" ${response.status} ${size} "${header(request, 'referer') ?? '-'}" "${header(request, 'user-agent') ?? '-'}" "${header(request, 'x-forwarded-for') ?? '-'}"`
  process.log('stdout', `${line}\n`)
  return response
}

function chooseServer(servers: readonly VirtualServer[], port: number, host: string): VirtualServer | undefined {
  const listening = servers.filter((server) => server.ports.some((candidate) => candidate.port === port))
  return listening.find((server) => server.names.includes(host)) ?? listening[0]
}

/** One request on its way through the locations of a server block. */
class Exchange {
  readonly #process: ContainerProcess
  readonly #server: VirtualServer | undefined
  readonly #request: HttpRequest
  readonly #client: Client
  readonly #port: number

  constructor(
    process: ContainerProcess,
    server: VirtualServer | undefined,
    request: HttpRequest,
    client: Client,
    port: number,
  ) {
    this.#process = process
    this.#server = server
    this.#request = request
    this.#client = client
    this.#port = port
  }

  answer(): HttpResponse {
    const path = requestPath(this.#request)
    if (path === undefined) return this.#status(400)
    const location = this.#location(path)
    const scope = [...(location?.block ?? []), ...(this.#server?.directives ?? [])]
    const find = (name: string): Directive | undefined => scope.find((directive) => directive.name === name)
    const returns = find('return')
    if (returns !== undefined)
      return this.#returned(returns, find('default_type')?.args[0] ?? 'application/octet-stream')
    const proxy = location?.block?.find((directive) => directive.name === 'proxy_pass')
    if (proxy !== undefined) return this.#proxied(proxy.args[0] ?? '', location?.args.at(-1) ?? '/')
    const alias = location?.block?.find((directive) => directive.name === 'alias')?.args[0]
    const root = find('root')?.args[0] ?? '/etc/nginx/html'
    const file = alias === undefined ? root + path : alias + path.slice((location?.args.at(-1) ?? '').length)
    return this.#static(file, path, find('index')?.args ?? ['index.html'])
  }

  #location(path: string): Directive | undefined {
    const locations = this.#server?.locations ?? []
    const exact = locations.find(({ args }) => args[0] === '=' && args[1] === path)
    if (exact !== undefined) return exact
    const prefixes = locations.filter(
      ({ args }) => (args.length === 1 || args[0] === '^~') && path.startsWith(args.at(-1) ?? '/'),
    )
    return prefixes.sort((left, right) => (right.args.at(-1) ?? '').length - (left.args.at(-1) ?? '').length)[0]
  }

  #headers(type: string, body: string): [string, string][] {
    return [
      ['Server', this.#serverName()],
      ['Date', httpDate(this.#process.now())],
      ['Content-Type', type],
      ['Content-Length', String(byteLength(body))],
      ['Connection', 'keep-alive'],
    ]
  }

  #serverName(): string {
    return `nginx/${this.#process.env.get('NGINX_VERSION') ?? '1.29.3'}`
  }

  #status(status: number, extra: readonly [string, string][] = []): HttpResponse {
    const body = statusPage(status, status === 405 ? 'Not Allowed' : reasonPhrase(status), this.#serverName())
    const response = respond(this.#request, status, [...this.#headers('text/html', body), ...extra], body)
    return status === 405 ? { ...response, reason: 'Not Allowed' } : response
  }

  #returned(directive: Directive, type: string): HttpResponse {
    const [code = '200', text = ''] = directive.args
    const status = /^\d{3}$/.test(code) ? Number(code) : 302
    const value = this.#variables(/^\d{3}$/.test(code) ? text : code)
    if (status >= 301 && status <= 308 && value !== '') return this.#status(status, [['Location', value]])
    if (value === '' && status >= 300) return this.#status(status)
    return respond(this.#request, status, this.#headers(type, value), value)
  }

  #variables(text: string): string {
    const values: { readonly [name: string]: string } = {
      hostname: this.#process.hostname,
      remote_addr: this.#client.address,
      server_addr: ownAddress(this.#process),
      server_port: String(this.#port),
      host: this.#request.host.split(':')[0] ?? '',
      http_host: this.#request.host,
      uri: requestPath(this.#request) ?? '/',
      request_uri: this.#request.path,
      request_method: this.#request.method,
      scheme: this.#request.tls === true ? 'https' : 'http',
      nginx_version: this.#process.env.get('NGINX_VERSION') ?? '',
    }
    return text.replace(/\$\{?(\w+)\}?/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
    )
  }

  #proxied(target: string, prefix: string): HttpResponse {
    const url = this.#variables(target)
    const match = /^(https?:\/\/[^/]+)(\/.*)?$/.exec(url)
    const path = match?.[2] === undefined ? this.#request.path : match[2] + this.#request.path.slice(prefix.length)
    const exchange = this.#process.network.fetch(this.#process.place, `${match?.[1] ?? url}${path}`, {
      method: this.#request.method,
      headers: this.#request.headers,
      body: this.#request.body,
    })
    if (exchange.response === undefined) return this.#status(exchange.outcome === 'timed-out' ? 504 : 502)
    const headers = exchange.response.headers.filter(([name]) => !/^(server|date|connection)$/i.test(name))
    const own = this.#headers('', '').filter(([name]) => name === 'Server' || name === 'Date')
    return { ...exchange.response, headers: [...own, ...headers, ['Connection', 'keep-alive']] }
  }

  #static(file: string, path: string, indexes: readonly string[]): HttpResponse {
    const { files } = this.#process
    if (!['GET', 'HEAD'].includes(this.#request.method)) return this.#status(405)
    const stat = files.stat(file)
    if (stat?.kind === 'directory' && !path.endsWith('/')) {
      return this.#status(301, [['Location', `http://${this.#request.host}${path}/`]])
    }
    const index = indexes.find((name) => files.read(`${file}/${name}`) !== undefined)
    const actual = stat?.kind === 'directory' ? (index === undefined ? undefined : `${file}/${index}`) : file
    const body = actual === undefined ? undefined : files.read(actual)
    if (body === undefined || actual === undefined) {
      this.#logMissing(file, stat?.kind === 'directory')
      return this.#status(stat?.kind === 'directory' ? 403 : 404)
    }
    const modified = Math.floor((files.stat(actual)?.modified ?? 0) / 1000)
    const headers = this.#headers(mediaType(actual, 'application/octet-stream'), body)
    headers.splice(4, 0, ['Last-Modified', httpDate(modified * 1000)])
    headers.push(['ETag', `"${modified.toString(16)}-${byteLength(body).toString(16)}"`], ['Accept-Ranges', 'bytes'])
    return respond(this.#request, 200, headers, body)
  }

  #logMissing(file: string, directory: boolean): void {
    const at = new Date(this.#process.now()).toISOString()
    const stamp = `${at.slice(0, 10).replace(/-/g, '/')} ${at.slice(11, 19)}`
    const what = directory
      ? `directory index of "${file}" is forbidden`
      : `open() "${file}" failed (2: No such file or directory)`
    const host = `client: ${this.#client.address}, server: ${this.#server?.names[0] ?? ''}, request: "${this.#request.method} ${this.#request.path} HTTP/1.1", host: "${this.#request.host}"`
    this.#process.log('stderr', `${stamp} [error] 29#29: *1 ${what}, ${host}\n`)
  }
}
