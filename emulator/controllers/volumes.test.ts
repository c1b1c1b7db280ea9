import { expect, it } from 'vitest'
import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../generated/types.ts'
import { paths, podManifest, type TestCluster, testCluster } from '../testing/test-cluster.ts'

const volumes = '/api/v1/persistentvolumes'
const claims = '/api/v1/namespaces/default/persistentvolumeclaims'
const classes = '/apis/storage.k8s.io/v1/storageclasses'

const volume = (name: string, spec: object = {}, metadata: object = {}) => ({
  metadata: { name, ...metadata },
  spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: `/data/${name}` }, ...spec },
})
const claim = (name: string, spec: object = {}) => ({
  metadata: { name },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
})
const mounting = (claimName: string, more: object = {}) => ({
  containers: [{ name: 'main', image: 'nginx', volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
  volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }],
  ...more,
})

const phases = ({ list }: TestCluster) => ({
  volumes: Object.fromEntries(list<PersistentVolume>(volumes).map((v) => [v.metadata?.name, v.status?.phase])),
  claims: Object.fromEntries(
    list<PersistentVolumeClaim>(claims).map((c) => [c.metadata?.name, [c.status?.phase, c.spec?.volumeName]]),
  ),
})

it('binds the smallest volume that fits, and both sides say so', () => {
  const cluster = testCluster()
  const { create, settle, get } = cluster
  create(volumes, volume('large', { capacity: { storage: '5Gi' } }))
  create(volumes, volume('small', { capacity: { storage: '500Mi' } }))
  create(volumes, volume('medium', { capacity: { storage: '2Gi' } }))
  create(volumes, volume('classy', { storageClassName: 'fast' }))
  create(claims, claim('data'))
  settle()
  expect(phases(cluster)).toEqual({
    volumes: { classy: 'Available', large: 'Available', medium: 'Bound', small: 'Available' },
    claims: { data: ['Bound', 'medium'] },
  })
  const { metadata, status } = get<PersistentVolumeClaim>(`${claims}/data`)
  expect(status).toEqual({ phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: { storage: '2Gi' } })
  expect(metadata?.annotations).toMatchObject({
    'pv.kubernetes.io/bind-completed': 'yes',
    'pv.kubernetes.io/bound-by-controller': 'yes',
  })
  expect(get<PersistentVolume>(`${volumes}/medium`).status).toEqual({
    phase: 'Bound',
    lastPhaseTransitionTime: expect.stringMatching(/^2026-11-21T09:00:/),
  })
  expect(get<PersistentVolume>(`${volumes}/medium`).spec?.claimRef).toMatchObject({
    kind: 'PersistentVolumeClaim',
    namespace: 'default',
    name: 'data',
    uid: metadata?.uid,
  })
})

it.each([
  ['class', { storageClassName: 'manual' }, 'ProvisioningFailed: storageclass.storage.k8s.io "manual" not found'],
  [
    'mode',
    { accessModes: ['ReadWriteMany'] },
    'FailedBinding: no persistent volumes available for this claim and no storage class is set',
  ],
  [
    'size',
    { resources: { requests: { storage: '2Gi' } } },
    'FailedBinding: no persistent volumes available for this claim and no storage class is set',
  ],
  [
    'labels',
    { selector: { matchLabels: { disk: 'ssd' } } },
    'FailedBinding: no persistent volumes available for this claim and no storage class is set',
  ],
  [
    'name',
    { volumeName: 'one', storageClassName: 'x' },
    'VolumeMismatch: Cannot bind to requested volume "one": storageClassName does not match',
  ],
])('leaves a claim waiting whose %s no volume has, and tells why', (_, spec, event) => {
  const cluster = testCluster()
  cluster.create(volumes, volume('one'))
  cluster.create(claims, claim('data', spec))
  cluster.settle()
  expect(phases(cluster).claims.data?.[0]).toBe('Pending')
  expect(cluster.events('data')).toEqual([event])
})

