/** What a cluster costs: to make, to keep, to rest, to save and to take up again. */
import { type Cluster, createCluster, restoreCluster } from '../../emulator/index.ts'
import type { Bench } from './bench.ts'

const START = Date.UTC(2026, 0, 1)
const MANY = 1000
const DEPLOYMENT = JSON.stringify({
  metadata: { name: 'web' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
  },
})

let made = 0
const fresh = (): Cluster => createCluster({ seed: `bench ${made++}`, startTime: START })

function busy(): Cluster {
  const cluster = fresh()
  const headers = { 'content-type': 'application/json' }
  cluster.request({ method: 'POST', path: '/apis/apps/v1/namespaces/default/deployments', headers, body: DEPLOYMENT })
  cluster.settle(30)
  return cluster
}

/** Heap that one of many clusters holds, in KB. */
function heapEach(): number {
  fresh()
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const kept = Array.from({ length: MANY }, fresh)
  globalThis.gc?.()
  const each = (process.memoryUsage().heapUsed - before) / MANY / 1024
  if (kept.some((cluster) => cluster.nextEventAt() !== undefined)) throw new Error('an idle cluster has work to do')
  return each
}

export const benches: readonly Bench[] = [
  { name: 'new cluster from the blueprint', limit: 5, runs: MANY, run: fresh },
  { name: `heap each at ${MANY} clusters`, unit: 'KB', limit: 200, runs: 3, warmup: 1, run: heapEach },
  {
    name: 'a week of an idle cluster',
    runs: 100,
    prepare: fresh,
    run: (cluster: Cluster) => cluster.run(7 * 86_400_000),
  },
  { name: 'a Deployment of three comes to rest', runs: 50, run: busy },
  { name: 'snapshot to JSON', runs: 50, prepare: busy, run: (cluster: Cluster) => JSON.stringify(cluster.snapshot()) },
  {
    name: 'restore from JSON',
    runs: 50,
    prepare: () => JSON.stringify(busy().snapshot()),
    run: (json: string) => restoreCluster(JSON.parse(json)),
  },
]
