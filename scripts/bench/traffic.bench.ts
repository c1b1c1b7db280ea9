/** Requests through a cluster IP, and what ten thousand other Services do to them. */
import { type Cluster, createCluster, type Place } from '../../emulator/index.ts'
import type { Bench } from './bench.ts'

const NODE: Place = { kind: 'machine', name: 'node01' }
const CLIENT: Place = { kind: 'pod', namespace: 'default', name: 'client' }
const REQUESTS = 5_000
const JSON_BODY = { 'content-type': 'application/json' }

function create(cluster: Cluster, path: string, object: object): void {
  const { status, body } = cluster.request({ method: 'POST', path, headers: JSON_BODY, body: JSON.stringify(object) })
  if (status !== 201) throw new Error(JSON.stringify(body))
}

/** Three Pods behind a cluster IP, a Pod that asks, and `others` Services with an endpoint each. */
function build(others: number): Cluster {
  const cluster = createCluster({ seed: 'traffic', startTime: Date.UTC(2026, 0, 1) })
  const labels = { app: 'web' }
  const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } }
  create(cluster, '/apis/apps/v1/namespaces/default/deployments', {
    metadata: { name: 'web' },
    spec: { replicas: 3, selector: { matchLabels: labels }, template },
  })
  const spec = { clusterIP: '10.96.200.1', selector: labels, ports: [{ port: 80 }] }
  create(cluster, '/api/v1/namespaces/default/services', { metadata: { name: 'web' }, spec })
  create(cluster, '/api/v1/namespaces/default/pods', {
    metadata: { name: 'client' },
    spec: { containers: [{ name: 'client', image: 'busybox', command: ['sleep', 'infinity'] }] },
  })
  for (let index = 0; index < others; index += 1) addService(cluster, `other-${index}`)
  cluster.settle(60)
  return cluster
}

function addService(cluster: Cluster, name: string): void {
  create(cluster, '/api/v1/namespaces/default/services', { metadata: { name }, spec: { ports: [{ port: 80 }] } })
  create(cluster, '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices', {
    metadata: { name, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: [{ port: 80 }],
    endpoints: [{ addresses: ['10.244.1.250'] }],
  })
}

/** Microseconds of CPU that one request takes. */
function costOf(cluster: Cluster, from: Place, url: string): number {
  const before = process.cpuUsage()
  for (let index = 0; index < REQUESTS; index += 1) {
    const { response } = cluster.network.fetch(from, url)
    if (response?.status !== 200) throw new Error(`${url} does not answer`)
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / REQUESTS
}

const built = new Map<number, Cluster>()
function withServices(count: number): Cluster {
  const known = built.get(count) ?? build(count)
  built.set(count, known)
  return known
}

const byAddress = (count: number) => costOf(withServices(count), NODE, 'http://10.96.200.1')
const byName = (count: number) => costOf(withServices(count), CLIENT, 'http://web')

export const benches: readonly Bench[] = [
  { name: 'a request through a cluster IP, CPU', unit: 'µs', limit: 50, runs: 10, run: () => byAddress(100) },
  { name: 'the same by name from a Pod, CPU', unit: 'µs', runs: 10, run: () => byName(100) },
  {
    name: 'beside 10,000 Services instead of 100',
    unit: '×',
    limit: 1.5,
    runs: 5,
    warmup: 1,
    run: () => byAddress(10_000) / byAddress(100),
  },
  {
    name: 'by name beside 10,000 Services instead of 100',
    unit: '×',
    limit: 1.5,
    runs: 5,
    warmup: 1,
    run: () => byName(10_000) / byName(100),
  },
]
