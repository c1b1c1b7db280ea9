import type { ApiStream, HttpRequest, HttpResponse, JsonValue } from '../../../emulator/index.ts'
import type { ApiClient } from '../api/client.ts'
import { STATUS_TEXTS } from '../api/status-texts.ts'

type Header = readonly [name: string, value: string]

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

/** What `kubectl proxy` answers with: the API server's answer to a request that came over the network. */
export function apiProxy(
  api: ApiClient,
  accepts: (http: HttpRequest) => boolean,
  prefix: string,
): (http: HttpRequest) => HttpResponse {
  return (http) => {
    if (!http.path.startsWith(prefix) && `${http.path}/` !== prefix)
      return plain(404, 'Not Found', '404 page not found\n')
    if (!accepts(http)) return plain(403, 'Forbidden', '<h3>Unauthorized</h3>')
    const method = METHODS.find((known) => known === http.method)
    if (method === undefined || method === 'HEAD' || method === 'OPTIONS') return plain(405, 'Method Not Allowed', '')
    const [path = '/', search = ''] = `/${http.path.slice(prefix.length)}`.split('?')
    const query: { [name: string]: string[] } = Object.create(null)
    for (const [name, value] of new URLSearchParams(search)) query[name] = [...(query[name] ?? []), value]
    const { body, status, stream, warnings } = api.forward({
      method,
      path,
      query: { ...query },
      headers: Object.fromEntries(http.headers.map(([name, value]) => [name.toLowerCase(), value])),
      ...(http.body !== '' && { body: http.body }),
    })
    const text = stream ? soFar(stream) : typeof body === 'string' ? body : `${jsonFor(http, body as JsonValue)}\n`
    const type = typeof body === 'string' ? 'text/plain' : 'application/json'
    const extra = warnings.map((warning): Header => ['Warning', `299 - ${JSON.stringify(warning)}`])
    return plain(status, STATUS_TEXTS[status] ?? '', text, [...extra, ['Content-Type', type]])
  }
}

/** A watch through curl ends with what it has to tell at once: an answer here is whole when it is given. */
function soFar(stream: ApiStream): string {
  const items: unknown[] = []
  stream.subscribe(
    (item) => items.push(item),
    () => undefined,
  )()
  return items.map((item) => (typeof item === 'string' ? item : `${JSON.stringify(item)}\n`)).join('')
}

/** People's tools get indented JSON (upstream: apiserver/pkg/endpoints/handlers/negotiation, isPrettyPrint). */
function jsonFor({ headers, path }: HttpRequest, body: JsonValue): string {
  const agent = headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? ''
  const asked = /[?&]pretty(?:=(\w*))?/.exec(path)
  const pretty = asked ? asked[1] !== '0' && asked[1] !== 'false' : /^(?:curl|Wget|Mozilla\/)/.test(agent)
  return JSON.stringify(body, null, pretty ? 2 : 0)
}

/** An answer with its length. */
export function plain(
  status: number,
  reason: string,
  body: string,
  headers: readonly Header[] = [['Content-Type', 'text/plain; charset=utf-8']],
): HttpResponse {
  const length = String(new TextEncoder().encode(body).length)
  return { status, reason, version: '1.1', headers: [...headers, ['Content-Length', length]], body }
}
