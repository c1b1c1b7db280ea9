import { fromUtf8, utf8Bytes } from '../api/base64.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'

const MAX_HEAD_BYTES = 64 * 1024
const MAX_BODY_BYTES = 3 << 20

/** A request read from a connection; `keepsOpen` as its version and `Connection` header say. */
export interface ReadRequest {
  readonly request: HttpRequest
  readonly keepsOpen: boolean
}

export type ReadResult = ReadRequest | 'incomplete' | 'continue' | 'malformed' | 'too-large'

/** Bytes of HTTP/1.x in, requests out: what stands between a socket and a server. */
export class HttpReader {
  #bytes = new Uint8Array(0)
  #continued = false

  add(bytes: Uint8Array): void {
    const joined = new Uint8Array(this.#bytes.length + bytes.length)
    joined.set(this.#bytes)
    joined.set(bytes, this.#bytes.length)
    this.#bytes = joined
  }

  /** The next whole request; `continue` once where the client waits for leave to send its body. */
  next(): ReadResult {
    const end = headEnd(this.#bytes)
    if (end === undefined) {
      if (this.#bytes.length > MAX_HEAD_BYTES) return 'too-large'
      return this.#bytes.length === 0 || looksLikeHttp(this.#bytes) ? 'incomplete' : 'malformed'
    }
    const head = parseHead(latin1(this.#bytes.subarray(0, end)))
    if (head === undefined) return 'malformed'
    const body = readBody(this.#bytes.subarray(end), head.header('transfer-encoding'), head.header('content-length'))
    if (body === 'malformed' || body === 'too-large') return body
    if (body === 'incomplete') {
      const asks = head.header('expect')?.toLowerCase() === '100-continue' && !this.#continued
      this.#continued ||= asks
      return asks ? 'continue' : 'incomplete'
    }
    this.#bytes = this.#bytes.slice(end + body.length)
    this.#continued = false
    const { method, path, headers, version } = head
    const connection = head.header('connection')?.toLowerCase()
    const host = head.header('host') ?? ''
    const rest = headers.filter(([name]) => name.toLowerCase() !== 'host')
    return {
      request: { method, path, host, headers: rest, body: fromUtf8([...body.bytes]) },
      keepsOpen: version === '1.1' ? connection !== 'close' : connection === 'keep-alive',
    }
  }
}

/** A response as it goes over the wire, and whether the connection can serve another. */
export function writeResponse(
  response: HttpResponse,
  { request, keepsOpen }: ReadRequest,
): { readonly bytes: Uint8Array; readonly open: boolean } {
  const { status, reason, version = '1.1', headers, body } = response
  const has = (name: string) => headers.find(([known]) => known.toLowerCase() === name)?.[1].toLowerCase()
  const content = utf8Bytes(body)
  const bodiless = request.method === 'HEAD' || status === 204 || status === 304
  const chunked = has('transfer-encoding') === 'chunked'
  const sized = chunked || bodiless || has('content-length') !== undefined
  const lines = [
    `HTTP/${version} ${status} ${reason}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(sized ? [] : [`Content-Length: ${content.length}`]),
  ]
  const head = utf8Bytes(`${lines.join('\r\n')}\r\n\r\n`)
  const open = keepsOpen && version === '1.1' && has('connection') !== 'close'
  if (bodiless) return { bytes: head, open }
  if (!chunked) return { bytes: concat([head, content]), open }
  const chunk =
    content.length === 0 ? [] : [utf8Bytes(`${content.length.toString(16)}\r\n`), content, utf8Bytes('\r\n')]
  return { bytes: concat([head, ...chunk, utf8Bytes('0\r\n\r\n')]), open }
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

function headEnd(bytes: Uint8Array): number | undefined {
  const limit = Math.min(bytes.length, MAX_HEAD_BYTES)
  for (let i = 0; i + 3 < limit; i++)
    if (bytes[i] === 13 && bytes[i + 1] === 10 && bytes[i + 2] === 13 && bytes[i + 3] === 10) return i + 4
  return undefined
}

const looksLikeHttp = (bytes: Uint8Array) => /^[A-Za-z-]*( |$)/.test(latin1(bytes.subarray(0, 24)))

function latin1(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

interface Head {
  readonly method: string
  readonly path: string
  readonly version: '1.0' | '1.1'
  readonly headers: readonly (readonly [name: string, value: string])[]
  header(name: string): string | undefined
}

function parseHead(text: string): Head | undefined {
  const [first = '', ...lines] = text.split('\r\n').filter((line) => line !== '')
  const [, method = '', target = '', minor] = /^([A-Z][A-Z-]*) (\S+) HTTP\/1\.([01])$/.exec(first) ?? []
  if (method === '') return undefined
  const headers: [string, string][] = []
  for (const line of lines) {
    const [, name = '', value = ''] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? []
    if (name === '') return undefined
    headers.push([name, value])
  }
  return {
    method,
    path: target.replace(/^https?:\/\/[^/]*/, '') || '/',
    version: minor === '1' ? '1.1' : '1.0',
    headers,
    header: (name) => headers.find(([known]) => known.toLowerCase() === name)?.[1],
  }
}

type Body = { readonly bytes: Uint8Array; readonly length: number } | 'incomplete' | 'malformed' | 'too-large'

function readBody(bytes: Uint8Array, encoding: string | undefined, lengthText: string | undefined): Body {
  if (encoding?.toLowerCase() === 'chunked') return readChunks(bytes)
  if (encoding !== undefined) return 'malformed'
  if (lengthText === undefined) return { bytes: new Uint8Array(0), length: 0 }
  if (!/^\d{1,12}$/.test(lengthText)) return 'malformed'
  const length = Number(lengthText)
  if (length > MAX_BODY_BYTES) return 'too-large'
  return bytes.length < length ? 'incomplete' : { bytes: bytes.subarray(0, length), length }
}

function readChunks(bytes: Uint8Array): Body {
  const parts: Uint8Array[] = []
  let total = 0
  let at = 0
  for (;;) {
    const lineEnd = bytes.indexOf(10, at)
    if (lineEnd < 0) return bytes.length - at > 64 ? 'malformed' : 'incomplete'
    const [, size] = /^([0-9a-fA-F]{1,7})(?:;.*)?\r$/.exec(latin1(bytes.subarray(at, lineEnd))) ?? []
    if (size === undefined) return 'malformed'
    const length = Number.parseInt(size, 16)
    total += length
    if (total > MAX_BODY_BYTES) return 'too-large'
    const next = lineEnd + 1 + length + 2
    if (bytes.length < next) return 'incomplete'
    if (length === 0) return { bytes: concat(parts), length: next }
    parts.push(bytes.subarray(lineEnd + 1, lineEnd + 1 + length))
    at = next
  }
}
