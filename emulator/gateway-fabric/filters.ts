import type { HttpRequest, HttpResponse } from '../network/types.ts'
import type { Filter, HeaderChanges, PathChange, RouteMatch } from './objects.ts'

type Headers = readonly (readonly [name: string, value: string])[]

/** Sets, adds, removes, in this order. */
export function changeHeaders(headers: Headers, changes: HeaderChanges | undefined): Headers {
  if (changes === undefined) return headers
  const { set = [], add = [], remove = [] } = changes
  const gone = new Set([...set.map(({ name }) => name), ...remove].map((name) => name.toLowerCase()))
  const pairs = [...set, ...add].map(({ name, value }): readonly [string, string] => [name, value])
  return [...headers.filter(([name]) => !gone.has(name.toLowerCase())), ...pairs]
}

/** The request as the backend gets it. */
export function changeRequest(request: HttpRequest, filters: readonly Filter[], match: RouteMatch): HttpRequest {
  let { headers, path, host } = request
  for (const { requestHeaderModifier, urlRewrite } of filters) {
    headers = changeHeaders(headers, requestHeaderModifier)
    path = changePath(path, urlRewrite?.path, match)
    host = urlRewrite?.hostname ?? host
  }
  return { ...request, headers, path, host }
}

/** A path (with its query) after ReplaceFullPath or ReplacePrefixMatch. */
export function changePath(whole: string, change: PathChange | undefined, match: RouteMatch): string {
  if (change === undefined) return whole
  const cut = whole.indexOf('?')
  const path = cut < 0 ? whole : whole.slice(0, cut)
  const query = cut < 0 ? '' : whole.slice(cut)
  if (change.type === 'ReplaceFullPath') return (change.replaceFullPath || '/') + query
  const prefix = (match.path?.value ?? '/').replace(/\/$/, '')
  const rest = path.slice(prefix.length).replace(/^\//, '')
  const base = (change.replacePrefixMatch ?? '').replace(/\/$/, '')
  const joined = rest === '' && !path.slice(prefix.length).startsWith('/') ? base : `${base}/${rest}`
  return (joined || '/') + query
}

/** The answer as the client gets it. */
export function changeResponse(response: HttpResponse, filters: readonly Filter[]): HttpResponse {
  let { headers } = response
  for (const { responseHeaderModifier } of filters) headers = changeHeaders(headers, responseHeaderModifier)
  return { ...response, headers }
}

/** Where a RequestRedirect sends the client. Ports that a scheme has anyway are left out. */
export function redirectTo(
  { scheme, hostname, port, path }: NonNullable<Filter['requestRedirect']>,
  request: HttpRequest,
  listenerPort: number,
  match: RouteMatch,
): string {
  const own = request.tls === true ? 'https' : 'http'
  const to = scheme ?? own
  const usual = to === 'https' ? 443 : 80
  const number = port ?? (scheme === undefined ? listenerPort : usual)
  const host = hostname ?? request.host.replace(/:\d+$/, '')
  return `${to}://${host}${number === usual ? '' : `:${number}`}${changePath(request.path, path, match)}`
}
