import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ClusterService } from '../clusters/seam.ts'
import { learnerToken } from '../cookie.ts'
import { learnerOf } from '../data/session.ts'
import { hostOf, isSecure } from '../origin.ts'
import { workspaceKey } from '../protocol.ts'
import type { Settings } from '../settings.ts'
import { sendStatus } from './status.ts'

/** A kubeconfig with one cluster and no credentials: the secret is in the URL. */
export function kubeconfig(server: string): string {
  // The Kubernetes clients of other languages refuse plain http unless they are told not to expect a certificate.
  const tls = server.startsWith('http:') ? '\n    insecure-skip-tls-verify: true' : ''
  return `apiVersion: v1
kind: Config
clusters:
- name: slipway
  cluster:
    server: ${server}${tls}
contexts:
- name: slipway
  context:
    cluster: slipway
    user: slipway
    namespace: default
current-context: slipway
users:
- name: slipway
  user: {}
`
}

/** GET /api/kubeconfig?workspace=<key>: the learner's own, as a download. */
export async function serveKubeconfig(
  clusters: ClusterService,
  settings: Settings,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const learner = await learnerOf(learnerToken(request.headers.cookie))
  const workspace = workspaceKey.safeParse(new URL(request.url ?? '', 'http://page').searchParams.get('workspace')).data
  if (!learner || request.method !== 'GET' || !workspace)
    return sendStatus(response, 400, 'BadRequest', 'Ask with GET and the name of a workspace.')
  const secret = await clusters.apiSecret({ learnerId: learner.id, workspace }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'not-found') return undefined
    throw error
  })
  if (!secret) return sendStatus(response, 404, 'NotFound', `There is no ${workspace}.`)
  const scheme = isSecure(request, settings) ? 'https' : 'http'
  response.writeHead(200, {
    'content-type': 'application/yaml',
    'content-disposition': 'attachment; filename="slipway.kubeconfig"',
    'cache-control': 'no-store',
  })
  response.end(kubeconfig(`${scheme}://${hostOf(request, settings)}/k8s/${secret}`))
}
