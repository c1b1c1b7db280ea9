import { describe, expect, it } from 'vitest'
import { restoreCluster } from '../cluster.ts'
import type { Deployment, Node, Pod, ReplicaSet } from '../generated/types.ts'
import { around, deploymentManifest, paths, podManifest, testCluster } from '../testing/test-cluster.ts'

const revision = 'deployment.kubernetes.io/revision'
const template = (image: string) => ({ spec: { template: { spec: { containers: [{ name: 'main', image }] } } } })

describe('rolling update', () => {
  it('never falls below what must be available nor above what may exist', () => {
    const { create, settle, patch, cluster, pods, get, list } = testCluster()
    create(paths.deployments, deploymentManifest('web', 4))
    settle()
    patch(`${paths.deployments}/web`, template('nginx:1.28'))
    const ready = (pod: Pod) =>
      pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')
    for (let time = 0; time < 12_000; time += 25) {
      cluster.run(25)
      const alive = pods().filter(({ metadata }) => metadata?.deletionTimestamp === undefined)
      expect(alive.filter(ready).length).toBeGreaterThanOrEqual(3)
      expect(alive.length).toBeLessThanOrEqual(5)
    }
    expect(pods().map(({ spec }) => spec?.containers[0]?.image)).toEqual(Array(4).fill('nginx:1.28'))
    expect(get<Deployment>(`${paths.deployments}/web`).metadata?.annotations?.[revision]).toBe('2')
    expect(
      list<ReplicaSet>(paths.replicaSets)
        .map(({ spec }) => spec?.replicas)
        .sort(),
    ).toEqual([0, 4])
  })

  it('gives an old template its ReplicaSet back under a new revision', () => {
    const { create, settle, patch, list } = testCluster()
    create(paths.deployments, deploymentManifest('web', 1))
    settle()
    patch(`${paths.deployments}/web`, template('nginx:1.28'))
    settle()
    patch(`${paths.deployments}/web`, template('nginx:1.27'))
    settle()
    const sets = list<ReplicaSet>(paths.replicaSets)
    const revisions = sets.map(({ metadata }) => metadata?.annotations?.[revision])
    expect(revisions.sort()).toEqual(['2', '3'])
    const back = sets.find(({ spec }) => spec?.replicas === 1)
    expect(back?.metadata?.annotations?.['deployment.kubernetes.io/revision-history']).toBe('1')
  })

  it('keeps only as much history as is wanted', () => {
    const { create, settle, patch, list } = testCluster()
    create(paths.deployments, deploymentManifest('web', 1, { revisionHistoryLimit: 1 }))
    settle()
    for (const image of ['nginx:1.28', 'nginx:1.26', 'nginx:1.25']) {
      patch(`${paths.deployments}/web`, template(image))
      settle()
    }
    expect(list<ReplicaSet>(paths.replicaSets)).toHaveLength(2)
  })

  it('stands still while paused and says so', () => {
    const { create, settle, patch, get, list } = testCluster()
    create(paths.deployments, deploymentManifest('web', 1))
    settle()
    patch(`${paths.deployments}/web`, { spec: { paused: true } })
    patch(`${paths.deployments}/web`, template('nginx:1.28'))
    settle()
    expect(list<ReplicaSet>(paths.replicaSets)).toHaveLength(1)
    const reason = () =>
      get<Deployment>(`${paths.deployments}/web`).status?.conditions?.find(({ type }) => type === 'Progressing')?.reason
    expect(reason()).toBe('DeploymentPaused')
    patch(`${paths.deployments}/web`, { spec: { paused: null } })
    settle()
    expect(reason()).toBe('NewReplicaSetAvailable')
    expect(list<ReplicaSet>(paths.replicaSets)).toHaveLength(2)
  })

  it('gives up after the progress deadline, without keeping the cluster awake for it', () => {
    const { create, settle, cluster, patch, get, pods } = testCluster()
    create(paths.deployments, deploymentManifest('web', 2, { progressDeadlineSeconds: 60 }))
    settle()
    patch(`${paths.deployments}/web`, template('nginx:no-such-tag'))
    expect(cluster.settle(100)).toBeLessThan(10_000)
    cluster.run(70_000)
    const { status } = get<Deployment>(`${paths.deployments}/web`)
    expect(status?.conditions?.find(({ type }) => type === 'Progressing')).toMatchObject({
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: expect.stringMatching(/^ReplicaSet "web-\w+" has timed out progressing\.$/),
    })
    expect(status).toMatchObject({ availableReplicas: 2, replicas: 3, unavailableReplicas: 1 })
    expect(pods()).toHaveLength(3)
  })

  it('scales a half-done rollout in proportion', () => {
    const { create, settle, patch, list } = testCluster()
    create(paths.deployments, deploymentManifest('web', 4))
    settle()
    patch(`${paths.deployments}/web`, template('nginx:no-such-tag'))
    settle()
    patch(`${paths.deployments}/web`, { spec: { replicas: 8 } })
    settle()
    const sizes = list<ReplicaSet>(paths.replicaSets).map(({ spec }) => spec?.replicas ?? 0)
    expect(sizes.reduce((a, b) => a + b, 0)).toBe(10)
    expect(Math.min(...sizes)).toBeGreaterThan(1)
  })
})

