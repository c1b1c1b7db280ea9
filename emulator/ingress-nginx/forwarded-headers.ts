import type { HttpRequest } from '../network/types.ts'
import { header } from '../node/programs/http-response.ts'
import type { Settings } from './settings.ts'

interface Known {
  readonly host: string
  readonly id: string
  readonly source: string
  readonly client: string
  readonly scheme: string
  readonly prefix: string | undefined
  /** What an authentication service adds. */
  readonly granted: readonly (readonly [string, string])[]
}

/** The headers that the application gets: the controller's own before the client's (ingress-nginx: rootfs/etc/nginx/template). */
export function forwardedHeaders(
  request: HttpRequest,
  settings: Settings,
  known: Known,
): readonly (readonly [string, string])[] {
  const trusted = (name: string): string | undefined => (settings.forwardedHeaders ? header(request, name) : undefined)
  const before = header(request, 'x-forwarded-for')
  const chained = settings.forwardedHeaders || settings.computesForwardedFor
  const proto = trusted('x-forwarded-proto') ?? known.scheme
  const sent: readonly (readonly [string, string])[] = [
    ['Host', known.host],
    ['X-Request-ID', known.id],
    ['X-Real-IP', known.source],
    ['X-Forwarded-For', chained && before ? `${before}, ${known.client}` : known.client],
    ['X-Forwarded-Host', trusted('x-forwarded-host') ?? request.host],
    ['X-Forwarded-Port', trusted('x-forwarded-port') ?? (request.tls === true ? '443' : '80')],
    ['X-Forwarded-Proto', proto],
    ['X-Forwarded-Scheme', proto],
    ['X-Scheme', proto],
    ...known.granted,
    ...(known.prefix === undefined ? [] : [['X-Forwarded-Prefix', known.prefix] as const]),
  ]
  const own = new Set(sent.map(([name]) => name.toLowerCase()))
  const rest = request.headers.filter(([name]) => !own.has(name.toLowerCase()) && name.toLowerCase() !== 'connection')
  return [...sent, ...rest]
}
