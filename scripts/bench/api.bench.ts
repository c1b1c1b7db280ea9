/** How many requests one process answers in a second, from text to text. */
import { type Cluster, createCluster } from '../../emulator/index.ts'
import type { Bench } from './bench.ts'
import { addPods, ask, TABLE } from './large-cluster.ts'

const SERVICES = '/api/v1/namespaces/default/services'
const START = Date.UTC(2026, 0, 1)

const small = (): Cluster => {
  const cluster = createCluster({ seed: 'api', startTime: START })
  addPods(cluster, 'web', 3)
  return cluster
}
let large: Cluster | undefined
const with500Pods = (): Cluster => {
  if (large) return large
  large = createCluster({ blueprint: 'fifty-nodes', seed: 'api', startTime: START })
  addPods(large, 'web', 500)
  return large
}

let crowded: Cluster | undefined
let services = 0
const with10000Services = (): Cluster => {
  if (crowded) return crowded
  crowded = createCluster({ seed: 'api', startTime: START })
  while (services < 10_000) ask(crowded, 'POST', SERVICES, service(services++))
  return crowded
}

/** Requests in a second, of `times` made one after another. */
function rate(times: number, request: (index: number) => unknown): number {
  const started = performance.now()
  for (let index = 0; index < times; index++) JSON.stringify(request(index))
  return (times / (performance.now() - started)) * 1000
}

const service = (index: number) => ({
  metadata: { name: `s${index}` },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
})
const merge = { 'content-type': 'application/merge-patch+json' }

const bench = (name: string, prepare: () => Cluster, times: number, request: (c: Cluster, i: number) => unknown) => ({
  name,
  unit: 'a second' as const,
  runs: 15,
  prepare,
  run: (cluster: Cluster) => rate(times, (index) => request(cluster, index)),
})

export const benches: readonly Bench[] = [
  bench('create a Service', small, 100, (cluster, index) => ask(cluster, 'POST', SERVICES, service(index))),
  bench('create a Service among 10,000', with10000Services, 100, (cluster) =>
    ask(cluster, 'POST', SERVICES, service(services++)),
  ),
  bench('get a Service', small, 200, (cluster) => ask(cluster, 'GET', `${SERVICES}/web`)),
  bench('patch a Service', small, 100, (cluster, index) =>
    ask(cluster, 'PATCH', `${SERVICES}/web`, { metadata: { labels: { index: String(index) } } }, merge),
  ),
  bench('list 500 Pods as a Table', with500Pods, 5, (cluster) =>
    ask(cluster, 'GET', '/api/v1/namespaces/default/pods', undefined, TABLE),
  ),
]
