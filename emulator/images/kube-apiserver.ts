import { byteLength } from '../api/byte-length.ts'
import { inGoOrder } from '../api/go-order.ts'
import type { ApiRequest, ApiResponse, ApiStream, UserInfo } from '../api/types.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { defineImage, type ImageDefinition } from '../node/image.ts'
import { header, httpDate, respond } from '../node/programs/http-response.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import { prepareApiserver } from './control-plane/apiserver.ts'
import { component, klogLine } from './control-plane/component.ts'
import { APISERVER_FLAGS } from './control-plane/known-flags.ts'

export const API_SERVER_REPOSITORY = 'registry.k8s.io/kube-apiserver'

/** Who sends a request without a bearer token: connections within the cluster bring no certificates. */
const ANONYMOUS: UserInfo = { name: 'system:anonymous', groups: ['system:unauthenticated'] }
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const NOT_ALLOWED = {
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message: 'the server does not allow this method on the requested resource',
  reason: 'MethodNotAllowed',
  details: {},
  code: 405,
}
/** The client that reads on while a watch lasts; others see what has happened so far. */
const READS_ON = /^curl\//
/** A client that has not read for so long is gone. */
const GONE_MS = 10_000
/** Clients that are shown indented JSON (upstream: apiserver/pkg/endpoints/handlers/responsewriters, isPrettyPrint). */
const READS_INDENTED = /^(curl|Wget|Mozilla)\//

/** The API server as the network meets it; `api` is the cluster's own. */
export function createKubeApiserver(api: (request: ApiRequest) => ApiResponse): ImageDefinition {
  return defineImage({
    repository: API_SERVER_REPOSITORY,
    tags: [/^v1\.\d{2}\.\d{1,2}$/],
    sizeBytes: 30_500_000,
    entrypoint: ['kube-apiserver'],
    servers: [
      component({
        name: 'kube-apiserver',
        flags: APISERVER_FLAGS,
        prepare: prepareApiserver,
        serve(process, flags) {
          const port = Number(flags.get('secure-port') ?? 6443)
          const certificate = process.files.read(flags.get('tls-cert-file') ?? '')
          process.listen({
            port,
            protocol: 'TCP',
            address: flags.get('bind-address') === '127.0.0.1' ? '127.0.0.1' : '0.0.0.0',
            speaks: 'http',
            tls: true,
            ...(certificate !== undefined && { certificate: () => certificate }),
            answer: (request) => answer(process, request, api),
          })
          process.err(klogLine(process, 'I', `secure_serving.go:211] Serving securely on [::]:${port}`))
        },
      }),
    ],
    programs: [],
  })
}

function answer(
  process: ContainerProcess,
  request: HttpRequest,
  api: (request: ApiRequest) => ApiResponse,
): HttpResponse {
  if (request.tls !== true) {
    const body = 'Client sent an HTTP request to an HTTPS server.\n'
    const headers: [string, string][] = [
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Connection', 'close'],
    ]
    return { ...respond(request, 400, headers, body), version: '1.0' }
  }
  const response = answered(request, api)
  const agent = header(request, 'user-agent') ?? ''
  const lasting = response.stream && READS_ON.test(agent) ? follow(response.stream, process) : undefined
  const body = lasting?.().text ?? bodyText(response, READS_INDENTED.test(agent))
  const headers: [string, string][] = [
    ['Audit-Id', '00000000-0000-4000-8000-000000000000'],
    ['Cache-Control', 'no-cache, private'],
    ['Content-Type', response.headers['content-type'] ?? 'application/json'],
    ...response.warnings.map((text): [string, string] => ['Warning', `299 - ${JSON.stringify(text)}`]),
    ['X-Content-Type-Options', 'nosniff'],
    lasting ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', String(byteLength(body))],
    ['Date', httpDate(process.now())],
  ]
  return { ...respond(request, response.status, headers, body), ...(lasting && { rest: lasting }) }
}

/** Objects know neither HEAD nor OPTIONS (upstream: go-restful's routes, apiserver/pkg/server/handler.go, serviceErrorHandler). */
function answered(request: HttpRequest, api: (request: ApiRequest) => ApiResponse): ApiResponse {
  const response = api(apiRequest(request))
  const isKnown = METHODS.some((one) => one === request.method)
  const isRefused = response.status === 401 || response.status === 403
  if (isKnown || isRefused || !/^\/apis?(\/|$)/.test(request.path)) return response
  const headers = { 'content-type': 'application/json' }
  return { status: 405, headers, warnings: [], body: NOT_ALLOWED }
}

function apiRequest({ method, path, headers, body }: HttpRequest): ApiRequest {
  const [plain = '/', search = ''] = path.split('?')
  const pairs = search.split('&').filter((pair) => pair !== '')
  const query: Record<string, readonly string[]> = Object.create(null)
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    const name = decoded(at < 0 ? pair : pair.slice(0, at))
    query[name] = [...(query[name] ?? []), at < 0 ? '' : decoded(pair.slice(at + 1))]
  }
  return {
    method: METHODS.find((one) => one === method) ?? 'GET',
    path: plain,
    query,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    ...(body !== '' && { body }),
    user: ANONYMOUS,
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/** Reads a stream on behalf of a client far away: each call takes what has come since the one before. */
function follow(stream: ApiStream, process: ContainerProcess): NonNullable<HttpResponse['rest']> {
  const state = { items: [] as string[], ended: false, readAt: process.now(), stop: (): void => undefined }
  state.stop = stream.subscribe(
    (item) => {
      if (process.now() - state.readAt > GONE_MS) state.stop()
      else state.items.push(itemText(item))
    },
    () => {
      state.ended = true
    },
  )
  return () => {
    state.readAt = process.now()
    return { text: state.items.splice(0).join(''), ended: state.ended }
  }
}

function itemText(item: unknown): string {
  return typeof item === 'string' ? item : `${JSON.stringify(inGoOrder(item))}\n`
}

/** Without anybody who reads on, a watch shows what has happened so far and ends. */
function bodyText({ headers, body, stream }: ApiResponse, indented: boolean): string {
  if (stream) {
    const items: string[] = []
    stream.subscribe(
      (item) => items.push(itemText(item)),
      () => {},
    )()
    return items.join('')
  }
  if (!(headers['content-type'] ?? '').startsWith('application/json')) return String(body ?? '')
  return `${JSON.stringify(inGoOrder(body), undefined, indented ? 2 : 0)}\n`
}
