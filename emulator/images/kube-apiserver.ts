import { byteLength } from '../api/byte-length.ts'
import { inGoOrder } from '../api/go-order.ts'
import type { ApiRequest, ApiResponse, UserInfo } from '../api/types.ts'
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
  const response = api(apiRequest(request))
  const body = bodyText(response, READS_INDENTED.test(header(request, 'user-agent') ?? ''))
  const headers: [string, string][] = [
    ['Audit-Id', '00000000-0000-4000-8000-000000000000'],
    ['Cache-Control', 'no-cache, private'],
    ['Content-Type', response.headers['content-type'] ?? 'application/json'],
    ...response.warnings.map((text): [string, string] => ['Warning', `299 - ${JSON.stringify(text)}`]),
    ['X-Content-Type-Options', 'nosniff'],
    ['Content-Length', String(byteLength(body))],
    ['Date', httpDate(process.now())],
  ]
  return respond(request, response.status, headers, body)
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

/** A watch shows what has happened so far and ends: nobody waits at this end of the line. */
function bodyText({ headers, body, stream }: ApiResponse, indented: boolean): string {
  if (stream) {
    const items: string[] = []
    stream.subscribe(
      (item) => items.push(typeof item === 'string' ? item : `${JSON.stringify(inGoOrder(item))}\n`),
      () => {},
    )()
    return items.join('')
  }
  if (!(headers['content-type'] ?? '').startsWith('application/json')) return String(body ?? '')
  return `${JSON.stringify(inGoOrder(body), undefined, indented ? 2 : 0)}\n`
}
