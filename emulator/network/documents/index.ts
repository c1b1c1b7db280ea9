/**
 * The internet's documents, and how its hosts pass requests on. A document is one file and one line in this list; its
 * address is the one that people type.
 */
import type { InternetDocument } from './document.ts'
import { flannel, NEWEST_FLANNEL } from './flannel.ts'
import { gatewayApi } from './gateway-api.ts'
import { ingressNginx } from './ingress-nginx.ts'
import { deploymentExamples } from './kubernetes-examples/deployments.ts'
import { podExamples } from './kubernetes-examples/pods.ts'
import { serviceExamples } from './kubernetes-examples/services.ts'
import { metricsServer, NEWEST_METRICS_SERVER } from './metrics-server.ts'
import { nginxGatewayFabric, nginxGatewayFabricDefinitions } from './nginx-gateway-fabric.ts'

const documents: readonly InternetDocument[] = [
  flannel,
  gatewayApi,
  ingressNginx,
  metricsServer,
  nginxGatewayFabric,
  nginxGatewayFabricDefinitions,
  ...serviceExamples,
  ...deploymentExamples,
  ...podExamples,
]

/** The text at `host/path`, without query; undefined where there is none. */
export function documentAt(address: string): string | undefined {
  const found = documents.find((document) =>
    typeof document.address === 'string' ? document.address === address : document.address.test(address),
  )
  return found?.text(address)
}

/** The tag of each project's newest release. */
const NEWEST: ReadonlyMap<string, string> = new Map([
  ['flannel-io/flannel', NEWEST_FLANNEL],
  ['kubernetes-sigs/gateway-api', 'v1.6.1'],
  ['kubernetes-sigs/metrics-server', NEWEST_METRICS_SERVER],
])

const RELEASE_ASSETS = 'release-assets.githubusercontent.com'

/** Where a host sends a request on to, as the real ones do; undefined where it answers itself. */
export function redirectOf(address: string): string | undefined {
  if (/^(www\.)?k8s\.io\//.test(address)) return `https://${address.replace(/^(www\.)?k8s\.io/, 'kubernetes.io')}`
  if (/^github\.com\/[^/]+\/[^/]+\/releases\/download\//.test(address) && documentAt(address) !== undefined)
    return `https://${address.replace('github.com', RELEASE_ASSETS)}`
  const [, repository = '', file] =
    /^github\.com\/([^/]+\/[^/]+)\/releases\/latest\/download\/([^?]+)/.exec(address) ?? []
  const newest = NEWEST.get(repository)
  if (newest !== undefined) return `https://github.com/${repository}/releases/download/${newest}/${file}`
  const raw = /^github\.com\/([^/]+\/[^/]+)\/(?:raw|blob)\/(.+)$/.exec(address)
  return raw ? `https://raw.githubusercontent.com/${raw[1]}/${raw[2]}` : undefined
}

/** Hosts that hold nothing but documents: what they do not have is a 404. */
export const DOCUMENT_HOSTS: readonly string[] = [RELEASE_ASSETS, 'raw.githubusercontent.com']

/** Paths of hosts that have pages besides, at which there is nothing but documents. */
export const isDocumentPath = (path: string): boolean =>
  path.startsWith('/examples/') || /^\/[^/]+\/[^/]+\/releases\/(?:download|latest\/download)\//.test(path)

/** What a host has at a path: some hosts hold what others are asked for. */
export function hostedDocument(host: string, path: string): string | undefined {
  const address = `${host === RELEASE_ASSETS ? 'github.com' : host}${path.split('?')[0] ?? ''}`
  if (host === 'github.com') return undefined
  return documentAt(address)
}
