/** The only way from kubectl to the cluster: requests to the API server, as a real kubectl would send them. */
import type {
  ApiRequest,
  ApiResponse,
  ApiStream,
  JsonValue,
  Connection as PodConnection,
} from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import { klogHead } from '../cli/klog.ts'
import { ApiError, ConnectionError, KubectlError, type Status } from '../errors.ts'
import { goJson } from '../print/go-json.ts'
import type { Connection } from './connection.ts'
import { connectFailure } from './reach.ts'
import { RequestLog } from './request-log.ts'

export interface RequestOptions {
  readonly query?: { readonly [name: string]: string | readonly string[] }
  readonly accept?: string
  readonly contentType?: string
  readonly body?: JsonValue | object | string
}
type Method = ApiRequest['method']

export const TABLE_ACCEPT =
  'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json'

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;as=APIGroupDiscoveryList'
const DISCOVERY_ACCEPT = `${AGGREGATED};v=v2,${AGGREGATED};v=v2beta1,application/json`

/** What Go's HTTP client says when its time is up before there is a connection. */
const LATE = 'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)'

export class ApiClient {
  readonly #context: CommandContext
  readonly #connection: Connection
  readonly #warned = new Set<string>()
  readonly #log: RequestLog
  #warningCount = 0
  #groups: unknown

