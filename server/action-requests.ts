/** What pages send to Server Actions is checked before Next reads it: Next answers what it cannot read as if it had broken. */
import type { IncomingMessage } from 'node:http'
import { isOwnOrigin } from './origin.ts'
import type { Settings } from './settings.ts'

export interface Refusal {
  readonly status: number
  readonly text: string
}

/** Bytes; the longest thing a page sends is a report of 2,000 characters. */
const LARGEST_BODY = 64 * 1024

/** Does a page send this, in any way? Next's own development requests are none of ours. */
const isToPage = ({ method, url = '/' }: IncomingMessage): boolean =>
  method === 'POST' && !/^\/(api|_next|__next)/.test(url)

/**
 * Why a request to an action is refused, or undefined for one that Next may answer, and for every other request. Reads
 * the body and puts it back.
 */
export async function refusedAction(
  request: IncomingMessage,
  settings: Pick<Settings, 'trustProxy' | 'allowedOrigins'>,
): Promise<Refusal | undefined> {
  if (!isToPage(request)) return undefined
  if (request.headers['next-action'] === undefined) return { status: 405, text: 'Method not allowed.\n' }
  if (!isOwnOrigin(request, settings)) return { status: 403, text: 'Only pages of this site may ask for this.\n' }
  if (!/^text\/plain\b/i.test(request.headers['content-type'] ?? ''))
    return { status: 415, text: 'Pages send plain values.\n' }
  const length = Number(request.headers['content-length'] ?? Number.NaN)
  if (!Number.isInteger(length)) return { status: 411, text: 'The length is missing.\n' }
  if (length > LARGEST_BODY) return { status: 413, text: 'That is more than a page sends.\n' }
  const body = await peek(request, length)
  return isPlain(body.toString('utf8')) ? undefined : { status: 400, text: 'This cannot be read.\n' }
}

/** Reads `length` bytes and puts them back, so that who reads next finds the request as it came. */
async function peek(request: IncomingMessage, length: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let read = 0
  while (read < length) {
    const chunk: Buffer | null = request.read()
    if (chunk !== null) {
      chunks.push(chunk)
      read += chunk.length
    } else if (request.readableEnded || request.destroyed) break
    else await new Promise<void>((resolve) => whenever(request, resolve))
  }
  const body = Buffer.concat(chunks)
  if (body.length > 0) request.unshift(body)
  return body
}

const EVENTS = ['readable', 'end', 'close', 'error'] as const

function whenever(request: IncomingMessage, resolve: () => void): void {
  const go = () => {
    for (const event of EVENTS) request.off(event, go)
    resolve()
  }
  for (const event of EVENTS) request.on(event, go)
}

/** A list of plain values. Texts that begin with `$` mean something to React: only the two that plain values become. */
function isPlain(body: string): boolean {
  try {
    const values: unknown = JSON.parse(body)
    return Array.isArray(values) && textsIn(values).every((text) => !/^\$(?!\$|undefined$)/.test(text))
  } catch {
    return false
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
