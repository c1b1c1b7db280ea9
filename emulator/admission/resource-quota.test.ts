import { expect, it } from 'vitest'
import type { ResourceQuota } from '../generated/types.ts'
import { deploymentManifest, paths, podManifest, testCluster } from '../testing/test-cluster.ts'

const quotas = '/api/v1/namespaces/default/resourcequotas'

function withQuota(hard: object, more: object = {}) {
  const cluster = testCluster()
  cluster.create(quotas, { metadata: { name: 'limits' }, spec: { hard, ...more } })
  cluster.settle(1)
  return { ...cluster, used: () => cluster.get<ResourceQuota>(`${quotas}/limits`).status?.used }
}

const container = (resources: object) => ({ containers: [{ name: 'c', image: 'nginx', resources }] })

it('counts objects, refuses one too many, and takes one that went off again', () => {
  const { create, remove, settle, used } = withQuota({ configmaps: '3', 'count/deployments.apps': '1' })
  expect(used()).toEqual({ configmaps: '1', 'count/deployments.apps': '0' })
  create(paths.configMaps, { metadata: { name: 'a' } })
  create(paths.configMaps, { metadata: { name: 'b' } })
  expect(used()?.configmaps).toBe('3')
  expect(() => create(paths.configMaps, { metadata: { name: 'c' } })).toThrow(
    'configmaps \\"c\\" is forbidden: exceeded quota: limits, requested: configmaps=1, used: configmaps=3, limited: configmaps=3',
  )
  remove(`${paths.configMaps}/a`)
  settle(1)
  expect(used()?.configmaps).toBe('2')
})

it('adds up what Pods ask for, and names only what is exceeded', () => {
  const { create, used } = withQuota({ pods: '5', 'requests.cpu': '1', 'limits.memory': '1Gi' })
  create(paths.pods, podManifest('a', container({ requests: { cpu: '600m' }, limits: { memory: '512Mi' } })))
  expect(used()).toEqual({ 'limits.memory': '512Mi', pods: '1', 'requests.cpu': '600m' })
  expect(() =>
    create(paths.pods, podManifest('b', container({ requests: { cpu: '500m' }, limits: { memory: '512Mi' } }))),
  ).toThrow(
    'pods \\"b\\" is forbidden: exceeded quota: limits, requested: requests.cpu=500m, used: requests.cpu=600m, limited: requests.cpu=1',
  )
})

it('wants everything said that it limits', () => {
  const { create } = withQuota({ 'requests.cpu': '1', 'limits.cpu': '2', memory: '1Gi' })
  expect(() => create(paths.pods, podManifest('a', container({ requests: { cpu: '1' } })))).toThrow(
    'pods \\"a\\" is forbidden: failed quota: limits: must specify limits.cpu for: c; memory for: c',
  )
})

it('means only Pods in its scopes', () => {
  const { create, used } = withQuota({ pods: '1' }, { scopes: ['BestEffort'] })
  create(paths.pods, podManifest('asks', container({ requests: { cpu: '10m' } })))
  expect(used()?.pods).toBe('0')
  create(paths.pods, podManifest('a'))
  expect(() => create(paths.pods, podManifest('b'))).toThrow('exceeded quota: limits')
})

it('counts the node ports of Services, also when their type changes', () => {
  const { create, patch, used } = withQuota({ 'services.nodeports': '2', 'services.loadbalancers': '0' })
  create(paths.services, { metadata: { name: 'a' }, spec: { type: 'NodePort', ports: [{ port: 80 }] } })
  create(paths.services, {
    metadata: { name: 'b' },
    spec: {
      ports: [
        { name: 'x', port: 80 },
        { name: 'y', port: 81 },
      ],
    },
  })
  expect(used()?.['services.nodeports']).toBe('1')
  expect(() => patch(`${paths.services}/b`, { spec: { type: 'NodePort' } })).toThrow(
    'exceeded quota: limits, requested: services.nodeports=2, used: services.nodeports=1, limited: services.nodeports=2',
  )
  expect(() => patch(`${paths.services}/a`, { spec: { type: 'LoadBalancer' } })).toThrow(
    'requested: services.loadbalancers=1, used: services.loadbalancers=0, limited: services.loadbalancers=0',
  )
})

it('counts nothing on a dry run, and what came to nothing only for a moment', () => {
  const { cluster, create, settle, used } = withQuota({ secrets: '5' })
  const body = JSON.stringify({ metadata: { name: 's' } })
  const path = '/api/v1/namespaces/default/secrets'
  cluster.request({ method: 'POST', path, query: { dryRun: 'All' }, body })
  expect(used()?.secrets).toBe('0')
  create(path, { metadata: { name: 's' } })
  expect(() => create(path, { metadata: { name: 's' } })).toThrow('already exists')
  settle(1)
  expect(used()?.secrets).toBe('1')
})

it('stops a ReplicaSet, which says why and goes on once there is room', () => {
  const { cluster, create, patch, pods, settle, events } = withQuota({ pods: '2' })
  create(paths.deployments, deploymentManifest('web', 3))
  settle()
  expect(pods()).toHaveLength(2)
  const name = pods()[0]?.metadata?.ownerReferences?.[0]?.name ?? ''
  expect(
    events(name).some((text) =>
      /^FailedCreate: Error creating: pods ".*" is forbidden: exceeded quota: limits, requested: pods=1, used: pods=2, limited: pods=2$/.test(
        text,
      ),
    ),
  ).toBe(true)
  patch(`${quotas}/limits`, { spec: { hard: { pods: '3' } } })
  cluster.run(60_000)
  expect(pods()).toHaveLength(3)
})

it('shows a Pod that is over as an object only', () => {
  const { create, settle, used } = withQuota({ pods: '1', 'count/pods': '2' })
  create(
    paths.pods,
    podManifest('done', { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox', command: ['true'] }] }),
  )
  settle(30)
  expect(used()).toEqual({ 'count/pods': '1', pods: '0' })
})