  constructor(context: CommandContext, connection: Connection) {
    this.#context = context
    this.#connection = connection
    this.#log = new RequestLog({
      level: connection.verbosity,
      now: () => context.cluster.now(),
      write: (text) => context.err(text),
    })
  }

  get server(): string {
    return this.#connection.server
  }
  /** How long a request may take, in ms; zero never gives up. */
  get timeoutMs(): number {
    return this.#connection.timeoutMs
  }
  /** The groups that the server serves, if this command was the first for long to ask. */
  get groups(): unknown {
    return this.#groups
  }
  get warningCount(): number {
    return this.#warningCount
  }

  /** The answer's body. Throws ApiError for a Status, KubectlError if the server is not there. */
  send(method: Method, path: string, options: RequestOptions = {}): unknown {
    return this.#exchange(method, path, options).body
  }
  /** An answer as it comes: whole, or as a stream. */
  sendRaw(method: Method, path: string, options: RequestOptions = {}): Pick<ApiResponse, 'body' | 'stream'> {
    return this.#exchange(method, path, options)
  }
  get<T = JsonValue>(path: string, options: RequestOptions = {}): T {
    return this.send('GET', path, options) as T
  }
  /** A watch or a followed log. */
  stream(path: string, options: RequestOptions = {}): ApiStream {
    const { stream } = this.#exchange('GET', path, options)
    if (!stream) throw new KubectlError(`the server did not answer ${path} with a stream`)
    return stream
  }

  /** exec, attach and portforward: a request that becomes a connection. */
  connect(path: string, query: NonNullable<RequestOptions['query']>): PodConnection {
    const { connection } = this.#exchange('POST', path, { query, upgrade: true })
    if (!connection) throw new KubectlError(`the server did not upgrade ${path}`)
    return connection
  }

  /** A request of somebody else, who talks to the API server through `kubectl proxy`. */
  forward(request: Pick<ApiRequest, 'method' | 'path' | 'query' | 'headers' | 'body'>): ApiResponse {
    this.#reach(request.method, request.path, request.query)
    const { headers = {} } = request
    return this.#context.cluster.request({
      ...request,
      ...this.#connection.identity,
      headers: { ...headers, ...this.#connection.headers },
    })
  }

  /** Throws ConnectionError where a question would find nobody. */
  reachFor(method: Method, path: string): void {
    this.#reach(method, path, { timeout: this.#connection.timeoutText || '32s' })
  }

  /** Says, as often as upstream asks, that there is no discovery; the error is that of the last question. */
  discoveryFailure({ why, waitMs }: ConnectionError, asks: number): ConnectionError {
    const { discovered, timeoutText } = this.#connection
    const url = this.#urlOf('/api', { timeout: timeoutText || '32s' })
    const failure = new ConnectionError('GET', url, { why, waitMs: waitMs * (discovered ? 1 : asks) })
    if (discovered) return failure
    const said = JSON.stringify(`couldn't get current server API group list: ${failure.message}`)
    for (let i = 0; i < asks; i++) {
      this.#log.failure('GET', url)
      this.#context.err(
        `${klogHead('E', this.#context.cluster.now(), 'memcache.go:265')} "Unhandled Error" err=${said}\n`,
      )
    }
    return failure
  }

  /** The resources of a group, or its versions: what a kubectl has on disk once it has asked. */
  discover<T>(path: string): T {
    const { discovered, timeoutText } = this.#connection
    const body = this.#exchange('GET', path, { silent: true }).body as T
    if (discovered || path !== '/apis') return body
    const asking = this.#groups === undefined
    this.#groups = body
    const query = { timeout: timeoutText || '32s' }
    const answer = { status: 200, headers: { 'content-type': 'application/json' }, body: undefined }
    for (const root of asking ? ['/api', '/apis'] : []) {
      const url = this.#urlOf(root, query)
      this.#log.request({ method: 'GET', url, headers: { accept: DISCOVERY_ACCEPT }, body: '' })
      this.#log.response({ method: 'GET', url }, answer)
    }
    return body
  }

  #exchange(
    method: Method,
    path: string,
    options: RequestOptions & { readonly upgrade?: boolean; readonly silent?: boolean },
  ) {
    const { query, accept, contentType, upgrade, silent } = options
    this.#reach(method, path, query)
    const url = this.#urlOf(path, query)
    const headers = {
      accept: accept ?? 'application/json',
      ...(options.body !== undefined && { 'content-type': contentType ?? 'application/json' }),
      ...(upgrade && { upgrade: 'websocket' }),
      ...this.#connection.headers,
      'user-agent': 'kubectl/v1.36.2 (linux/amd64) kubernetes',
    }
    const body = bodyText(options.body)
    if (!silent) this.#log.request({ method, url, headers, body: body ?? '' })
    const response = this.#context.cluster.request({
      method,
      path,
      ...this.#connection.identity,
      headers,
      ...(query && { query }),
      ...(body !== undefined && { body }),
    })
    if (!silent) this.#log.response({ method, url }, response)
    for (const warning of response.warnings) this.#warn(warning)
    if (response.status >= 400) throw new ApiError(asStatus(response.body, response.status))
    return response
  }

  #warn(text: string): void {
    this.#warningCount++
    if (this.#warned.has(text)) return
    this.#warned.add(text)
    this.#context.err(`Warning: ${text}\n`)
  }

  /** Throws ConnectionError where nothing answers. */
  #reach(method: Method, path: string, query: RequestOptions['query']): void {
    const failure = connectFailure(this.#context, this.#connection.server)
    if (!failure) return
    const { timeoutMs } = this.#connection
    const late = timeoutMs > 0 && failure.waitMs > timeoutMs
    const url = this.#urlOf(path, query)
    throw new ConnectionError(method, url, late ? { why: LATE, waitMs: timeoutMs } : failure)
  }

  #urlOf(path: string, query: RequestOptions['query'] = {}): string {
    const pairs = Object.entries(query)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, value]) => [value].flat().map((one) => `${name}=${encodeURIComponent(one)}`))
    return `${this.server}${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`
  }
}

function bodyText(body: RequestOptions['body']): string | undefined {
  return body === undefined || typeof body === 'string' ? body : goJson(body as JsonValue)
}

function asStatus(body: unknown, code: number): Status {
  if (typeof body === 'object' && body !== null) return body as Status
  return { code, message: typeof body === 'string' ? body : 'unknown' }
}
