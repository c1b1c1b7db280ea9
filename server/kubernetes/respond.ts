import type { ApiRequest, Cluster } from '../../emulator/index.ts'
import { createJsonText } from '../json-text.ts'

/** Where the parts of an answer go: head, then body, then the end. */
export interface Answer {
  head(status: number, headers: Record<string, string | readonly string[]>): void
  /** Text, or bytes where the answer is protobuf. */
  chunk(text: string | Uint8Array): void
  end(): void
}

/** Remembers texts of frozen objects, which nothing can change, for as long as these live. */
const jsonText = createJsonText()

/** Asks a cluster's API and passes the answer on; a watch or a followed log goes on until the returned function is called. */
export function respond(cluster: Pick<Cluster, 'request'>, request: ApiRequest, answer: Answer): () => void {
  const response = cluster.request(request)
  const warnings = response.warnings.map((text) => `299 - ${JSON.stringify(text)}`)
  const { stream, body } = response
  // A text is what somebody behind the API server answered, whatever its type.
  const isJson = body !== undefined && typeof body !== 'string'
  answer.head(response.status, {
    'content-type': isJson || (stream && request.query?.follow === undefined) ? 'application/json' : 'text/plain',
    'cache-control': 'no-cache, private',
    ...response.headers,
    ...(warnings.length > 0 && { warning: warnings }),
  })
  if (!stream) {
    if (body instanceof Uint8Array) answer.chunk(body)
    else if (body !== undefined)
      answer.chunk(typeof body === 'object' && body !== null ? `${jsonText(body)}\n` : String(body))
    answer.end()
    return () => undefined
  }
  return stream.subscribe(
    (item) => answer.chunk(typeof item === 'string' ? item : `${JSON.stringify(item)}\n`),
    () => answer.end(),
  )
}
