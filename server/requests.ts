import type { IncomingMessage, ServerResponse } from 'node:http'
import { refusedAction } from './action-requests.ts'
import type { ClusterService } from './clusters/seam.ts'
import { CONTENT_CHANGES, type ContentChanges } from './content-changes.ts'
import { withPagePolicy } from './content-security-policy.ts'
import { ensureLearnerCookie } from './cookie.ts'
import { serveKubeconfig } from './kubernetes/kubeconfig.ts'
import { serveKubernetes } from './kubernetes/serve.ts'
import { isSecure } from './origin.ts'
import type { Pages } from './pages.ts'
import { setSecurityHeaders } from './security-headers.ts'
import type { Settings } from './settings.ts'

interface Site {
  readonly pages: Pages
  readonly clusters: ClusterService
  readonly settings: Settings
  /** While authors write. */
  readonly contentChanges: ContentChanges | undefined
}

/** Routes a request: the Kubernetes API under a secret path, the kubeconfig that names it, everything else to Next. */
export function createRequestListener(site: Site): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answer(site, request, response).catch((error: unknown) => {
      console.error(error)
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end('Something broke on our side.\n')
    })
  }
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse) {
  const { pages, clusters, settings, contentChanges } = site
  const url = request.url ?? '/'
  if (!METHODS.has(request.method ?? '')) return refuse(response, 405, 'Method not allowed.\n')
  if (!isDecodable(url)) return refuse(response, 400, 'This address cannot be read.\n')
  if (url.startsWith('/k8s/')) return serveKubernetes(clusters, request, response)
  const secure = isSecure(request, settings)
  setSecurityHeaders(response, secure)
  if (!url.startsWith('/_next/')) ensureLearnerCookie(request, response, secure)
  if (contentChanges && url === CONTENT_CHANGES) return contentChanges.serve(response)
  if (url.startsWith('/api/kubeconfig?')) return serveKubeconfig(clusters, settings, request, response)
  const refused = await refusedAction(request, settings)
  if (refused) return refuse(response, refused.status, refused.text)
  if (!settings.dev) withPagePolicy(request, response)
  return pages.handle(request, response)
}

/** What pages and the Kubernetes API know; Next answers anything else as if it had broken. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?')[0] ?? '')
    return true
  } catch {
    return false
  }
}

function refuse(response: ServerResponse, status: number, text: string): void {
  setSecurityHeaders(response, false)
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' })
  response.end(text)
}
