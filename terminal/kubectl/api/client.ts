/** The only way from kubectl to the cluster: requests to the API server, as a real kubectl would send them. */
import type {
  ApiRequest,
  ApiResponse,
  ApiStream,
  JsonValue,
  Connection as PodConnection,
} from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import { ApiError, KubectlError, type Status } from '../errors.ts'
import { goJson } from '../print/go-json.ts'
import type { Connection } from './connection.ts'

export interface RequestOptions {
  readonly query?: { readonly [name: string]: string | readonly string[] }
  readonly accept?: string
  readonly contentType?: string
  readonly body?: JsonValue | object | string
}
type Method = ApiRequest['method']

export const TABLE_ACCEPT =
  'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json'

export class ApiClient {
  readonly #context: CommandContext
  readonly #connection: Connection
  readonly #warned = new Set<string>()
  #warningCount = 0

  constructor(context: CommandContext, connection: Connection) {
    this.#context = context
    this.#connection = connection
  }

  get server(): string {
    return this.#connection.server
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
    this.#reach()
    const { headers = {} } = request
    return this.#context.cluster.request({
      ...request,
      ...this.#connection.identity,
      headers: { ...headers, ...this.#connection.headers },
    })
  }

  #exchange(
    method: Method,
    path: string,
    { query, accept, contentType, body, upgrade }: RequestOptions & { readonly upgrade?: boolean },
  ) {
    this.#reach()
    const response = this.#context.cluster.request({
      method,
      path,
      ...this.#connection.identity,
      headers: {
        accept: accept ?? 'application/json',
        ...(body !== undefined && { 'content-type': contentType ?? 'application/json' }),
        ...(upgrade && { upgrade: 'websocket' }),
        ...this.#connection.headers,
        'user-agent': 'kubectl/v1.36.2 (linux/amd64) kubernetes',
      },
      ...(query && { query }),
      ...(body !== undefined && { body: typeof body === 'string' ? body : goJson(body as JsonValue) }),
    })
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

  /** The API server listens on the control plane's address; anything else refuses the connection. */
  #reach(): void {
    const address = this.#connection.server.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
    const plane = this.#context.cluster.machines.find((machine) => machine.role === 'control-plane')
    const here = this.#context.place.kind === 'machine' ? this.#context.place.name : ''
    const local = here === plane?.name ? ['127.0.0.1:6443', 'localhost:6443'] : []
    const known = [`${plane?.address}:6443`, `${plane?.name}:6443`, ...local]
    const state = this.#context.cluster.apiServerState()
    if (known.includes(address) && state === 'unreachable')
      throw new KubectlError(
        `Unable to connect to the server: dial tcp ${plane?.address}:6443: connect: no route to host`,
        {
          bare: true,
        },
      )
    if (!known.includes(address) || state === 'refused')
      throw new KubectlError(
        `The connection to the server ${address} was refused - did you specify the right host or port?`,
        { bare: true },
      )
  }
}

function asStatus(body: unknown, code: number): Status {
  if (typeof body === 'object' && body !== null) return body as Status
  return { code, message: typeof body === 'string' ? body : 'unknown' }
}
