import { byteLength } from '../api/byte-length.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { httpDate } from '../node/programs/http-response.ts'

/** nginx's own words for statuses, which are not everybody's (nginx: src/http/ngx_http_header_filter_module.c). */
const REASONS: ReadonlyMap<number, string> = new Map([
  [301, 'Moved Permanently'],
  [302, 'Moved Temporarily'],
  [303, 'See Other'],
  [307, 'Temporary Redirect'],
  [308, 'Permanent Redirect'],
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [413, 'Request Entity Too Large'],
  [500, 'Internal Server Error'],
  [502, 'Bad Gateway'],
  [503, 'Service Temporarily Unavailable'],
  [504, 'Gateway Time-out'],
])
/** Pages have other titles than status lines. */
const TITLES: ReadonlyMap<number, string> = new Map([
  [302, 'Found'],
  [401, 'Authorization Required'],
])

const nginxReason = (status: number): string => REASONS.get(status) ?? ''

/** A page that nginx makes itself; redirects go with a Location. */
export function nginxPage(
  request: HttpRequest,
  status: number,
  now: number,
  more: readonly (readonly [string, string])[] = [],
): HttpResponse {
  const title = `${status} ${TITLES.get(status) ?? nginxReason(status)}`
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`
  const headers: (readonly [string, string])[] = [
    ['Date', httpDate(now)],
    ['Content-Type', 'text/html'],
    ['Content-Length', String(byteLength(body))],
    ['Connection', 'keep-alive'],
    ...more,
  ]
  return {
    status,
    reason: nginxReason(status) || 'OK',
    version: '1.1',
    headers,
    body: request.method === 'HEAD' ? '' : body,
  }
}