describe('recreate', () => {
  it('starts the new Pods only when the last old one has gone', () => {
    const { create, settle, patch, cluster, pods } = testCluster()
    create(paths.deployments, deploymentManifest('web', 2, { strategy: { type: 'Recreate' } }))
    settle()
    patch(`${paths.deployments}/web`, template('nginx:1.28'))
    for (let time = 0; time < 6000; time += 20) {
      cluster.run(20)
      const images = new Set(pods().map(({ spec }) => spec?.containers[0]?.image))
      expect(images.size).toBeLessThanOrEqual(1)
    }
    expect(pods().map(({ spec }) => spec?.containers[0]?.image)).toEqual(['nginx:1.28', 'nginx:1.28'])
  })
})

describe('garbage collection', () => {
  it("takes a deleted Deployment's ReplicaSets and Pods along in the background", () => {
    const { create, settle, remove, pods, list } = testCluster()
    create(paths.deployments, deploymentManifest('web', 2))
    settle()
    remove(`${paths.deployments}/web`, { propagationPolicy: 'Background' })
    settle()
    expect(pods()).toEqual([])
    expect(list(paths.replicaSets)).toEqual([])
  })

  it('keeps the owner until its dependents have gone in the foreground', () => {
    const { create, settle, remove, find, pods, cluster } = testCluster()
    create(paths.deployments, deploymentManifest('web', 1))
    settle()
    remove(`${paths.deployments}/web`, { propagationPolicy: 'Foreground' })
    const owner = () => find<Deployment>(`${paths.deployments}/web`)
    expect(owner()?.metadata?.finalizers).toEqual(['foregroundDeletion'])
    while (pods().length > 0) {
      expect(owner()).toBeDefined()
      cluster.run(20)
    }
    settle()
    expect(owner()).toBeUndefined()
  })

  it('leaves orphans running', () => {
    const { create, settle, remove, pods, list } = testCluster()
    create(paths.deployments, deploymentManifest('web', 1))
    settle()
    remove(`${paths.deployments}/web`, { propagationPolicy: 'Orphan' })
    settle()
    expect(pods()).toHaveLength(1)
    expect(list<ReplicaSet>(paths.replicaSets)[0]?.metadata?.ownerReferences ?? []).toEqual([])
  })
})

describe('namespaces', () => {
  it('get their service account and CA certificate, and are emptied before they go', () => {
    const { create, settle, remove, find, list, get } = testCluster()
    create(paths.namespaces, { metadata: { name: 'dev' } })
    settle()
    const inDev = (kind: string) => `/api/v1/namespaces/dev/${kind}`
    expect(get<{ data: object }>(`${inDev('configmaps')}/kube-root-ca.crt`).data).toHaveProperty(['ca.crt'])
    expect(get(`${inDev('serviceaccounts')}/default`)).toBeDefined()
    create('/apis/apps/v1/namespaces/dev/deployments', deploymentManifest('web', 2))
    create(inDev('services'), { metadata: { name: 'web' }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } })
    settle()
    expect(list(inDev('pods'))).toHaveLength(2)
    remove(`${paths.namespaces}/dev`)
    expect(get<{ status: object }>(`${paths.namespaces}/dev`).status).toMatchObject({ phase: 'Terminating' })
    settle(60)
    expect(find(`${paths.namespaces}/dev`)).toBeUndefined()
    expect(list<Pod>('/api/v1/pods').filter(({ metadata }) => metadata?.namespace === 'dev')).toEqual([])
  })
})

