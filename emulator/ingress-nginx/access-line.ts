import { byteLength } from '../api/byte-length.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { header, httpDate } from '../node/programs/http-response.ts'
import type { Attempted } from './upstream.ts'

interface Answered {
  readonly now: number
  readonly source: string
  readonly user: string
  readonly request: HttpRequest
  readonly response: HttpResponse
  readonly backend: string
  readonly alternative: string
  readonly tried: Attempted['attempts']
  readonly id: string
}

/** A line in the controller's own format (ingress-nginx: user-guide/nginx-configuration/log-format). */
export function accessLine({
  now,
  source,
  user,
  request,
  response,
  backend,
  alternative,
  tried,
  id,
}: Answered): string {
  const at = httpDate(now).replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1/$2/$3:$4 +0000')
  const { method, path } = request
  const size = method === 'HEAD' ? 0 : byteLength(response.body)
  const length = method.length + path.length + 60 + byteLength(request.body)
  const seconds = (ms: number): string => (ms / 1000).toFixed(3)
  const column = (cell: (one: Attempted['attempts'][number]) => string): string => tried.map(cell).join(', ') || '-'
  return [
    `${source} - ${user} [${at}] "${method} ${path} HTTP/1.1" ${response.status} ${size}`,
    `"${header(request, 'referer') ?? '-'}" "${header(request, 'user-agent') ?? '-'}" ${length} ${seconds(response.delayMs ?? 0)}`,
    `[${backend}] [${alternative}] ${column((one) => one.address)} ${column((one) => String(one.bytes))}`,
    `${column((one) => seconds(one.ms))} ${column((one) => String(one.status))} ${id}`,
  ].join(' ')
}
