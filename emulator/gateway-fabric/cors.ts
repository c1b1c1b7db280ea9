import type { HttpRequest } from '../network/types.ts'
import { header } from '../node/programs/http-response.ts'
import type { CorsFilter } from './objects.ts'

const listed = (values: readonly string[] | undefined, otherwise: string): string =>
  values === undefined || values.length === 0 ? otherwise : values.join(', ')

/** Headers that a CORS filter gives a request of this origin (Gateway API: HTTPCORSFilter); none where it is not allowed. */
export function corsHeaders(cors: CorsFilter, request: HttpRequest): readonly (readonly [string, string])[] {
  const origin = header(request, 'origin')
  if (origin === undefined) return []
  const origins = cors.allowOrigins ?? []
  if (!origins.some((pattern) => fits(pattern, origin))) return []
  const own = origins.includes('*') && cors.allowCredentials !== true ? '*' : origin
  const preflight = request.method === 'OPTIONS' && header(request, 'access-control-request-method') !== undefined
  return [
    ['Access-Control-Allow-Origin', own],
    ...(cors.allowCredentials === true ? [['Access-Control-Allow-Credentials', 'true'] as const] : []),
    ...(preflight
      ? [
          ['Access-Control-Allow-Methods', listed(cors.allowMethods, '')] as const,
          ['Access-Control-Allow-Headers', listed(cors.allowHeaders, '')] as const,
          ['Access-Control-Max-Age', String(cors.maxAge ?? 5)] as const,
        ]
      : []),
    ...(cors.exposeHeaders?.length ? [['Access-Control-Expose-Headers', cors.exposeHeaders.join(', ')] as const] : []),
  ]
}

/** Is this a question before a request of another origin? */
export const isPreflight = (request: HttpRequest): boolean =>
  request.method === 'OPTIONS' &&
  header(request, 'origin') !== undefined &&
  header(request, 'access-control-request-method') !== undefined

/** `https://*.example.com`: a star stands for any labels in front. */
function fits(pattern: string, origin: string): boolean {
  if (pattern === '*') return true
  const star = pattern.indexOf('*')
  if (star < 0) return pattern.toLowerCase() === origin.toLowerCase()
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)]
  return origin.length > before.length + after.length && origin.startsWith(before) && origin.endsWith(after)
}
