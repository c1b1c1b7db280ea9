import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ClusterService } from '../clusters/seam.ts'
import { clusterBySecret } from '../data/clusters.ts'
import { adapt } from './adapter.ts'
import { sendStatus } from './status.ts'

const SECRET_PATH = /^\/k8s\/([A-Za-z0-9_-]{43})(\/[^?]*)?(?:\?|$)/

/** `/k8s/<secret>/api/v1/…`: a learner's own cluster for a real kubectl. Whoever knows the URL may use it. */
export async function serveKubernetes(
  clusters: ClusterService,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, secret, path = '/'] = SECRET_PATH.exec(request.url ?? '') ?? []
  const ref = secret && (await clusterBySecret(secret))
  if (!ref) return sendStatus(response, 404, 'NotFound', 'This kubeconfig belongs to no cluster; download a new one.')
  await adapt((asked, answer) => clusters.request(ref, asked, answer), path, request, response)
}
