import { expect, test } from 'vitest'
import { createCluster } from '../cluster.ts'
import type { ApiRequest, Cluster } from '../index.ts'

const NAMESPACE = '/api/v1/namespaces/default'

function get(cluster: Cluster, path: string, query?: ApiRequest['query']) {
  const { status, body } = cluster.request({ method: 'GET', path, ...(query && { query }) })
  return { status, body: typeof body === 'object' && body !== null && 'message' in body ? body.message : body }
}

function clusterWithWeb(): Cluster {
  const cluster = createCluster({ seed: 'proxy', startTime: Date.UTC(2026, 10, 21) })
  const post = (resource: string, object: object) =>
    cluster.request({
      method: 'POST',
      path: `${NAMESPACE}/${resource}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ apiVersion: 'v1', ...object }),
    })
  const containers = [{ name: 'nginx', image: 'nginx', ports: [{ containerPort: 80 }] }]
  post('pods', { kind: 'Pod', metadata: { name: 'web', labels: { app: 'web' } }, spec: { containers } })
  const ports = [{ name: 'http', port: 8080, targetPort: 80 }]
  post('services', { kind: 'Service', metadata: { name: 'web' }, spec: { selector: { app: 'web' }, ports } })
  post('services', { kind: 'Service', metadata: { name: 'empty' }, spec: { selector: { app: 'x' }, ports } })
  cluster.settle(20)
  return cluster
}

test('Services and Pods answer behind the API server', () => {
  const cluster = clusterWithWeb()
  for (const name of ['services/web:http', 'services/web:8080', 'services/http:web:http', 'pods/web', 'pods/web:80'])
    expect(get(cluster, `${NAMESPACE}/${name}/proxy/`)).toMatchObject({
      status: 200,
      body: expect.stringContaining('Welcome to nginx!'),
    })
  expect(get(cluster, `${NAMESPACE}/pods/web/proxy/nothing`).status).toBe(404)
  expect(cluster.network.lastTrace?.from).toEqual({ kind: 'machine', name: 'controlplane' })
})

test('nobody behind', () => {
  const cluster = clusterWithWeb()
  expect(get(cluster, `${NAMESPACE}/services/empty/proxy/`)).toEqual({
    status: 503,
    body: 'no endpoints available for service "empty"',
  })
  expect(get(cluster, `${NAMESPACE}/services/web:81/proxy/`).body).toBe('no service port 81 found for service "web"')
  expect(get(cluster, `${NAMESPACE}/services/web:admin/proxy/`).body).toBe(
    'no endpoints available for service "web:admin"',
  )
  expect(get(cluster, `${NAMESPACE}/services/gone/proxy/`).body).toBe('services "gone" not found')
  const refused = get(cluster, `${NAMESPACE}/pods/web:81/proxy/`)
  expect(refused.status).toBe(503)
  expect(refused.body).toMatch(
    /^error trying to reach service: dial tcp 10\.244\.\d+\.\d+:81: connect: connection refused$/,
  )
})

test("a node's kubelet", () => {
  const cluster = clusterWithWeb()
  expect(get(cluster, '/api/v1/nodes/node01/proxy/healthz')).toEqual({ status: 200, body: 'ok' })
  expect(get(cluster, '/api/v1/nodes/node01/proxy/nothing').status).toBe(404)
  cluster.setUnit('node01', 'kubelet', 'stopped')
  expect(get(cluster, '/api/v1/nodes/node01/proxy/healthz').body).toBe(
    'error trying to reach service: dial tcp 192.168.1.3:10250: connect: connection refused',
  )
})

test('discovery names each subresource once', () => {
  const { resources } = clusterWithWeb().request({ method: 'GET', path: '/api/v1' }).body as {
    resources: readonly { readonly name: string; readonly kind: string; readonly verbs: readonly string[] }[]
  }
  const names = resources.map(({ name }) => name)
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  expect(resources.find(({ name }) => name === 'services/proxy')).toMatchObject({
    kind: 'ServiceProxyOptions',
    verbs: ['create', 'delete', 'get', 'patch', 'update'],
  })
})

test('health, keys and metrics', () => {
  const cluster = clusterWithWeb()
  expect(get(cluster, '/readyz').body).toBe('ok')
  expect(get(cluster, '/livez/etcd').body).toBe('ok')
  expect(get(cluster, '/readyz', { verbose: '' }).body).toMatch(
    /^\[\+\]ping ok\n\[\+\]log ok\n\[\+\]etcd ok\n\[\+\]etcd-readiness ok\n[\s\S]*\[\+\]shutdown ok\nreadyz check passed\n$/,
  )
  expect(get(cluster, '/healthz', { verbose: '', exclude: 'etcd' }).body).toContain('[+]etcd excluded: ok\n')
  expect(get(cluster, '/openid/v1/jwks').body).toMatchObject({ keys: [{ kty: 'RSA', alg: 'RS256' }] })
  expect(get(cluster, '/metrics').body).toContain('apiserver_resource_objects{group="",resource="services"} 4\n')
})
