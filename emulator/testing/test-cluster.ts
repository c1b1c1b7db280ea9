/** A cluster with the few verbs that tests of whole behaviour need. */
import { createCluster } from '../cluster.ts'
import type { CoreV1Event, Pod } from '../generated/types.ts'
import type { Cluster, ClusterOptions } from '../index.ts'

export const testStart = Date.UTC(2026, 10, 21, 9, 0, 0)

export interface TestCluster {
  readonly cluster: Cluster
  create(path: string, object: object): void
  patch(path: string, patch: object): void
  remove(path: string, options?: object): void
  get<T>(path: string): T
  /** Undefined instead of an error when it is not there. */
  find<T>(path: string): T | undefined
  list<T>(path: string): readonly T[]
  pods(labels?: string): readonly Pod[]
  /** `reason: message` of the events about one object, in their order. */
  events(name: string): readonly string[]
  settle(seconds?: number): void
}

const json = { 'content-type': 'application/json' }

export function testCluster(options: Partial<ClusterOptions> = {}): TestCluster {
  return around(createCluster({ seed: 'test', startTime: testStart, ...options }))
}

export function around(cluster: Cluster): TestCluster {
  const ask = (request: Parameters<Cluster['request']>[0]): unknown => {
    const { status, body } = cluster.request(request)
    if (status >= 300) throw new Error(`${request.method} ${request.path}: ${JSON.stringify(body)}`)
    return body
  }
  const list = <T>(path: string) => (ask({ method: 'GET', path }) as { readonly items: readonly T[] }).items
  return {
    cluster,
    list,
    create: (path, object) => void ask({ method: 'POST', path, headers: json, body: JSON.stringify(object) }),
    patch(path, patch) {
      const headers = { 'content-type': 'application/merge-patch+json' }
      ask({ method: 'PATCH', path, headers, body: JSON.stringify(patch) })
    },
    remove: (path, options) =>
      void ask({ method: 'DELETE', path, headers: json, ...(options && { body: JSON.stringify(options) }) }),
    get: <T>(path: string) => ask({ method: 'GET', path }) as T,
    find<T>(path: string) {
      const { status, body } = cluster.request({ method: 'GET', path })
      return status === 404 ? undefined : (body as T)
    },
    pods: (labels) =>
      list<Pod>('/api/v1/namespaces/default/pods').filter(
        ({ metadata }) =>
          labels === undefined || Object.entries(metadata?.labels ?? {}).some(([k, v]) => `${k}=${v}` === labels),
      ),
    events: (name) =>
      list<CoreV1Event>('/api/v1/namespaces/default/events')
        .filter((event) => event.involvedObject.name === name)
        .map(({ reason, message }) => `${reason}: ${message}`),
    settle: (seconds = 30) => void cluster.settle(seconds),
  }
}

export const paths = {
  pods: '/api/v1/namespaces/default/pods',
  services: '/api/v1/namespaces/default/services',
  configMaps: '/api/v1/namespaces/default/configmaps',
  endpoints: '/api/v1/namespaces/default/endpoints',
  slices: '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices',
  deployments: '/apis/apps/v1/namespaces/default/deployments',
  replicaSets: '/apis/apps/v1/namespaces/default/replicasets',
  namespaces: '/api/v1/namespaces',
  nodes: '/api/v1/nodes',
} as const

export function podManifest(name: string, spec: object = {}, labels: object = { app: name }): object {
  return { metadata: { name, labels }, spec: { containers: [{ name: 'main', image: 'nginx' }], ...spec } }
}

export function deploymentManifest(name: string, replicas: number, spec: object = {}, image = 'nginx:1.27'): object {
  return {
    metadata: { name, labels: { app: name } },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image }] } },
      ...spec,
    },
  }
}
