import { expect, test } from 'vitest'
import { type Cluster, createCluster, type Kube, restoreCluster } from '../index.ts'

const start = Date.UTC(2026, 10, 21)
const path = '/etc/cni/net.d/10-flannel.conflist'

function get<T>(cluster: Cluster, url: string): T {
  return cluster.request({ method: 'GET', path: url, query: {}, headers: {} }).body as T
}

const readyOf = (cluster: Cluster, name: string) =>
  get<Kube.Node>(cluster, `/api/v1/nodes/${name}`).status?.conditions?.find(({ type }) => type === 'Ready')

const eventsOf = (cluster: Cluster) =>
  (get<{ readonly items?: readonly Kube.CoreV1Event[] }>(cluster, '/api/v1/namespaces/default/events').items ?? []).map(
    ({ reason, message }) => `${reason}: ${message}`,
  )

function runPod(cluster: Cluster, name: string, node: string): void {
  const body = JSON.stringify({
    metadata: { name },
    spec: { nodeName: node, containers: [{ name: 'c', image: 'nginx' }] },
  })
  const headers = { 'content-type': 'application/json' }
  cluster.request({ method: 'POST', path: '/api/v1/namespaces/default/pods', query: {}, headers, body })
}

const phaseOf = (cluster: Cluster, name: string) =>
  get<Kube.Pod>(cluster, `/api/v1/namespaces/default/pods/${name}`).status?.phase

test('a node without a CNI configuration is not ready, and its Pods wait until it is back', () => {
  let cluster = createCluster({ seed: 'cni', startTime: start })
  const text = cluster.machine('node01')?.files.read(path) ?? ''
  cluster.machine('node01')?.files.remove(path)
  runPod(cluster, 'web', 'node01')
  cluster.settle(60)
  expect(readyOf(cluster, 'node01')).toMatchObject({
    status: 'False',
    reason: 'KubeletNotReady',
    message:
      'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
  })
  expect(phaseOf(cluster, 'web')).toBe('Pending')
  expect(eventsOf(cluster).some((text) => text.startsWith('NetworkNotReady: network is not ready: container'))).toBe(
    true,
  )
  cluster = restoreCluster(JSON.parse(JSON.stringify(cluster.snapshot())))
  cluster.machine('node01')?.files.write(path, text)
  cluster.settle(60)
  expect(readyOf(cluster, 'node01')?.status).toBe('True')
  expect(phaseOf(cluster, 'web')).toBe('Running')
})

test.each([
  ['/opt/cni/bin/flannel', 'failed to find plugin "flannel" in path [/opt/cni/bin]'],
  [
    '/run/flannel/subnet.env',
    'plugin type="flannel" failed (add): loadFlannelSubnetEnv failed: open /run/flannel/subnet.env: no such file or directory',
  ],
])('without %s the node is ready and no sandbox can be made', (missing, why) => {
  const cluster = createCluster({ seed: 'cni', startTime: start })
  const files = cluster.machine('node01')?.files
  const text = files?.read(missing) ?? ''
  files?.remove(missing)
  runPod(cluster, 'web', 'node01')
  cluster.settle(30)
  expect(readyOf(cluster, 'node01')?.status).toBe('True')
  const told = eventsOf(cluster).find((line) => line.startsWith('FailedCreatePodSandBox'))
  expect(told).toContain('Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network')
  expect(told).toContain(why)
  files?.write(missing, text)
  cluster.settle(60)
  expect(phaseOf(cluster, 'web')).toBe('Running')
})
