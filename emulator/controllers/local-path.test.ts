import { expect, it } from 'vitest'
import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../generated/types.ts'
import { paths, podManifest, testCluster } from '../testing/test-cluster.ts'

const volumes = '/api/v1/persistentvolumes'
const claims = '/api/v1/namespaces/default/persistentvolumeclaims'
const sets = '/apis/apps/v1/namespaces/default/statefulsets'

const claim = (name: string, spec: object = {}) => ({
  metadata: { name },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
})
const pod = (name: string, claimName: string, more: object = {}) =>
  podManifest(name, {
    containers: [
      {
        name: 'main',
        image: 'busybox',
        command: ['sleep', '9999'],
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
    ],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }],
    ...more,
  })

it('makes a volume where the first consumer runs, which outlives Pods and goes with its claim', () => {
  const cluster = testCluster({ blueprint: 'local-path' })
  const { create, events, get, list, remove, settle } = cluster
  create(claims, claim('data'))
  settle()
  create(paths.pods, pod('one', 'data'))
  settle()
  const uid = get<PersistentVolumeClaim>(`${claims}/data`).metadata?.uid
  const node = get<Pod>(`${paths.pods}/one`).spec?.nodeName ?? ''
  const [volume] = list<PersistentVolume>(volumes)
  const path = `/opt/local-path-provisioner/pvc-${uid}_default_data`
  expect(volume).toMatchObject({
    metadata: { name: `pvc-${uid}`, annotations: { 'pv.kubernetes.io/provisioned-by': 'rancher.io/local-path' } },
    spec: {
      hostPath: { path, type: 'DirectoryOrCreate' },
      persistentVolumeReclaimPolicy: 'Delete',
      storageClassName: 'local-path',
    },
    status: { phase: 'Bound' },
  })
  expect(events('data').map((text) => text.split(':')[0])).toEqual([
    'WaitForFirstConsumer',
    'ExternalProvisioning',
    'Provisioning',
    'ProvisioningSucceeded',
  ])
  const files = cluster.cluster.machine(node)?.files
  files?.write(`${path}/kept`, 'yes')
  remove(`${paths.pods}/one`, { gracePeriodSeconds: 0 })
  settle()
  create(paths.pods, pod('two', 'data'))
  settle()
  expect(get<Pod>(`${paths.pods}/two`).spec?.nodeName).toBe(node)
  expect(files?.read(`${path}/kept`)).toBe('yes')
  remove(`${paths.pods}/two`, { gracePeriodSeconds: 0 })
  remove(`${claims}/data`)
  settle()
  expect(list(volumes)).toEqual([])
  expect(files?.stat(path)).toBeUndefined()
})

it('refuses what directories cannot do, and waits while its Pod is gone', () => {
  const { create, events, list, patch, settle } = testCluster({ blueprint: 'local-path' })
  create(claims, claim('shared', { accessModes: ['ReadWriteMany'] }))
  create(paths.pods, pod('one', 'shared'))
  settle()
  expect(events('shared')).toContain(
    'ProvisioningFailed: failed to provision volume with StorageClass "local-path": NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes',
  )
  patch('/apis/apps/v1/namespaces/local-path-storage/deployments/local-path-provisioner', { spec: { replicas: 0 } })
  settle(60)
  create(claims, claim('data'))
  create(paths.pods, pod('two', 'data'))
  settle()
  expect(list(volumes)).toEqual([])
  patch('/apis/apps/v1/namespaces/local-path-storage/deployments/local-path-provisioner', { spec: { replicas: 1 } })
  settle(60)
  expect(list(volumes)).toHaveLength(1)
})

const set = (retention: object = {}) => ({
  metadata: { name: 'db' },
  spec: {
    replicas: 2,
    serviceName: 'db',
    selector: { matchLabels: { app: 'db' } },
    persistentVolumeClaimRetentionPolicy: retention,
    template: {
      metadata: { labels: { app: 'db' } },
      spec: { containers: [{ name: 'c', image: 'nginx', volumeMounts: [{ name: 'data', mountPath: '/data' }] }] },
    },
    volumeClaimTemplates: [claim('data')],
  },
})

it('gives each Pod of a StatefulSet a claim of its own, which stays', () => {
  const { create, events, get, list, patch, remove, settle } = testCluster({ blueprint: 'local-path' })
  const names = () => list<PersistentVolumeClaim>(claims).map(({ metadata }) => metadata?.name)
  create(sets, set())
  settle(60)
  expect(names()).toEqual(['data-db-0', 'data-db-1'])
  expect(get<PersistentVolumeClaim>(`${claims}/data-db-1`)).toMatchObject({
    metadata: { labels: { app: 'db' } },
    status: { phase: 'Bound' },
  })
  expect(get<Pod>(`${paths.pods}/db-0`).spec?.volumes?.[0]).toEqual({
    name: 'data',
    persistentVolumeClaim: { claimName: 'data-db-0' },
  })
  expect(events('db')).toContain('SuccessfulCreate: create Claim data-db-0 Pod db-0 in StatefulSet db success')
  patch(`${sets}/db`, { spec: { replicas: 1 } })
  settle(60)
  remove(`${sets}/db`)
  settle(60)
  expect(names()).toEqual(['data-db-0', 'data-db-1'])
})

it('lets claims go with the Pods or the set if the policy says so', () => {
  const { create, list, patch, remove, settle } = testCluster({ blueprint: 'local-path' })
  const names = () => list<PersistentVolumeClaim>(claims).map(({ metadata }) => metadata?.name)
  create(sets, set({ whenScaled: 'Delete', whenDeleted: 'Delete' }))
  settle(60)
  patch(`${sets}/db`, { spec: { replicas: 1 } })
  settle(60)
  expect(names()).toEqual(['data-db-0'])
  remove(`${sets}/db`)
  settle(60)
  expect(names()).toEqual([])
  expect(list(volumes)).toEqual([])
})

it('makes a claim that comes and goes with its Pod', () => {
  const { create, find, get, list, remove, settle } = testCluster({ blueprint: 'local-path' })
  const volumeClaimTemplate = { spec: claim('').spec }
  create(paths.pods, pod('one', 'none', { volumes: [{ name: 'data', ephemeral: { volumeClaimTemplate } }] }))
  settle(60)
  expect(get<Pod>(`${paths.pods}/one`).status?.phase).toBe('Running')
  expect(get<PersistentVolumeClaim>(`${claims}/one-data`).metadata?.ownerReferences?.[0]).toMatchObject({
    kind: 'Pod',
    name: 'one',
  })
  remove(`${paths.pods}/one`, { gracePeriodSeconds: 0 })
  settle(60)
  expect(find(`${claims}/one-data`)).toBeUndefined()
  expect(list(volumes)).toEqual([])
})
