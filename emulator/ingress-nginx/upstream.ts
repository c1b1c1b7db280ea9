import type { Reason } from '../network/reasons.ts'
import type { Exchange, HttpRequest, HttpResponse } from '../network/types.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import type { Backend, LocationOptions } from './configuration.ts'

/** How an exchange with a backend went: what its columns in the access log show, one entry for each attempt. */
export interface Attempted {
  readonly response: HttpResponse | undefined
  /** Status where there is no response: 502, 503, 504. */
  readonly status: number
  readonly delayMs: number
  readonly attempts: readonly {
    readonly address: string
    readonly status: number
    readonly ms: number
    readonly bytes: number
  }[]
}

const SECOND = 1000

export interface UpstreamOptions
  extends Pick<LocationOptions, 'protocol' | 'connectSeconds' | 'readSeconds' | 'tries'> {
  /** What the trace says of the endpoint that is picked. */
  readonly remark?: Reason
  /** The name that a server with TLS is asked for, and what is wrong with the certificate that it shows. */
  readonly serverName?: string
  problem?(certificate: string): string | undefined
}

/** Sends a request to one endpoint after the other, as `proxy_next_upstream error timeout` does. */
export function askBackend(
  process: ContainerProcess,
  backend: Backend,
  request: HttpRequest,
  options: UpstreamOptions,
  first: number,
  note: (line: string) => void,
): Attempted {
  const endpoints = endpointsOf(process, backend)
  const attempts: { address: string; status: number; ms: number; bytes: number }[] = []
  if (endpoints.length === 0) return { response: undefined, status: 503, delayMs: 0, attempts }
  let delayMs = 0
  const tries = options.tries === 0 ? endpoints.length : Math.max(1, options.tries)
  for (let index = 0; index < tries; index++) {
    const endpoint = endpoints[(first + index) % endpoints.length]
    if (endpoint === undefined) break
    const address = `${endpoint.address}:${endpoint.port}`
    const params = { endpoint: address, count: endpoints.length, service: `${backend.namespace}/${backend.service}` }
    process.network.remark(
      'pass',
      { kind: 'service', namespace: backend.namespace, name: backend.service },
      options.remark ?? 'ingress-endpoint',
      params,
    )
    const secure = options.protocol === 'HTTPS' || options.protocol === 'GRPCS'
    const { serverName, problem } = options
    const http = { ...request, ...(secure && { tls: true, ...(serverName !== undefined && { serverName }) }) }
    const accepts = problem && ((pem: string): boolean => problem(pem) === undefined)
    const exchange = process.network.connect(process.place, endpoint, { http, ...(accepts && { accepts }) })
    const result = resultOf(exchange, options)
    delayMs += result.ms
    if ('response' in result) {
      attempts.push({ address, status: result.response.status, ms: result.ms, bytes: result.response.body.length })
      return { response: result.response, status: result.response.status, delayMs, attempts }
    }
    attempts.push({ address, status: result.status, ms: result.ms, bytes: 0 })
    note(`${result.problem}, upstream: "${secure ? 'https' : 'http'}://${address}${request.path}"`)
    if (result.final) break
  }
  return { response: undefined, status: attempts.at(-1)?.status ?? 502, delayMs, attempts }
}

type Result =
  | { readonly response: HttpResponse; readonly ms: number }
  | { readonly status: number; readonly ms: number; readonly problem: string; readonly final: boolean }

function resultOf(exchange: Exchange, options: UpstreamOptions): Result {
  const { outcome, response, reply, tlsFailed, latencyMs, certificate } = exchange
  if (outcome === 'timed-out')
    return {
      status: 504,
      ms: options.connectSeconds * SECOND,
      problem: 'upstream timed out (110: Operation timed out) while connecting to upstream',
      final: false,
    }
  if (outcome === 'unreachable' || outcome === 'unresolved')
    return {
      status: 502,
      ms: Math.min(latencyMs, 3065),
      problem: 'connect() failed (113: Host is unreachable) while connecting to upstream',
      final: false,
    }
  if (outcome === 'refused')
    return {
      status: 502,
      ms: 0,
      problem: 'connect() failed (111: Connection refused) while connecting to upstream',
      final: false,
    }
  if (tlsFailed)
    return {
      status: 502,
      ms: 1,
      problem:
        'SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream',
      final: false,
    }
  const refused = certificate === undefined ? undefined : options.problem?.(certificate)
  if (refused !== undefined)
    return { status: 502, ms: 1, problem: `${refused} while SSL handshaking to upstream`, final: false }
  if (response === undefined) {
    const problem = reply
      ? 'upstream sent no valid HTTP/1.0 header while reading response header from upstream'
      : 'upstream prematurely closed connection while reading response header from upstream'
    return { status: 502, ms: 1, problem, final: false }
  }
  if (options.protocol === 'GRPC' || options.protocol === 'GRPCS')
    return {
      status: 502,
      ms: 1,
      problem: 'upstream sent too large http2 frame: 4740180 while reading response header from upstream',
      final: false,
    }
  const delay = response.delayMs ?? 0
  if (delay <= options.readSeconds * SECOND) return { response, ms: delay + 1 }
  const problem = 'upstream timed out (110: Operation timed out) while reading response header from upstream'
  return { status: 504, ms: options.readSeconds * SECOND, problem, final: false }
}

function endpointsOf(process: ContainerProcess, backend: Backend): Backend['endpoints'] {
  if (backend.external === undefined) return backend.endpoints
  const { name, port } = backend.external
  return process.network.lookup(process.place, name).addresses.map((address) => ({ address, port }))
}
