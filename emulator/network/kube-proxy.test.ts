import { expect, test } from 'vitest'
import type { Pod } from '../generated/types.ts'
import { deploymentManifest, paths, type TestCluster, testCluster } from '../testing/test-cluster.ts'

const NODE01 = { kind: 'machine', name: 'node01' } as const
const SYSTEM_PODS = '/api/v1/namespaces/kube-system/pods'
const DAEMON_SET = '/apis/apps/v1/namespaces/kube-system/daemonsets/kube-proxy'

function proxyOn(made: TestCluster, node: string): string {
  const pods = made.list<Pod>(SYSTEM_PODS)
  const own = pods.find(({ metadata, spec }) => metadata?.name?.startsWith('kube-proxy-') && spec?.nodeName === node)
  if (own?.metadata?.name === undefined) throw new Error(`no kube-proxy on ${node}`)
  return own.metadata.name
}

function withService(made: TestCluster, name: string, clusterIP: string): void {
  made.create(paths.services, {
    metadata: { name },
    spec: { clusterIP, selector: { app: 'web' }, ports: [{ port: 80 }] },
  })
  made.settle()
}

const outcome = (made: TestCluster, address: string) => made.cluster.network.fetch(NODE01, `http://${address}`).outcome

function withWeb(): TestCluster {
  const made = testCluster()
  made.create(paths.deployments, deploymentManifest('web', 2))
  withService(made, 'web', '10.96.50.1')
  return made
}

test('a node without its kube-proxy Pod keeps the rules it had and learns of nothing new', () => {
  const made = withWeb()
  made.remove(DAEMON_SET)
  made.settle()
  withService(made, 'later', '10.96.50.2')
  expect(outcome(made, '10.96.50.1')).toBe('answered')
  expect(outcome(made, '10.96.50.2')).toBe('timed-out')
})

test('a kube-proxy Pod that the DaemonSet makes anew brings the rules of its node up to date', () => {
  const made = withWeb()
  made.remove(`${SYSTEM_PODS}/${proxyOn(made, 'node01')}`)
  made.settle()
  withService(made, 'later', '10.96.50.2')
  expect(outcome(made, '10.96.50.2')).toBe('answered')
})

test('a kube-proxy whose configuration cannot be read does not run, and leaves its rules as they were', () => {
  const made = withWeb()
  made.patch('/api/v1/namespaces/kube-system/configmaps/kube-proxy', { data: { 'config.conf': 'kind: Nothing\n' } })
  made.remove(`${SYSTEM_PODS}/${proxyOn(made, 'node01')}`)
  made.settle()
  withService(made, 'later', '10.96.50.2')
  expect(made.get<Pod>(`${SYSTEM_PODS}/${proxyOn(made, 'node01')}`).status?.containerStatuses?.[0]?.ready).toBe(false)
  expect(outcome(made, '10.96.50.1')).toBe('answered')
  expect(outcome(made, '10.96.50.2')).toBe('timed-out')
})
