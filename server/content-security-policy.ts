import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const compress = promisify(gzip)
const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g
const WORTH_COMPRESSING = 1024

/**
 * The policy of a page: scripts are files of ours, or inline scripts that stood in the page as the server wrote it, named
 * by their hash. Nothing that a learner's text could smuggle into the page later runs. Styles may be inline: xterm and
 * CodeMirror write their own.
 */
export function policyOf(html: string): string {
  const hashes = new Set([...html.matchAll(INLINE_SCRIPT)].map(([, script = '']) => hashOf(script)))
  return [
    "default-src 'self'",
    ["script-src 'self'", ...hashes].join(' '),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

const hashOf = (script: string): string => `'sha256-${createHash('sha256').update(script).digest('base64')}'`

/**
 * Holds a page back until it is whole, because its policy stands in its head: Next gives nonces only to pages rendered for
 * each request, and most of ours are rendered once. Answers that are no HTML pass as they come. The page is asked for
 * uncompressed and compressed here.
 */
export function withPagePolicy(request: IncomingMessage, response: ServerResponse): void {
  const { writeHead, write, end, flushHeaders } = response
  const mayCompress = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  if (/text\/html/.test(request.headers.accept ?? '')) request.headers['accept-encoding'] = 'identity'
  const held: Buffer[] = []
  // Next's own compression wraps these methods in turn, so they stay in place and step aside instead.
  let passing = false
  const letGo = () => {
    passing = true
  }
  /** True for a page; anything else goes on untouched from here. */
  const holds = (): boolean => {
    if (!passing && !isPlainPage(response)) letGo()
    return !passing
  }
  const sendPage = async () => {
    letGo()
    const html = Buffer.concat(held)
    const body = mayCompress && html.length > WORTH_COMPRESSING ? await compress(html) : html
    response.setHeader('Content-Security-Policy', policyOf(html.toString('utf8')))
    response.setHeader('Content-Length', body.length)
    response.appendHeader('Vary', 'Accept-Encoding')
    if (body !== html) response.setHeader('Content-Encoding', 'gzip')
    Reflect.apply(end, response, request.method === 'HEAD' ? [] : [body])
  }
  Object.assign(response, {
    writeHead(status: number, ...rest: unknown[]) {
      if (passing) return Reflect.apply(writeHead, response, [status, ...rest])
      setHeaders(response, rest.at(-1))
      response.statusCode = status
      return holds() ? response : Reflect.apply(writeHead, response, [status])
    },
    flushHeaders() {
      if (!holds()) Reflect.apply(flushHeaders, response, [])
    },
    write(...args: unknown[]) {
      if (!holds()) return Reflect.apply(write, response, args)
      keep(held, args)
      return true
    },
    end(...args: unknown[]) {
      if (!holds()) return Reflect.apply(end, response, args)
      keep(held, args)
      sendPage().catch((error: Error) => response.destroy(error))
      return response
    },
  })
}

function isPlainPage(response: ServerResponse): boolean {
  const type = String(response.getHeader('content-type') ?? '')
  return type.startsWith('text/html') && response.getHeader('content-encoding') === undefined
}

function setHeaders(response: ServerResponse, headers: unknown): void {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value)
}

/** Keeps what `write` or `end` was given: (chunk?, encoding?, callback?). */
function keep(held: Buffer[], [chunk, ...rest]: readonly unknown[]): void {
  if (typeof chunk === 'string' || chunk instanceof Uint8Array) held.push(Buffer.from(chunk as string))
  const callback = [chunk, ...rest].findLast((arg) => typeof arg === 'function')
  if (typeof callback === 'function') queueMicrotask(() => Reflect.apply(callback, undefined, []))
}
