import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ClusterRef, ClusterService } from '../clusters/seam.ts'
import { learnerToken } from '../cookie.ts'
import { apiKeyIssuedAt, revokeApiKey } from '../data/api-keys.ts'
import { learnerOf } from '../data/session.ts'
import { hostOf, isOwnOrigin, isSecure } from '../origin.ts'
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

/**
 * `/api/kubeconfig?workspace=<key>` for the learner's own pages. GET tells when one was downloaded, POST makes a new one
 * (the one before ends), DELETE ends it.
 */
export async function serveKubeconfig(
  clusters: ClusterService,
  settings: Settings,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('cache-control', 'no-store')
  const learner = await learnerOf(learnerToken(request.headers.cookie))
  const workspace = workspaceKey.safeParse(new URL(request.url ?? '', 'http://page').searchParams.get('workspace')).data
  if (!learner || !workspace) return sendStatus(response, 400, 'BadRequest', 'Name a workspace.')
  const ref = { learnerId: learner.id, workspace }
  if (request.method === 'GET') return sendJson(response, { issuedAt: (await apiKeyIssuedAt(ref)) ?? null })
  if (!isOwnOrigin(request, settings)) return sendStatus(response, 403, 'Forbidden', 'Ask from a page of this site.')
  if (request.method === 'POST') return download(clusters, settings, ref, request, response)
  if (request.method !== 'DELETE') return sendStatus(response, 405, 'MethodNotAllowed', 'GET, POST or DELETE.')
  await revokeApiKey(ref)
  sendJson(response, { issuedAt: null })
}

async function download(
  clusters: ClusterService,
  settings: Settings,
  ref: ClusterRef,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const secret = await clusters.issueApiKey(ref).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'not-found' || code === 'overloaded') return undefined
    throw error
  })
  if (!secret) return sendStatus(response, 404, 'NotFound', `There is no ${ref.workspace}.`)
  const scheme = isSecure(request, settings) ? 'https' : 'http'
  response.writeHead(200, {
    'content-type': 'application/yaml',
    'content-disposition': 'attachment; filename="slipway.kubeconfig"',
  })
  response.end(kubeconfig(`${scheme}://${hostOf(request, settings)}/k8s/${secret}`))
}

function sendJson(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
