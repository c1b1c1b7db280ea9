/** A cluster with NGINX Gateway Fabric, two applications, and the verbs that tests of routing need. */
import { applyManifest } from '../../ingress-nginx/testing/installed.ts'
import { documentAt } from '../../network/documents/index.ts'
import type { Exchange, HttpResponse } from '../../network/types.ts'
import { deploymentManifest, paths, type TestCluster, testCluster } from '../../testing/test-cluster.ts'
import type { Gateway, Listener, Route } from '../objects.ts'

export const LAPTOP = { kind: 'machine', name: 'laptop' } as const
export const GATEWAYS = '/apis/gateway.networking.k8s.io/v1/namespaces/default/gateways'
export const HTTP_ROUTES = '/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes'

const ROOT = 'raw.githubusercontent.com/nginx/nginx-gateway-fabric/v2.4.0/deploy'
export const document = (name: string): string => documentAt(`${ROOT}/${name}`) ?? ''

export interface Installed extends TestCluster {
  gateway(name: string, listeners: readonly Listener[]): void
  route(name: string, spec: Route['spec'], namespace?: string): void
  /** Where the Gateway `web` is reached. */
  address(): string
  /** What the laptop gets for a URL, whose host the Gateway's address stands for. */
  visit(
    url: string,
    options?: { readonly method?: string; readonly headers?: readonly (readonly [string, string])[] },
  ): Exchange
  answer(url: string, headers?: readonly (readonly [string, string])[], method?: string): HttpResponse
  status(url: string): number | undefined
  codes(): readonly string[]
  /** `Accepted=True Accepted` of a Gateway, a listener, or the first parent of a route. */
  gatewayConditions(name?: string): readonly string[]
  listenerConditions(listener: string, gateway?: string): readonly string[]
  routeConditions(name: string, namespace?: string): readonly string[]
}

export const http = (more: Partial<Listener> = {}): Listener => ({ name: 'http', port: 80, protocol: 'HTTP', ...more })

/** A rule that sends a path to Services. */
export const to = (...services: readonly string[]) => services.map((name) => ({ name, port: 80 }))

export function installed(way: 'default' | 'nodeport' = 'default'): Installed {
  const made = testCluster()
  applyManifest(made.cluster, document('crds.yaml'))
  made.settle()
  applyManifest(made.cluster, document(`${way}/deploy.yaml`))
  application(made, 'web')
  application(made, 'api')
  made.settle(60)
  return around(made)
}

/** A Deployment whose answers begin with its name, and its Service. */
export function application(made: TestCluster, name: string, namespace = 'default'): void {
  const args = ['-listen=:80', `-text=${name}`]
  const containers = [{ name: 'main', image: 'hashicorp/http-echo', args }]
  const spec = { template: { metadata: { labels: { app: name } }, spec: { containers } } }
  const inNamespace = (path: string) => path.replace('/default/', `/${namespace}/`)
  made.create(inNamespace(paths.deployments), deploymentManifest(name, 2, spec))
  made.create(inNamespace(paths.services), {
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ port: 80 }] },
  })
}

function around(made: TestCluster): Installed {
  const { network } = made.cluster
  const gatewayOf = (name: string) => made.get<Gateway>(`${GATEWAYS}/${name}`)
  const address = () => gatewayOf('web').status?.addresses?.[0]?.value ?? ''
  const visit: Installed['visit'] = (url, options = {}) => {
    const { hostname, port, protocol } = new URL(url)
    const target = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`
    return network.fetch(LAPTOP, url, { ...options, resolve: { [target]: address() } })
  }
  const words = (conditions: readonly { type: string; status: string; reason: string }[] | undefined) =>
    (conditions ?? []).map(({ type, status, reason }) => `${type}=${status} ${reason}`)
  return {
    ...made,
    address,
    visit,
    gateway: (name, listeners) =>
      made.create(GATEWAYS, { metadata: { name }, spec: { gatewayClassName: 'nginx', listeners } }),
    route: (name, spec, namespace = 'default') =>
      made.create(HTTP_ROUTES.replace('/default/', `/${namespace}/`), { metadata: { name }, spec }),
    answer(url, headers = [], method = 'GET') {
      const { response, trace } = visit(url, { headers, method })
      if (response === undefined) throw new Error(trace.hops.map(({ text }) => text).join('\n'))
      return response
    },
    status: (url) => visit(url).response?.status,
    codes: () => network.lastTrace?.hops.map(({ code }) => code) ?? [],
    gatewayConditions: (name = 'web') => words(gatewayOf(name).status?.conditions),
    listenerConditions: (listener, gateway = 'web') =>
      words(gatewayOf(gateway).status?.listeners?.find(({ name }) => name === listener)?.conditions),
    routeConditions: (name, namespace = 'default') =>
      words(
        made.get<Route>(`${HTTP_ROUTES.replace('/default/', `/${namespace}/`)}/${name}`).status?.parents?.[0]
          ?.conditions,
      ),
  }
}
