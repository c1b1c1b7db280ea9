import { expect, it } from 'vitest'
import { restoreCluster } from '../index.ts'
import { around, paths, podManifest, type TestCluster, testCluster } from '../testing/test-cluster.ts'

const { configMaps } = paths
const config = (data: object, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c' },
  data,
  ...more,
})

function podWith(volume: object, mounts: readonly object[] = [{ mountPath: '/v' }]) {
  const volumeMounts = mounts.map((mount) => ({ name: 'v', ...mount }))
  return podManifest('a', {
    nodeName: 'node01',
    containers: [{ name: 'c0', image: 'busybox', command: ['sleep', '99999'], volumeMounts }],
    volumes: [{ name: 'v', ...volume }],
  })
}

function files({ cluster }: TestCluster) {
  const found = cluster.container('default', 'a', 'c0')
  if (!found) throw new Error('no container')
  return found.files
}

it('lays a volume out as links to a directory that is replaced whole', () => {
  const test = testCluster()
  test.create(configMaps, config({ key: 'one', other: 'x' }))
  test.create(
    paths.pods,
    podWith({ configMap: { name: 'c', items: [{ key: 'key', path: 'deep/name', mode: 0o400 }] } }),
  )
  test.settle()
  const tree = files(test)
  const [directory = '', ...rest] = tree.list('/v')
  expect(directory).toMatch(/^\.\.\d{4}(_\d\d){5}\.\d{10}$/)
  expect(rest).toEqual(['..data', 'deep'])
  expect(tree.stat('/v/deep')).toMatchObject({ kind: 'link', target: '..data/deep' })
  expect(tree.stat('/v/..data')).toMatchObject({ kind: 'link', target: directory })
  expect(tree.read('/v/deep/name')).toBe('one')
  expect(tree.stat('/v/deep/name')?.mode).toBe(0o400)
  expect(() => tree.write('/v/deep/name', 'two')).toThrow('Read-only file system')
  expect(() => tree.write('/v/new', 'two')).toThrow('Read-only file system')
  expect(() => tree.remove('/v/deep')).toThrow('Read-only file system')
})

it('shows a changed ConfigMap when the kubelet comes round to the Pod, but not where one file is mounted', () => {
  const test = testCluster()
  test.create(configMaps, config({ key: 'one', gone: 'x' }))
  test.create(
    paths.pods,
    podWith({ configMap: { name: 'c' } }, [{ mountPath: '/v' }, { mountPath: '/f', subPath: 'key' }]),
  )
  test.settle()
  const [before] = files(test).list('/v')
  test.patch(`${configMaps}/c`, { data: { key: 'two', gone: null, more: 'y' } })
  test.cluster.run(200)
  expect(files(test).read('/v/key')).toBe('one')
  test.cluster.run(91_000)
  expect(files(test).read('/v/key')).toBe('two')
  expect(files(test).list('/v').slice(1)).toEqual(['..data', 'key', 'more'])
  expect(files(test).list('/v')[0]).not.toBe(before)
  expect(files(test).read('/f')).toBe('one')
})

it('shows the Pod’s own labels at once, and everything else with them', () => {
  const test = testCluster()
  test.create(configMaps, config({ key: 'one' }))
  const labels = { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }
  test.create(
    paths.pods,
    podWith({ projected: { sources: [{ downwardAPI: { items: [labels] } }, { configMap: { name: 'c' } }] } }),
  )
  test.settle()
  test.patch(`${configMaps}/c`, { data: { key: 'two' } })
  test.patch(`${paths.pods}/a`, { metadata: { labels: { touched: 'yes' } } })
  test.cluster.run(2_000)
  expect(files(test).read('/v/labels')).toContain('touched="yes"')
  expect(files(test).read('/v/key')).toBe('two')
})

it('keeps what is mounted when its ConfigMap is deleted, and says so', () => {
  const test = testCluster()
  test.create(configMaps, config({ key: 'one' }))
  test.create(paths.pods, podWith({ configMap: { name: 'c' } }))
  test.settle()
  test.remove(`${configMaps}/c`)
  test.cluster.run(100_000)
  expect(files(test).read('/v/key')).toBe('one')
  expect(test.events('a')).toContain('FailedMount: MountVolume.SetUp failed for volume "v" : configmap "c" not found')
})

it('never looks at an immutable ConfigMap again', () => {
  const test = testCluster()
  test.create(configMaps, config({ key: 'one' }, { immutable: true }))
  test.create(paths.pods, podWith({ configMap: { name: 'c' } }))
  test.settle()
  test.remove(`${configMaps}/c`)
  test.cluster.run(100_000)
  test.create(configMaps, config({ key: 'two' }))
  test.cluster.run(100_000)
  expect(files(test).read('/v/key')).toBe('one')
})

it('comes back from a snapshot with what it showed, and goes on', () => {
  const test = testCluster()
  test.create(configMaps, config({ key: 'one' }))
  test.create(paths.pods, podWith({ configMap: { name: 'c' } }))
  test.settle()
  test.patch(`${configMaps}/c`, { data: { key: 'two' } })
  test.cluster.run(91_000)
  const later = around(restoreCluster(JSON.parse(JSON.stringify(test.cluster.snapshot()))))
  expect(files(later).read('/v/key')).toBe('two')
  expect(files(later).stat('/v/key')?.kind).toBe('link')
})

it('renews a Pod’s token after four fifths of its time, without an event', () => {
  const test = testCluster()
  test.create(paths.pods, podWith({ emptyDir: {} }))
  test.settle()
  const path = '/var/run/secrets/kubernetes.io/serviceaccount/token'
  const first = files(test).read(path)
  test.cluster.run(40 * 60_000)
  expect(files(test).read(path)).toBe(first)
  test.cluster.run(10 * 60_000)
  const second = files(test).read(path)
  expect(second).not.toBe(first)
  expect(files(test).read(path)).toBe(second)
  const authorization = `Bearer ${first}`
  const review = test.cluster.request({ method: 'GET', path: '/api', headers: { authorization } })
  expect(review.status).toBe(200)
})