it('binds as soon as a fitting volume comes, and by selector', () => {
  const cluster = testCluster()
  cluster.create(claims, claim('data', { selector: { matchLabels: { disk: 'ssd' } } }))
  cluster.settle()
  cluster.create(volumes, volume('hdd'))
  cluster.create(volumes, volume('ssd', {}, { labels: { disk: 'ssd' } }))
  cluster.settle()
  expect(phases(cluster).claims.data).toEqual(['Bound', 'ssd'])
})

it('keeps a released volume for the next person to look at', () => {
  const cluster = testCluster()
  cluster.create(volumes, volume('one'))
  cluster.create(claims, claim('data'))
  cluster.settle()
  cluster.remove(`${claims}/data`)
  cluster.settle()
  cluster.create(claims, claim('data'))
  cluster.settle()
  expect(phases(cluster)).toEqual({ volumes: { one: 'Released' }, claims: { data: ['Pending', undefined] } })
})

it('deletes what it may and fails on what it may not', () => {
  const cluster = testCluster()
  const policy = { persistentVolumeReclaimPolicy: 'Delete' }
  cluster.create(volumes, volume('data', policy))
  cluster.create(volumes, volume('scratch', { ...policy, hostPath: { path: '/tmp/scratch' }, storageClassName: 's' }))
  cluster.create(volumes, volume('again', { persistentVolumeReclaimPolicy: 'Recycle', storageClassName: 'r' }))
  cluster.create(claims, claim('a'))
  cluster.create(claims, claim('b', { storageClassName: 's' }))
  cluster.create(claims, claim('c', { storageClassName: 'r' }))
  cluster.settle()
  for (const name of ['a', 'b', 'c']) cluster.remove(`${claims}/${name}`)
  cluster.settle()
  expect(phases(cluster).volumes).toEqual({ again: 'Available', data: 'Failed' })
  expect(cluster.get<PersistentVolume>(`${volumes}/data`).status?.message).toBe(
    'host_path deleter only supports /tmp/.+ but received provided /data/data',
  )
})

it('tells when a bound claim has lost its volume', () => {
  const cluster = testCluster()
  cluster.create(volumes, volume('one'))
  cluster.create(claims, claim('data'))
  cluster.settle()
  cluster.remove(`${volumes}/one`)
  cluster.settle()
  expect(phases(cluster).volumes).toEqual({ one: 'Bound' })
  cluster.patch(`${volumes}/one`, { metadata: { finalizers: null } })
  cluster.settle()
  expect(phases(cluster).claims.data?.[0]).toBe('Lost')
  expect(cluster.events('data')).toEqual([
    'ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is lost!',
  ])
})

it('holds claims and volumes while they are used', () => {
  const cluster = testCluster()
  const { create, remove, settle, find } = cluster
  create(volumes, volume('one'))
  create(claims, claim('data'))
  create(paths.pods, podManifest('web', mounting('data')))
  settle()
  remove(`${claims}/data`)
  remove(`${volumes}/one`)
  settle()
  expect(find(`${claims}/data`)).toBeDefined()
  expect(find(`${volumes}/one`)).toBeDefined()
  remove(`${paths.pods}/web`, { gracePeriodSeconds: 0 })
  settle()
  expect(find(`${claims}/data`)).toBeUndefined()
  expect(find(`${volumes}/one`)).toBeUndefined()
})

const message = (cluster: TestCluster, name: string) =>
  cluster.get<Pod>(`${paths.pods}/${name}`).status?.conditions?.find(({ type }) => type === 'PodScheduled')?.message

it('does not schedule a Pod before its claims are bound', () => {
  const cluster = testCluster()
  cluster.create(paths.pods, podManifest('web', mounting('data')))
  cluster.settle()
  expect(message(cluster, 'web')).toBe('0/3 nodes are available: persistentvolumeclaim "data" not found. not found')
  cluster.create(claims, claim('data'))
  cluster.settle()
  expect(message(cluster, 'web')).toBe(
    '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
  )
  cluster.create(volumes, volume('one'))
  cluster.settle()
  expect(cluster.get<Pod>(`${paths.pods}/web`).status?.phase).toBe('Running')
})

const onNode = (name: string) => ({
  required: {
    nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [name] }] }],
  },
})