describe('scheduling', () => {
  it('says why a Pod stays unscheduled, and places it once it can', () => {
    const { create, settle, patch, events, get } = testCluster()
    create(paths.pods, podManifest('ssd', { nodeSelector: { disk: 'ssd' } }))
    settle()
    expect(events('ssd')).toEqual([
      "FailedScheduling: 0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
    ])
    patch(`${paths.nodes}/node02`, { metadata: { labels: { disk: 'ssd' } } })
    settle()
    expect(get<Pod>(`${paths.pods}/ssd`)).toMatchObject({ spec: { nodeName: 'node02' }, status: { phase: 'Running' } })
  })

  it('fills nodes only as far as requests fit', () => {
    const { create, settle, pods, events } = testCluster()
    const resources = { requests: { cpu: '1500m' } }
    for (const name of ['a', 'b', 'c']) {
      create(paths.pods, podManifest(name, { containers: [{ name: 'c', image: 'nginx', resources }] }))
      settle()
    }
    expect(pods().map(({ spec }) => spec?.nodeName)).toEqual(['node01', 'node02', undefined])
    expect(events('c')[0]).toContain('1 node(s) had untolerated taint(s), 2 Insufficient cpu.')
  })

  it('leaves cordoned nodes alone', () => {
    const { create, settle, patch, pods } = testCluster()
    patch(`${paths.nodes}/node01`, { spec: { unschedulable: true } })
    create(paths.deployments, deploymentManifest('web', 3))
    settle()
    expect(new Set(pods().map(({ spec }) => spec?.nodeName))).toEqual(new Set(['node02']))
  })
})

describe('static Pods', () => {
  it('come back when their mirror is deleted', () => {
    const { remove, settle, get } = testCluster()
    const etcd = '/api/v1/namespaces/kube-system/pods/etcd-controlplane'
    const before = get<Pod>(etcd).metadata?.uid
    remove(etcd)
    settle(60)
    const after = get<Pod>(etcd)
    expect(after.metadata?.uid).not.toBe(before)
    expect(after.status?.phase).toBe('Running')
  })
})

describe('a lost node', () => {
  it('is NotReady after 40 s, loses its Pods after five minutes, and comes back', () => {
    const { create, settle, cluster, get, pods } = testCluster()
    create(paths.deployments, deploymentManifest('web', 2))
    settle()
    cluster.setPower('node01', false)
    const ready = () =>
      get<{ status: { conditions: { type: string; status: string }[] } }>(
        `${paths.nodes}/node01`,
      ).status.conditions.find(({ type }) => type === 'Ready')?.status
    cluster.run(35_000)
    expect(ready()).toBe('True')
    cluster.run(10_000)
    expect(ready()).toBe('Unknown')
    const serving = () =>
      pods().filter(({ status }) => status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True'))
    expect(serving()).toHaveLength(1)
    const lost = pods().find(({ spec }) => spec?.nodeName === 'node01')?.metadata?.name
    const log = cluster.request({ method: 'GET', path: `${paths.pods}/${lost}/log`, query: { tailLines: '1' } })
    expect(log.status).toBe(500)
    expect(log.body).toMatchObject({
      message: `Get "https://192.168.1.3:10250/containerLogs/default/${lost}/main?tailLines=1": dial tcp 192.168.1.3:10250: connect: no route to host`,
    })
    cluster.run(310_000)
    expect(serving().map(({ spec }) => spec?.nodeName)).toEqual(['node02', 'node02'])
    expect(pods().filter(({ metadata }) => metadata?.deletionTimestamp)).toHaveLength(1)
    cluster.setPower('node01', true)
    cluster.settle(60)
    expect(ready()).toBe('True')
    expect(pods()).toHaveLength(2)
    expect(cluster.nextEventAt()).toBeUndefined()
  })
})

describe('a node that is deleted', () => {
  it('takes its Pods along after 40 s; their workload makes new ones elsewhere', () => {
    const { create, remove, settle, cluster, pods } = testCluster()
    create(paths.deployments, deploymentManifest('web', 2))
    create(paths.pods, podManifest('alone', { nodeName: 'node01' }))
    settle()
    remove(`${paths.nodes}/node01`)
    cluster.run(35_000)
    expect(pods().map(({ spec }) => spec?.nodeName)).toContain('node01')
    const later = around(restoreCluster(JSON.parse(JSON.stringify(cluster.snapshot()))))
    for (const world of [cluster, later.cluster]) world.run(10_000)
    for (const left of [pods(), later.pods()]) {
      expect(left.map(({ spec }) => spec?.nodeName)).toEqual(['node02', 'node02'])
      expect(left.every(({ status }) => status?.phase === 'Running')).toBe(true)
    }
    expect(cluster.nextEventAt()).toBeUndefined()
  })

  it('comes back when its kubelet is started again, as a plain worker', () => {
    const { remove, settle, cluster, find, get } = testCluster()
    remove(`${paths.nodes}/node02`)
    settle(60)
    expect(find(`${paths.nodes}/node02`)).toBeUndefined()
    cluster.setUnit('node02', 'kubelet', 'stopped')
    cluster.setUnit('node02', 'kubelet', 'running')
    settle()
    const node = get<Node>(`${paths.nodes}/node02`)
    expect(node.status?.conditions?.find(({ type }) => type === 'Ready')?.status).toBe('True')
    expect(node.spec?.taints).toBeUndefined()
  })
})
