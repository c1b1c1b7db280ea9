import type { HttpResponse } from '../network/types.ts'
import { httpDate } from '../node/programs/http-response.ts'

const OWN = [
  'date',
  'server',
  'connection',
  'keep-alive',
  'content-type',
  'content-length',
  'transfer-encoding',
  'x-powered-by',
]

/** The backend's answer under nginx's own first lines; its Server line and `hidden` headers stay behind. */
export function passedOn(
  response: HttpResponse,
  own: readonly (readonly [string, string])[],
  hidden: readonly string[],
  now: number,
): HttpResponse {
  const value = (name: string) => response.headers.find(([key]) => key.toLowerCase() === name)
  const [type, length, chunked] = ['content-type', 'content-length', 'transfer-encoding'].map(value)
  const size = chunked
    ? [['Transfer-Encoding', 'chunked'] as const]
    : length
      ? [['Content-Length', length[1]] as const]
      : []
  const behind = new Set([...OWN, ...hidden])
  return {
    status: response.status,
    reason: response.reason,
    version: '1.1',
    headers: [
      ['Date', httpDate(now)],
      ...(type ? [['Content-Type', type[1]] as const] : []),
      ...size,
      ['Connection', 'keep-alive'],
      ...own,
      ...response.headers.filter(([name]) => !behind.has(name.toLowerCase())),
    ],
    body: response.body,
  }
}
