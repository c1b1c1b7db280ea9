/** A cluster of fifty nodes and what is done to it: for the benches. */
import { type Cluster, createCluster } from '../../emulator/index.ts'

const JSON_HEADERS = { 'content-type': 'application/json' }
const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments'
const BATCH = 100

export const TABLE = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' }

export function ask(
  cluster: Cluster,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: unknown,
  headers: { readonly [name: string]: string } = JSON_HEADERS,
): unknown {
  const answer = cluster.request({ method, path, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** A Deployment and a Service before it, brought to rest. */
export function addPods(cluster: Cluster, name: string, replicas: number): void {
  const labels = { app: name }
  const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } }
  ask(cluster, 'POST', '/api/v1/namespaces/default/services', {
    metadata: { name },
    spec: { selector: labels, ports: [{ port: 80 }] },
  })
  ask(cluster, 'POST', DEPLOYMENTS, {
    metadata: { name },
    spec: { replicas, selector: { matchLabels: labels }, template },
  })
  cluster.settle(600)
}

/** Gives a Deployment another template and waits until the new Pods stand and the old ones are gone. */
export function roll(cluster: Cluster, name: string, version: string): void {
  const template = { metadata: { labels: { version } } }
  ask(
    cluster,
    'PATCH',
    `${DEPLOYMENTS}/${name}`,
    { spec: { template } },
    {
      'content-type': 'application/merge-patch+json',
    },
  )
  cluster.settle(3600)
}

/** CPU of this process in ms, with the garbage collector's threads. */
export function cpuOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** A cluster that grows to each of these sizes, and the CPU in ms that a Pod of each step took. */
export function growTo(sizes: readonly number[]): { readonly cluster: Cluster; readonly perPod: readonly number[] } {
  const cluster = createCluster({ blueprint: 'fifty-nodes', seed: 'large', startTime: Date.UTC(2026, 0, 1) })
  addPods(cluster, 'warm-up', BATCH)
  let pods = BATCH
  const perPod = sizes.map((size) => {
    const from = pods
    const cpu = cpuOf(() => {
      for (; pods < size; pods += BATCH) addPods(cluster, `d${pods}`, Math.min(BATCH, size - pods))
    })
    return cpu / Math.max(1, size - from)
  })
  return { cluster, perPod }
}
