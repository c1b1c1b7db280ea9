/** What kubelets may do with their own certificates, and what they may not. */
import { expect, test } from 'vitest'
import type { Status } from '../generated/types.ts'
import { testCluster } from '../testing/test-cluster.ts'

const KUBELET = { name: 'system:node:node01', groups: ['system:nodes', 'system:authenticated'] }
const DENIED = 'is forbidden: User "system:node:node01" cannot'

function kubelet() {
  const { cluster, create, settle } = testCluster()
  create('/api/v1/namespaces/default/secrets', { metadata: { name: 'used' } })
  create('/api/v1/namespaces/default/secrets', { metadata: { name: 'other' } })
  create('/api/v1/namespaces/default/pods', {
    metadata: { name: 'web' },
    spec: {
      nodeName: 'node01',
      containers: [{ name: 'c', image: 'nginx', envFrom: [{ secretRef: { name: 'used' } }] }],
    },
  })
  settle(5)
  return (method: 'GET' | 'PATCH' | 'DELETE' | 'POST', path: string, body?: object, fieldSelector?: string) => {
    const { status, body: answer } = cluster.request({
      method,
      path,
      user: KUBELET,
      ...(fieldSelector && { query: { fieldSelector } }),
      headers: { 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    return status < 300 ? String(status) : (answer as Status).message
  }
}

test.each<[string, string, string | undefined]>([
  ['/api/v1/nodes/node01', '200', undefined],
  ['/api/v1/services', '200', undefined],
  ['/api/v1/namespaces/default/secrets/used', '200', undefined],
  ['/api/v1/pods', '200', 'spec.nodeName=node01'],
  ['/api/v1/namespaces/default/pods/web', '200', undefined],
  [
    '/api/v1/nodes',
    `nodes ${DENIED} list resource "nodes" in API group "" at the cluster scope: node 'node01' cannot read all nodes, only its own Node object`,
    undefined,
  ],
  [
    '/api/v1/nodes/controlplane',
    `nodes "controlplane" ${DENIED} get resource "nodes" in API group "" at the cluster scope: node 'node01' cannot read 'controlplane', only its own Node object`,
    undefined,
  ],
  [
    '/api/v1/namespaces/default/secrets/other',
    `secrets "other" ${DENIED} get resource "secrets" in API group "" in the namespace "default": no relationship found between node 'node01' and this object`,
    undefined,
  ],
  [
    '/api/v1/pods',
    `pods ${DENIED} list resource "pods" in API group "" at the cluster scope: can only list/watch pods with spec.nodeName field selector`,
    undefined,
  ],
  [
    '/apis/apps/v1/namespaces/default/deployments',
    `deployments.apps ${DENIED} list resource "deployments" in API group "apps" in the namespace "default"`,
    undefined,
  ],
])('GET %s', (path, answer, fields) => {
  expect(kubelet()('GET', path, undefined, fields)).toBe(answer)
})

test('its own node it may label, but not as it likes', () => {
  const ask = kubelet()
  const label = (node: string, labels: Record<string, string>) =>
    ask('PATCH', `/api/v1/nodes/${node}`, { metadata: { labels } })
  expect(label('node01', { disk: 'ssd' })).toBe('200')
  expect(label('node01', { 'node-restriction.kubernetes.io/x': 'y' })).toBe(
    'nodes "node01" is forbidden: is not allowed to modify labels: node-restriction.kubernetes.io/x',
  )
  expect(label('node02', { disk: 'ssd' })).toMatch(
    /^nodes "node02" (not found|is forbidden: node "node01" is not allowed to modify node "node02")$/,
  )
  expect(label('controlplane', { disk: 'ssd' })).toBe(
    'nodes "controlplane" is forbidden: node "node01" is not allowed to modify node "controlplane"',
  )
  expect(ask('PATCH', '/api/v1/nodes/node01', { spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } })).toBe(
    'nodes "node01" is forbidden: node "node01" is not allowed to modify taints',
  )
})

test('it makes mirror Pods alone', () => {
  const body = { metadata: { name: 'x' }, spec: { nodeName: 'node01', containers: [{ name: 'c', image: 'nginx' }] } }
  expect(kubelet()('POST', '/api/v1/namespaces/default/pods', body)).toBe(
    'pods "x" is forbidden: pod does not have "kubernetes.io/config.mirror" annotation, node "node01" can only create mirror pods',
  )
})
