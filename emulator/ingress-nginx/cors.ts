import type { HttpRequest } from '../network/types.ts'
import { header } from '../node/programs/http-response.ts'
import type { Annotations } from './annotations.ts'

/** What `enable-cors` and its companions set (ingress-nginx: annotations/cors). */
export interface Cors {
  readonly origins: readonly string[]
  readonly methods: string
  readonly headers: string
  readonly credentials: boolean
  readonly maxAge: number
  readonly exposed: string
}

const USUAL_HEADERS =
  'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization'

export function corsOf(own: Annotations): Cors | undefined {
  if (!own.flag('enable-cors')) return undefined
  const origins = own.list('cors-allow-origin')
  return {
    origins: origins.length === 0 ? ['*'] : origins,
    methods: own.text('cors-allow-methods') ?? 'GET, PUT, POST, DELETE, PATCH, OPTIONS',
    headers: own.text('cors-allow-headers') ?? USUAL_HEADERS,
    credentials: own.flag('cors-allow-credentials', true),
    maxAge: own.number('cors-max-age', 1_728_000),
    exposed: own.text('cors-expose-headers') ?? '',
  }
}

/** Headers for a request of this origin; none for one that is not allowed. */
export function corsHeaders(cors: Cors, request: HttpRequest): readonly (readonly [string, string])[] {
  const origin = header(request, 'origin')
  const any = cors.origins.includes('*')
  const known = origin !== undefined && cors.origins.some((pattern) => fits(pattern, origin))
  if (!any && !known) return []
  const preflight = request.method === 'OPTIONS'
  return [
    ['Access-Control-Allow-Origin', any ? '*' : (origin ?? '')],
    ...(cors.credentials ? [['Access-Control-Allow-Credentials', 'true'] as const] : []),
    ['Access-Control-Allow-Methods', cors.methods],
    ['Access-Control-Allow-Headers', cors.headers],
    ...(cors.exposed === '' ? [] : [['Access-Control-Expose-Headers', cors.exposed] as const]),
    ['Access-Control-Max-Age', String(cors.maxAge)],
    ...(preflight ? [['Content-Type', 'text/plain charset=UTF-8'] as const, ['Content-Length', '0'] as const] : []),
  ]
}

/** `https://*.example.com` stands for one label. */
function fits(pattern: string, origin: string): boolean {
  const star = pattern.indexOf('*.')
  if (star < 0) return pattern.toLowerCase() === origin.toLowerCase()
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)]
  const label = origin.slice(before.length, origin.length - after.length)
  return origin.startsWith(before) && origin.endsWith(after) && /^[A-Za-z0-9_-]+$/.test(label)
}
