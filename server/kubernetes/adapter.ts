import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ApiRequest } from '../../emulator/index.ts'
import { BUDGETS } from '../clusters/budgets.ts'
import { decodeProtobuf, PROTOBUF } from './protobuf/decode.ts'
import type { Answer } from './respond.ts'
import { sendStatus } from './status.ts'

/** Asks a cluster; the returned function ends a stream early. */
export type Ask = (request: ApiRequest, answer: Answer) => Promise<() => void>

/** Unsent bytes above which the reader of a stream is given up. */
const LOST_BYTES = 32 << 20
const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** Carries one HTTP request to a cluster and its answer back, streams in chunks as they come. */
export async function adapt(ask: Ask, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.method === 'HEAD' ? 'GET' : request.method
  if (!isMethod(method)) return sendStatus(response, 405, 'MethodNotAllowed', `the server does not allow ${method}`)
  const body = await readBody(request)
  if (body === undefined) {
    // What is left of the body is never read, so the connection can serve nothing else.
    response.setHeader('connection', 'close')
    const message = `Request entity too large: limit is ${BUDGETS.requestBytes}`
    return sendStatus(response, 413, 'RequestEntityTooLarge', message)
  }
  let closed = false
  const cancel = await ask(
    { method, ...addressOf(path, request), ...content(headersOf(request), body) },
    {
      head(status, headers) {
        response.writeHead(status, Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, [v].flat()])))
        response.flushHeaders()
      },
      chunk(text) {
        if (response.writableLength > LOST_BYTES) response.destroy()
        else if (!closed) response.write(text)
      },
      end: () => void response.end(),
    },
  )
  response.on('close', () => {
    closed = true
    cancel()
  })
  if (response.destroyed) cancel()
}

const isMethod = (method: string | undefined): method is ApiRequest['method'] => METHODS.has(method ?? '')

/** What a request is about, as the API server wants to hear it. */
export function addressOf(path: string, request: IncomingMessage): Pick<ApiRequest, 'path' | 'query'> {
  return { path: decodePath(path), query: queryOf(request) }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function queryOf(request: IncomingMessage): ApiRequest['query'] {
  const query: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of new URL(request.url ?? '/', 'http://cluster').searchParams) {
    const earlier = query[name]
    query[name] = earlier === undefined ? value : [...[earlier].flat(), value]
  }
  return query
}

/** Headers that mean something to an API server; cookies and the like stay outside. */
export function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const kept = [
    'accept',
    'content-type',
    'user-agent',
    'kubectl-command',
    'authorization',
    'impersonate-user',
    'impersonate-uid',
    'impersonate-group',
  ]
  const extra = Object.keys(headers).filter((name) => name.startsWith('impersonate-extra-'))
  return Object.fromEntries(
    [...kept, ...extra].flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  )
}

/** A body in protobuf becomes the JSON that it stands for; one that cannot be read stays as it is and is refused. */
function content(headers: Record<string, string>, body: Buffer): { headers: Record<string, string>; body: string } {
  const object = headers['content-type'] === PROTOBUF ? decodeProtobuf(body) : undefined
  if (!object) return { headers, body: body.toString('utf8') }
  return { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(object) }
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BUDGETS.requestBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
