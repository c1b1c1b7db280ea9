import { byteLength } from '../../../api/byte-length.ts'
import { hostHeader, type ParsedUrl } from '../../../network/url.ts'
import type { Wait } from '../program.ts'
import { base64 } from './base64.ts'
import type { CurlOptions } from './options.ts'

export const USER_AGENT = 'curl/7.88.1'

/** What is sent over the connection: request line, headers in curl's order, body. */
export interface CurlRequest {
  readonly method: string
  readonly path: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

/** Joins -d, --data-urlencode, … ; `@file` is read. Undefined: there is no body. */
export function* readBody(options: CurlOptions): Generator<Wait, string | undefined, string | undefined> {
  const parts: string[] = []
  for (const { text, kind } of options.data) {
    if (kind !== 'raw' && kind !== 'urlencode' && text.startsWith('@')) {
      const content = (yield { kind: 'read', path: text.slice(1) }) ?? ''
      parts.push(kind === 'data' ? content.replace(/[\r\n]/g, '') : content)
    } else if (kind === 'urlencode') parts.push(urlencoded(text))
    else parts.push(text)
  }
  const upload = options.values.get('upload-file')
  if (upload !== undefined) return yield { kind: 'read', path: upload }
  if (options.forms.length > 0) return yield* multipart(options.forms)
  if (parts.length === 0) return undefined
  return parts.join(options.data.some((part) => part.kind === 'json') ? '' : '&')
}

const BOUNDARY = '------------------------d74496d66958873e'

/** The body of a form; `name=@file` sends a file. */
function* multipart(forms: readonly string[]): Generator<Wait, string, string | undefined> {
  let body = ''
  for (const form of forms) {
    const [, name = '', mark = '', text = ''] = /^([^=]*)=([@<]?)([\s\S]*)$/.exec(form) ?? []
    const content = mark === '' ? text : ((yield { kind: 'read', path: text }) ?? '')
    const file = mark === '@' ? `; filename="${text.split('/').at(-1)}"\r\nContent-Type: application/octet-stream` : ''
    body += `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n`
  }
  return `${body}--${BOUNDARY}--\r\n`
}

/** As curl_easy_escape does, blanks as plus signs. */
function escaped(text: string): string {
  const percent = (character: string) => `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`
  return encodeURIComponent(text)
    .replaceAll(/[!'()*]/g, percent)
    .replaceAll('%20', '+')
}

function urlencoded(text: string): string {
  const cut = text.indexOf('=')
  if (cut === -1) return escaped(text)
  return `${text.slice(0, cut)}${cut === 0 ? '' : '='}${escaped(text.slice(cut + 1))}`
}

/** Builds the request for one URL. */
export function buildRequest(options: CurlOptions, url: ParsedUrl, body: string | undefined): CurlRequest {
  const asQuery = options.flags.has('get') && body !== undefined
  const path = asQuery ? `${url.path}${url.path.includes('?') ? '&' : '?'}${body}` : url.path
  const sent = asQuery ? undefined : body
  const upload = options.values.get('upload-file')
  const implied = upload !== undefined ? 'PUT' : sent === undefined ? 'GET' : 'POST'
  const method = options.values.get('request') ?? (options.flags.has('head') ? 'HEAD' : implied)
  const custom = customHeaders(options.headers)
  const headers: (readonly [string, string])[] = []
  const add = (name: string, value: string): void => {
    if (!custom.replaced.has(name.toLowerCase())) headers.push([name, value])
  }
  headers.push(['Host', custom.host ?? hostHeader(url)])
  const user = options.values.get('user') ?? url.user
  if (user !== undefined) add('Authorization', `Basic ${base64(user)}`)
  const range = options.values.get('range')
  if (range !== undefined) add('Range', `bytes=${range}`)
  add('User-Agent', options.values.get('user-agent') ?? USER_AGENT)
  const json = options.data.some((part) => part.kind === 'json')
  add('Accept', json ? 'application/json' : '*/*')
  const referer = options.values.get('referer')
  if (referer !== undefined) add('Referer', referer)
  const cookie = options.values.get('cookie')
  if (cookie?.includes('=') === true) add('Cookie', cookie)
  if (options.flags.has('compressed')) add('Accept-Encoding', 'deflate, gzip, br, zstd')
  headers.push(...custom.sent)
  if (sent !== undefined) {
    add('Content-Length', String(byteLength(sent)))
    const type =
      options.forms.length > 0 ? `multipart/form-data; boundary=${BOUNDARY}` : 'application/x-www-form-urlencoded'
    if (upload === undefined) add('Content-Type', json ? 'application/json' : type)
  }
  const named = upload !== undefined && path.endsWith('/') ? `${path}${upload.split('/').at(-1)}` : path
  return { method, path: named, headers, body: sent ?? '' }
}

function customHeaders(lines: readonly string[]): {
  readonly host: string | undefined
  readonly sent: readonly (readonly [string, string])[]
  readonly replaced: ReadonlySet<string>
} {
  const sent: (readonly [string, string])[] = []
  const replaced = new Set<string>()
  let host: string | undefined
  for (const line of lines) {
    const match = /^([^:;]+)([:;])\s*([\s\S]*)$/.exec(line)
    if (match === null) continue
    const [, name = '', mark, value = ''] = match
    replaced.add(name.toLowerCase())
    if (name.toLowerCase() === 'host') host = value
    else if (value !== '' || mark === ';') sent.push([name, value])
  }
  return { host, sent, replaced }
}
