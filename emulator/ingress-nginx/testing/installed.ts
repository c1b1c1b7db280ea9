/** A cluster with an NGINX Ingress controller, two applications, and the verbs that tests of routing need. */
import { loadAll } from 'js-yaml'
import type { Ingress, Pod } from '../../generated/types.ts'
import type { Cluster } from '../../index.ts'
import { documentAt } from '../../network/documents/index.ts'
import type { Exchange, HttpResponse } from '../../network/types.ts'
import { paths, type TestCluster, testCluster } from '../../testing/test-cluster.ts'

export const LAPTOP = { kind: 'machine', name: 'laptop' } as const
export const INGRESSES = '/apis/networking.k8s.io/v1/namespaces/default/ingresses'
const PREFIX = 'nginx.ingress.kubernetes.io'

export interface Installed extends TestCluster {
  /** Where the controller is reached from the laptop. */
  readonly address: string
  ingress(name: string, spec: object, annotations?: { readonly [name: string]: string }): void
  /** What the laptop gets for `http://host/path` at the controller's address. */
  visit(
    url: string,
    options?: {
      readonly method?: string
      readonly headers?: readonly (readonly [string, string])[]
      readonly body?: string
    },
  ): Exchange
  status(url: string): number | undefined
  body(url: string): string
  codes(): readonly string[]
  controllerLogs(): string
}

/** Applies every object of a manifest's text, as `kubectl apply` orders them. */
export function applyManifest(cluster: Cluster, text: string): void {
  for (const object of loadAll(text) as {
    kind: string
    apiVersion: string
    metadata: { name: string; namespace?: string }
  }[]) {
    const kind = cluster.kinds.find(
      (one) => one.kind === object.kind && `${one.group ? `${one.group}/` : ''}${one.version}` === object.apiVersion,
    )
    const root = kind?.group ? `/apis/${kind.group}/${kind.version}` : '/api/v1'
    const place = kind?.scope === 'Namespaced' ? `/namespaces/${object.metadata.namespace ?? 'default'}` : ''
    const path = `${root}${place}/${kind?.plural}/${object.metadata.name}`
    const { status, body } = cluster.request({
      method: 'PATCH',
      path,
      query: { fieldManager: 'test', force: 'true' },
      headers: { 'content-type': 'application/apply-patch+yaml' },
      body: JSON.stringify(object),
    })
    if (status >= 300) throw new Error(`${path}: ${JSON.stringify(body)}`)
  }
}

export const manifest = (provider: 'cloud' | 'baremetal', version = '1.14.0'): string =>
  documentAt(
    `raw.githubusercontent.com/kubernetes/ingress-nginx/controller-v${version}/deploy/static/provider/${provider}/deploy.yaml`,
  ) ?? ''

/** One path rule to a Service. */
export const route = (path: string, service: string, pathType = 'Prefix', port: number | string = 80) => ({
  path,
  pathType,
  backend: { service: { name: service, port: typeof port === 'number' ? { number: port } : { name: port } } },
})

/** The controller, installed from its manifest, and the applications `web` (nginx) and `api` (echoes its requests). */
export function installed(provider: 'cloud' | 'baremetal' = 'cloud', version?: string): Installed {
  const made = testCluster()
  applyManifest(made.cluster, manifest(provider, version))
  application(made, 'web', 'nginx', 80)
  application(made, 'api', 'registry.k8s.io/e2e-test-images/agnhost:2.53', 8080, ['netexec', '--http-port=8080'])
  made.settle(90)
  const service = made.get<{ status: { loadBalancer: { ingress?: { ip: string }[] } } }>(
    '/api/v1/namespaces/ingress-nginx/services/ingress-nginx-controller',
  )
  return around(made, service.status.loadBalancer.ingress?.[0]?.ip ?? '192.168.1.3')
}

export function application(
  made: TestCluster,
  name: string,
  image: string,
  targetPort: number,
  args?: readonly string[],
): void {
  const container = { name: 'main', image, ...(args && { args }) }
  made.create(paths.deployments, {
    metadata: { name },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [container] } },
    },
  })
  made.create(paths.services, {
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ port: 80, targetPort }] },
  })
}

function around(made: TestCluster, address: string): Installed {
  const { cluster } = made
  const visit: Installed['visit'] = (url, options = {}) => {
    const [, scheme, host = '', given] = /^(https?):\/\/([^/:]+)(?::(\d+))?/.exec(url) ?? []
    const port = given ?? (scheme === 'https' ? '443' : '80')
    return cluster.network.fetch(LAPTOP, url, { ...options, resolve: { [`${host}:${port}`]: address } })
  }
  const response = (url: string): HttpResponse | undefined => visit(url).response
  return {
    ...made,
    address,
    visit,
    status: (url) => response(url)?.status,
    body: (url) => response(url)?.body ?? '',
    codes: () => cluster.network.lastTrace?.hops.map(({ code }) => code) ?? [],
    ingress(name, spec, annotations = {}) {
      const named = Object.entries(annotations).map(([key, value]) => [
        key.includes('/') ? key : `${PREFIX}/${key}`,
        value,
      ])
      const object = {
        metadata: { name, annotations: Object.fromEntries(named) },
        spec: { ingressClassName: 'nginx', ...spec },
      }
      made.create(INGRESSES, object satisfies Partial<Ingress>)
      made.settle(10)
    },
    controllerLogs() {
      const [pod] = made
        .list<Pod>('/api/v1/namespaces/ingress-nginx/pods')
        .filter(({ metadata }) => metadata?.name?.startsWith('ingress-nginx-controller'))
      const container = cluster.container('ingress-nginx', pod?.metadata?.name ?? '', 'controller')
      return container?.logs.map(({ text }) => text).join('\n') ?? ''
    },
  }
}