it('schedules a Pod where its volume lies', () => {
  const cluster = testCluster()
  cluster.create(volumes, volume('one', { nodeAffinity: onNode('node02') }))
  cluster.create(claims, claim('data'))
  cluster.create(paths.pods, podManifest('web', mounting('data')))
  cluster.create(
    paths.pods,
    podManifest('not', mounting('data', { nodeSelector: { 'kubernetes.io/hostname': 'node01' } })),
  )
  cluster.settle()
  expect(cluster.get<Pod>(`${paths.pods}/web`).spec?.nodeName).toBe('node02')
  expect(message(cluster, 'not')).toBe(
    "0/3 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
  )
})

it('waits for the first consumer, and binds the volume on its node', () => {
  const cluster = testCluster()
  cluster.create(classes, {
    metadata: { name: 'local' },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  })
  for (const node of ['node01', 'node02'])
    cluster.create(volumes, volume(node, { storageClassName: 'local', nodeAffinity: onNode(node) }))
  cluster.create(claims, claim('data', { storageClassName: 'local' }))
  cluster.settle()
  expect(phases(cluster).claims.data).toEqual(['Pending', undefined])
  expect(cluster.events('data')).toEqual([
    'WaitForFirstConsumer: waiting for first consumer to be created before binding',
  ])
  cluster.create(
    paths.pods,
    podManifest('web', mounting('data', { nodeSelector: { 'kubernetes.io/hostname': 'node02' } })),
  )
  cluster.settle()
  expect(phases(cluster).claims.data).toEqual(['Bound', 'node02'])
  expect(cluster.get<Pod>(`${paths.pods}/web`).spec?.nodeName).toBe('node02')
  cluster.create(claims, claim('more', { storageClassName: 'local', resources: { requests: { storage: '9Gi' } } }))
  cluster.create(paths.pods, podManifest('late', mounting('more')))
  cluster.settle()
  expect(message(cluster, 'late')).toContain("2 node(s) didn't find available persistent volumes to bind")
})

it('gives claims the default class, also those that came before it', () => {
  const cluster = testCluster()
  cluster.create(claims, claim('before'))
  cluster.create(claims, claim('none', { storageClassName: '' }))
  cluster.create(classes, {
    metadata: { name: 'usual', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'example.com/disk',
  })
  cluster.create(claims, claim('after'))
  cluster.settle()
  const classOf = (name: string) => cluster.get<PersistentVolumeClaim>(`${claims}/${name}`).spec?.storageClassName
  expect([classOf('before'), classOf('none'), classOf('after')]).toEqual(['usual', '', 'usual'])
  expect(cluster.events('after')).toEqual([
    "ExternalProvisioning: Waiting for a volume to be created either by the external provisioner 'example.com/disk' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
  ])
})

it('lets a claim grow only where its class allows it', () => {
  const cluster = testCluster()
  cluster.create(claims, claim('open'))
  cluster.create(volumes, volume('one', { storageClassName: 'm' }))
  cluster.create(claims, claim('data', { storageClassName: 'm' }))
  cluster.settle()
  const grow = (name: string) => () =>
    cluster.patch(`${claims}/${name}`, { spec: { resources: { requests: { storage: '2Gi' } } } })
  expect(grow('data')).toThrow(
    'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
  )
  expect(grow('open')).toThrow('spec is immutable after creation except resources.requests')
})

it('a claim may grow where its class lets it, and then waits for a resizer', () => {
  const { create, settle, get, patch, events } = testCluster()
  const grow = (name: string) => patch(`${claims}/${name}`, { spec: { resources: { requests: { storage: '2Gi' } } } })
  for (const [name, allowVolumeExpansion] of [
    ['elastic', true],
    ['fixed', false],
  ] as const) {
    create(classes, { metadata: { name }, provisioner: 'kubernetes.io/no-provisioner', allowVolumeExpansion })
    create(volumes, volume(name, { storageClassName: name }))
    create(claims, claim(name, { storageClassName: name }))
  }
  settle()
  expect(() => grow('fixed')).toThrow(
    'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
  )
  grow('elastic')
  settle()
  expect(get<PersistentVolumeClaim>(`${claims}/elastic`).status?.capacity).toEqual({ storage: '1Gi' })
  expect(events('elastic')).toEqual(['ExternalExpanding: waiting for an external controller to expand this PVC'])
})
