import { expect, it } from 'vitest'
import type { Pod } from '../generated/types.ts'
import { paths, podManifest, type TestCluster, testCluster } from '../testing/test-cluster.ts'

const onNode01 = { nodeName: 'node01' }

function mounting(volume: object, mounts: readonly object[] = [{}], more: object = {}) {
  return {
    ...onNode01,
    containers: mounts.map((mount, index) => ({
      name: `c${index}`,
      image: 'busybox',
      command: ['sleep', '99999'],
      volumeMounts: [{ name: 'v', mountPath: '/v', ...mount }],
    })),
    volumes: [{ name: 'v', ...volume }],
    ...more,
  }
}

function container({ cluster }: TestCluster, pod: string, index = 0) {
  const found = cluster.container('default', pod, `c${index}`)
  if (!found) throw new Error(`no container ${index} in ${pod}`)
  return found
}

const nodeFiles = ({ cluster }: TestCluster, node = 'node01') => {
  const machine = cluster.machine(node)
  if (!machine) throw new Error(`no machine ${node}`)
  return machine.files
}

it('shows a directory of the node to every Pod on it, both ways', () => {
  const test = testCluster()
  nodeFiles(test).makeDirectory('/srv/data')
  nodeFiles(test).write('/srv/data/from-node', 'n')
  test.create(paths.pods, podManifest('a', mounting({ hostPath: { path: '/srv/data' } })))
  test.create(paths.pods, podManifest('b', mounting({ hostPath: { path: '/srv/data' } }, [{ readOnly: true }])))
  test.settle()
  const [a, b] = [container(test, 'a').files, container(test, 'b').files]
  expect(a.read('/v/from-node')).toBe('n')
  a.write('/v/from-pod', 'p')
  expect(nodeFiles(test).read('/srv/data/from-pod')).toBe('p')
  expect(b.list('/v')).toEqual(['from-node', 'from-pod'])
  expect(() => b.write('/v/x', '')).toThrow('Read-only file system')
  expect(nodeFiles(test, 'node02').stat('/srv/data')).toBeUndefined()
  test.remove(`${paths.pods}/a`, { gracePeriodSeconds: 0 })
  test.settle()
  expect(nodeFiles(test).read('/srv/data/from-pod')).toBe('p')
})

it.each([
  ['Directory', '/none', '/none is not a directory'],
  ['Directory', '/etc/hosts', '/etc/hosts is not a directory'],
  ['File', '/etc', '/etc is not a file'],
  ['Socket', '/etc/hosts', '/etc/hosts is not a socket file'],
  ['CharDevice', '/etc/hosts', '/etc/hosts is not a character device'],
  ['BlockDevice', '/none', '/none is not a block device'],
  ['DirectoryOrCreate', '/etc/hosts', '/etc/hosts is not a directory'],
  ['FileOrCreate', '/etc', '/etc is not a file'],
])('does not mount %s %s', (type, path, problem) => {
  const { create, events, settle } = testCluster()
  create(paths.pods, podManifest('a', mounting({ hostPath: { path, type } })))
  settle()
  expect(events('a')).toContain(
    `FailedMount: MountVolume.SetUp failed for volume "v" : hostPath type check failed: ${problem}`,
  )
})

it('makes what may be made', () => {
  const test = testCluster()
  test.create(paths.pods, podManifest('a', mounting({ hostPath: { path: '/srv/new', type: 'DirectoryOrCreate' } })))
  test.create(paths.pods, podManifest('b', mounting({ hostPath: { path: '/srv/file', type: 'FileOrCreate' } })))
  test.create(paths.pods, podManifest('c', mounting({ hostPath: { path: '/no/file', type: 'FileOrCreate' } })))
  test.settle()
  expect(nodeFiles(test).stat('/srv/new')?.kind).toBe('directory')
  expect(nodeFiles(test).stat('/srv/file')?.kind).toBe('file')
  expect(test.events('c')).toContain(
    'FailedMount: MountVolume.SetUp failed for volume "v" : open /no/file: no such file or directory',
  )
})

it('mounts as soon as what it wants is there', () => {
  const test = testCluster()
  test.create(paths.pods, podManifest('a', mounting({ hostPath: { path: '/srv/late', type: 'Directory' } })))
  test.settle()
  expect(test.get<Pod>(`${paths.pods}/a`).status?.phase).toBe('Pending')
  nodeFiles(test).makeDirectory('/srv/late')
  test.cluster.run(60_000)
  expect(test.get<Pod>(`${paths.pods}/a`).status?.phase).toBe('Running')
})

it('shares an empty directory between containers, each with the part it asks for', () => {
  const test = testCluster()
  test.create(paths.pods, podManifest('a', mounting({ emptyDir: {} }, [{}, { subPath: 'deep/er' }])))
  test.settle()
  container(test, 'a', 1).files.write('/v/file', 'x')
  expect(container(test, 'a', 0).files.read('/v/deep/er/file')).toBe('x')
})

it('says what a Pod that chose its node itself lacks', () => {
  const { create, events, settle } = testCluster()
  const claims = '/api/v1/namespaces/default/persistentvolumeclaims'
  create(claims, {
    metadata: { name: 'open' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  })
  for (const claimName of ['open', 'none'])
    create(paths.pods, podManifest(claimName, mounting({ persistentVolumeClaim: { claimName } })))
  create(paths.pods, podManifest('remote', mounting({ nfs: { server: '192.168.1.9', path: '/export' } })))
  settle()
  const failure = (pod: string) => events(pod).find((text) => text.startsWith('FailedMount'))
  expect(failure('open')).toContain('error processing PVC default/open: PVC is not bound')
  expect(failure('none')).toContain(
    'error processing PVC default/none: failed to fetch PVC from API server: persistentvolumeclaim "none" not found',
  )
  expect(failure('remote')).toContain(
    'Output: mount.nfs: Connection refused for 192.168.1.9:/export on /var/lib/kubelet/pods/',
  )
})

it.each([
  [{ local: { path: '/mnt/disk' } }, 'path "/mnt/disk" does not exist'],
  [
    { csi: { driver: 'disk.example.com', volumeHandle: 'x' } },
    'driver name disk.example.com not found in the list of registered CSI drivers',
  ],
])('names the volume behind a claim that cannot be mounted: %j', (source, problem) => {
  const { create, events, settle } = testCluster()
  const hostname = { key: 'kubernetes.io/hostname', operator: 'Exists' }
  create('/api/v1/persistentvolumes', {
    metadata: { name: 'disk' },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [hostname] }] } },
      ...source,
    },
  })
  create('/api/v1/namespaces/default/persistentvolumeclaims', {
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  })
  settle()
  create(paths.pods, podManifest('a', mounting({ persistentVolumeClaim: { claimName: 'data' } })))
  settle()
  const failure = events('a').find((text) => text.startsWith('FailedMount')) ?? ''
  expect(failure).toContain('MountVolume.SetUp failed for volume "disk" : ')
  expect(failure).toContain(problem)
})

it('finds everything again in a restored cluster', async () => {
  const { restoreCluster } = await import('../cluster.ts')
  const { around } = await import('../testing/test-cluster.ts')
  const test = testCluster()
  test.create(paths.pods, podManifest('a', mounting({ hostPath: { path: '/srv/data' } })))
  test.settle()
  container(test, 'a').files.write('/v/kept', 'yes')
  const later = around(restoreCluster(JSON.parse(JSON.stringify(test.cluster.snapshot()))))
  expect(container(later, 'a').files.read('/v/kept')).toBe('yes')
  expect(nodeFiles(later).read('/srv/data/kept')).toBe('yes')
})
