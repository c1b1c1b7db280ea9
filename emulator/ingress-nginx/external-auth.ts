import type { HttpRequest } from '../network/types.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import type { Annotations } from './annotations.ts'

/** `auth-url` and its companions (ingress-nginx: annotations/authreq). */
export interface ExternalAuth {
  readonly url: string
  readonly method: string
  readonly signin?: string
  readonly signinParameter: string
  /** Headers of its answer that the application gets. */
  readonly responseHeaders: readonly string[]
}

export function externalAuthOf(own: Annotations): ExternalAuth | undefined {
  const url = own.setting('auth-url', '')
  if (!/^https?:\/\/[^/]/.test(url)) return undefined
  const signin = own.text('auth-signin')
  return {
    url,
    method: own.text('auth-method') ?? 'GET',
    ...(signin !== undefined && { signin }),
    signinParameter: own.text('auth-signin-redirect-param') ?? 'rd',
    responseHeaders: own.list('auth-response-headers'),
  }
}

export type Verdict =
  | { readonly kind: 'let-in'; readonly headers: readonly (readonly [string, string])[] }
  | { readonly kind: 'refused'; readonly status: number; readonly location?: string }
  /** It could not be asked, or said what nginx does not understand. */
  | { readonly kind: 'failed'; readonly status: number }

interface Asked {
  readonly host: string
  readonly client: string
  readonly id: string
}

/** Asks the other service about a request, as `auth_request` does. */
export function askOutside(auth: ExternalAuth, process: ContainerProcess, request: HttpRequest, asked: Asked): Verdict {
  const scheme = request.tls === true ? 'https' : 'http'
  const original = `${scheme}://${request.host}${request.path}`
  const own = [
    ['X-Request-ID', asked.id],
    ['Host', /^https?:\/\/([^/]+)/.exec(auth.url)?.[1] ?? ''],
    ['X-Original-URL', original],
    ['X-Original-Method', request.method],
    ['X-Sent-From', 'nginx-ingress-controller'],
    ['X-Real-IP', asked.client],
    ['X-Forwarded-For', asked.client],
    ['X-Auth-Request-Redirect', request.path],
  ].map(([name = '', value = '']) => [name, value] as const)
  const names = new Set(own.map(([name]) => name.toLowerCase()))
  const rest = request.headers.filter(
    ([name]) => !names.has(name.toLowerCase()) && !/^(content-length|connection)$/i.test(name),
  )
  const { response } = process.network.fetch(process.place, auth.url, {
    method: auth.method,
    headers: [...own, ...rest],
  })
  if (response === undefined) return { kind: 'failed', status: 502 }
  if (response.status >= 200 && response.status < 300) {
    const wanted = new Set(auth.responseHeaders.map((name) => name.toLowerCase()))
    return { kind: 'let-in', headers: response.headers.filter(([name]) => wanted.has(name.toLowerCase())) }
  }
  if (response.status !== 401 && response.status !== 403) return { kind: 'failed', status: response.status }
  if (response.status !== 401 || auth.signin === undefined) return { kind: 'refused', status: response.status }
  return { kind: 'refused', status: 302, location: signinUrl(auth, auth.signin, request, asked.host) }
}

/** Where to sign in, with the way back unless the URL has one. */
function signinUrl(auth: ExternalAuth, signin: string, request: HttpRequest, host: string): string {
  const scheme = request.tls === true ? 'https' : 'http'
  const escaped = encodeURIComponent(request.path)
  const url = signin
    .replaceAll('$escaped_request_uri', escaped)
    .replaceAll('$request_uri', request.path)
    .replaceAll('$best_http_host', request.host)
    .replaceAll('$host', host)
    .replaceAll('$scheme', scheme)
  if (new RegExp(`[?&]${auth.signinParameter.replace(/\W/g, '')}=`).test(url)) return url
  return `${url}${url.includes('?') ? '&' : '?'}${auth.signinParameter}=${scheme}://${request.host}${escaped}`
}
