import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ClusterRef, ClusterService } from '../clusters/seam.ts'
import { clusterBySecret } from '../data/api-keys.ts'
import { adapt } from './adapter.ts'
import { failureStatus, sendStatus } from './status.ts'
import type { ConnectionAnswer } from './streaming/messages.ts'
import { upgradeConnection } from './streaming/upgrade.ts'

const SECRET_PATH = /^\/k8s\/([A-Za-z0-9_-]{43})(\/[^?]*)?(?:\?|$)/
const UNKNOWN = 'This kubeconfig opens no cluster any more; download a new one from the menu of the terminal.'

/** `/k8s/<secret>/api/v1/…`: a learner's own cluster for a real kubectl. Whoever knows the URL may use it. */
export async function serveKubernetes(
  clusters: ClusterService,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { ref, path } = await addressed(request)
  if (!ref) return sendStatus(response, 401, 'Unauthorized', UNKNOWN)
  await adapt((asked, answer) => clusters.request(ref, asked, answer), path, request, response).catch((error) => {
    const code = codeOf(error)
    if (!code || response.headersSent) throw error
    sendStatus(response, code, code === 404 ? 'NotFound' : 'ServiceUnavailable', error.message)
  })
}

/** The same for a request to upgrade; takes the socket if its path is ours. No page may open one: browsers send Origin. */
export function upgradeKubernetes(
  clusters: ClusterService,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): boolean {
  if (!request.url?.startsWith('/k8s/')) return false
  const connect = async (asked: Parameters<ClusterService['connect']>[1]): Promise<ConnectionAnswer> => {
    if (request.headers.origin !== undefined) return refused(403, 'Forbidden', 'Pages may not connect here.')
    const { ref } = await addressed(request)
    if (!ref) return refused(401, 'Unauthorized', UNKNOWN)
    return clusters.connect(ref, asked).catch((error) => {
      const code = codeOf(error)
      if (!code) throw error
      return refused(code, code === 404 ? 'NotFound' : 'ServiceUnavailable', error.message)
    })
  }
  const path = SECRET_PATH.exec(request.url)?.[2] ?? '/'
  upgradeConnection(connect, path, request, socket, head).catch((error: unknown) => {
    console.error(error)
    socket.destroy()
  })
  return true
}

const refused = (status: number, reason: string, message: string): ConnectionAnswer => ({
  type: 'refused',
  status,
  body: JSON.stringify(failureStatus(status, reason, message)),
})

async function addressed({
  url,
}: IncomingMessage): Promise<{ readonly ref: ClusterRef | undefined; readonly path: string }> {
  const [, secret, path = '/'] = SECRET_PATH.exec(url ?? '') ?? []
  return { ref: secret ? await clusterBySecret(secret) : undefined, path }
}

/** The cluster cannot be had; undefined for a fault of ours. */
function codeOf(error: unknown): number | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'not-found' ? 404 : code === 'overloaded' ? 503 : undefined
}
