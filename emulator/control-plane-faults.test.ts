import { expect, test } from 'vitest'
import { type Cluster, createCluster, restoreCluster } from './index.ts'

const start = Date.UTC(2026, 10, 21)
const folder = '/etc/kubernetes/manifests'
const json = { 'content-type': 'application/json' }

function begin(): Cluster {
  return createCluster({ seed: 'faults', startTime: start })
}

function get(cluster: Cluster, path: string) {
  return cluster.request({ method: 'GET', path, query: {}, headers: {} }).body as {
    readonly spec?: { readonly nodeName?: string; readonly replicas?: number }
    readonly status?: { readonly phase?: string; readonly readyReplicas?: number }
    readonly items?: readonly { readonly metadata?: { readonly name?: string } }[]
  }
}

function create(cluster: Cluster, path: string, body: object): void {
  const response = cluster.request({ method: 'POST', path, query: {}, headers: json, body: JSON.stringify(body) })
  expect(response.status).toBe(201)
}

const pod = (name: string) => ({ metadata: { name }, spec: { containers: [{ name: 'c', image: 'nginx' }] } })
const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } }
const deployment = {
  metadata: { name: 'web' },
  spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template },
}
const pods = '/api/v1/namespaces/default/pods'
const deployments = '/apis/apps/v1/namespaces/default/deployments'

/** Takes a manifest out of the folder, and gives what puts it back. */
function take(cluster: Cluster, component: string): () => void {
  const files = cluster.machine('controlplane')?.files
  const path = `${folder}/${component}.yaml`
  const text = files?.read(path) ?? ''
  expect(text).toContain('kind: Pod')
  files?.remove(path)
  cluster.settle(120)
  return () => {
    files?.write(path, text)
    cluster.settle(120)
  }
}

test('without a scheduler Pods stay pending, until its manifest is back', () => {
  const cluster = begin()
  const back = take(cluster, 'kube-scheduler')
  create(cluster, pods, pod('late'))
  cluster.settle(60)
  expect(get(cluster, `${pods}/late`).spec?.nodeName).toBeUndefined()
  back()
  expect(get(cluster, `${pods}/late`).status?.phase).toBe('Running')
})

test('without a controller manager nothing scales', () => {
  const cluster = begin()
  const back = take(cluster, 'kube-controller-manager')
  create(cluster, deployments, deployment)
  cluster.settle(60)
  expect(get(cluster, pods).items).toEqual([])
  back()
  expect(get(cluster, `${deployments}/web`).status?.readyReplicas).toBe(2)
})

test.each(['kube-apiserver', 'etcd'])('without %s the API does not answer', (component) => {
  const cluster = begin()
  expect(cluster.apiServerState()).toBe('serving')
  const back = take(cluster, component)
  expect(cluster.apiServerState()).toBe('refused')
  back()
  expect(cluster.apiServerState()).toBe('serving')
})

test('a component that is down stays down in a snapshot', () => {
  const cluster = begin()
  take(cluster, 'kube-scheduler')
  const later = restoreCluster(JSON.parse(JSON.stringify(cluster.snapshot())))
  create(later, pods, pod('late'))
  later.settle(60)
  expect(get(later, `${pods}/late`).spec?.nodeName).toBeUndefined()
})

test('nobody reaches the API server of a machine without power', () => {
  const cluster = begin()
  cluster.setPower('controlplane', false)
  expect(cluster.apiServerState()).toBe('unreachable')
})
