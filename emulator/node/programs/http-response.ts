import { byteLength } from '../../api/byte-length.ts'
import type { HttpRequest, HttpResponse } from '../../network/types.ts'

const REASONS: ReadonlyMap<number, string> = new Map([
  [200, 'OK'],
  [201, 'Created'],
  [204, 'No Content'],
  [206, 'Partial Content'],
  [301, 'Moved Permanently'],
  [302, 'Found'],
  [303, 'See Other'],
  [304, 'Not Modified'],
  [307, 'Temporary Redirect'],
  [308, 'Permanent Redirect'],
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [405, 'Method Not Allowed'],
  [418, "I'm a teapot"],
  [429, 'Too Many Requests'],
  [500, 'Internal Server Error'],
  [501, 'Not Implemented'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
])

/** The reason phrase that servers send with a status. */
export function reasonPhrase(status: number): string {
  return REASONS.get(status) ?? ''
}

/** `Sat, 21 Nov 2026 00:30:00 GMT` */
export function httpDate(at: number): string {
  return new Date(at).toUTCString()
}

/** A response with its headers in order; a HEAD request gets no body. */
export function respond(
  request: Pick<HttpRequest, 'method'>,
  status: number,
  headers: readonly (readonly [name: string, value: string])[],
  body: string,
): HttpResponse {
  return { status, reason: reasonPhrase(status), version: '1.1', headers, body: request.method === 'HEAD' ? '' : body }
}

/** What most small Go servers answer: text, length, date. */
export function goText(request: HttpRequest, now: number, body: string, status = 200): HttpResponse {
  const headers: [string, string][] = [
    ['Date', httpDate(now)],
    ['Content-Length', String(byteLength(body))],
    ['Content-Type', 'text/plain; charset=utf-8'],
  ]
  return respond(request, status, headers, body)
}

/** First value of a header, whatever its case. */
export function header(request: HttpRequest, name: string): string | undefined {
  return request.headers.find(([key]) => key.toLowerCase() === name)?.[1]
}

/** Path without query, percent escapes decoded, dots resolved; undefined if it cannot be decoded. */
export function requestPath(request: HttpRequest): string | undefined {
  const raw = request.path.split('?')[0] ?? '/'
  try {
    const parts: string[] = []
    for (const part of decodeURIComponent(raw).split('/')) {
      if (part === '..') parts.pop()
      else if (part !== '.') parts.push(part)
    }
    return parts.join('/') || '/'
  } catch {
    return undefined
  }
}

const TYPES: { readonly [extension: string]: string } = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'application/javascript',
  json: 'application/json',
  txt: 'text/plain',
  xml: 'text/xml',
  png: 'image/png',
  svg: 'image/svg+xml',
}

/** Media type by file name. */
export function mediaType(path: string, fallback: string): string {
  return TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? fallback
}
