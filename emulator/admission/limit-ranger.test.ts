import { expect, it } from 'vitest'
import type { Pod } from '../generated/types.ts'
import { paths, podManifest, testCluster } from '../testing/test-cluster.ts'

const ranges = '/api/v1/namespaces/default/limitranges'
const container = (resources: object) => podManifest('a', { containers: [{ name: 'c', image: 'nginx', resources }] })

function withRange(item: object) {
  const cluster = testCluster()
  cluster.create(ranges, { metadata: { name: 'range' }, spec: { limits: [item] } })
  return cluster
}

it('gives containers what they do not ask for, and says so', () => {
  const { create, get } = withRange({ type: 'Container', default: { cpu: '500m' }, defaultRequest: { cpu: '100m' } })
  create(paths.pods, container({ requests: { memory: '64Mi' } }))
  const pod = get<Pod>(`${paths.pods}/a`)
  expect(pod.spec?.containers[0]?.resources).toEqual({
    limits: { cpu: '500m' },
    requests: { cpu: '100m', memory: '64Mi' },
  })
  expect(pod.metadata?.annotations?.['kubernetes.io/limit-ranger']).toBe(
    'LimitRanger plugin set: cpu request for container c; cpu limit for container c',
  )
})

it.each([
  [
    { type: 'Container', min: { cpu: '100m' }, max: { cpu: '1' } },
    { limits: { cpu: '2' }, requests: { cpu: '50m' } },
    '[minimum cpu usage per Container is 100m, but request is 50m, maximum cpu usage per Container is 1, but limit is 2]',
  ],
  [
    { type: 'Pod', max: { memory: '1Gi' } },
    { requests: { memory: '1Mi' } },
    'maximum memory usage per Pod is 1Gi.  No limit is specified',
  ],
  [
    { type: 'Container', maxLimitRequestRatio: { cpu: '2' } },
    { limits: { cpu: '1' }, requests: { cpu: '250m' } },
    'cpu max limit to request ratio per Container is 2, but provided ratio is 4.000000',
  ],
])('holds Pods to %j', (item, resources, message) => {
  const { create } = withRange(item)
  expect(() => create(paths.pods, container(resources))).toThrow(`pods \\"a\\" is forbidden: ${message}`)
})

it.each([
  ['100Mi', 'minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 100Mi'],
  ['9Gi', 'maximum storage usage per PersistentVolumeClaim is 5Gi, but request is 9Gi'],
])('holds claims of %s to their bounds', (storage, message) => {
  const { create } = withRange({ type: 'PersistentVolumeClaim', min: { storage: '1Gi' }, max: { storage: '5Gi' } })
  const path = '/api/v1/namespaces/default/persistentvolumeclaims'
  const claim = (name: string, amount: string) => ({
    metadata: { name },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: amount } } },
  })
  expect(() => create(path, claim('a', storage))).toThrow(`persistentvolumeclaims \\"a\\" is forbidden: ${message}`)
  expect(() => create(path, claim('b', '2Gi'))).not.toThrow()
})
