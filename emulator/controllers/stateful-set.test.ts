import { describe, expect, it } from 'vitest'
import { restoreCluster } from '../cluster.ts'
import type { ControllerRevision, Pod, StatefulSet } from '../generated/types.ts'
import { around, paths, testCluster } from '../testing/test-cluster.ts'

const sets = '/apis/apps/v1/namespaces/default/statefulsets'
const revisions = '/apis/apps/v1/namespaces/default/controllerrevisions'

const manifest = (replicas: number, spec: object = {}, image = 'nginx:1.27') => ({
  metadata: { name: 'web' },
  spec: {
    replicas,
    serviceName: 'nginx',
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'main', image }] } },
    ...spec,
  },
})
const image = (name: string) => ({ spec: { template: { spec: { containers: [{ name: 'main', image: name }] } } } })
const names = (pods: readonly Pod[]) => pods.map(({ metadata }) => metadata?.name)
const images = (pods: readonly Pod[]) => pods.map(({ spec }) => spec?.containers[0]?.image)
const isReady = ({ status }: Pod) => status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true

describe('a StatefulSet', () => {
  it('starts its Pods one after the other, each with its own name', () => {
    const { create, cluster, pods, settle, events, get } = testCluster()
    create(sets, manifest(3))
    for (let time = 0; time < 15_000; time += 50) {
      cluster.run(50)
      expect(pods().slice(0, -1).every(isReady)).toBe(true)
    }
    settle()
    expect(names(pods())).toEqual(['web-0', 'web-1', 'web-2'])
    expect(pods()[1]).toMatchObject({
      metadata: {
        labels: {
          app: 'web',
          'apps.kubernetes.io/pod-index': '1',
          'statefulset.kubernetes.io/pod-name': 'web-1',
        },
      },
      spec: { hostname: 'web-1', subdomain: 'nginx' },
    })
    expect(events('web')).toEqual(
      [0, 1, 2].map((n) => `SuccessfulCreate: create Pod web-${n} in StatefulSet web successful`),
    )
    expect(get<StatefulSet>(`${sets}/web`).status).toMatchObject({
      availableReplicas: 3,
      currentReplicas: 3,
      readyReplicas: 3,
      replicas: 3,
      updatedReplicas: 3,
    })
    expect(cluster.nextEventAt()).toBeUndefined()
  })

  it('waits for a Pod that does not become ready, unless it manages them in parallel', () => {
    const inOrder = testCluster()
    inOrder.create(sets, manifest(2, {}, 'nginx:no-such-tag'))
    inOrder.settle()
    expect(names(inOrder.pods())).toEqual(['web-0'])
    const parallel = testCluster()
    parallel.create(sets, manifest(2, { podManagementPolicy: 'Parallel' }, 'nginx:no-such-tag'))
    parallel.settle()
    expect(names(parallel.pods())).toEqual(['web-0', 'web-1'])
  })

  it('asks for no more Pods than the cluster takes, however many are wanted', () => {
    const { create, settle, pods } = testCluster()
    create(sets, manifest(2_147_483_647, { podManagementPolicy: 'Parallel' }))
    settle(5)
    expect(pods().length).toBeGreaterThan(300)
    expect(pods().length).toBeLessThan(400)
  })

  it('scales down from the highest number, one at a time', () => {
    const { create, settle, cluster, patch, pods } = testCluster()
    create(sets, manifest(3))
    settle()
    patch(`${sets}/web`, { spec: { replicas: 1 } })
    const going = new Set<string>()
    for (let time = 0; time < 10_000; time += 20) {
      cluster.run(20)
      const leaving = pods().filter(({ metadata }) => metadata?.deletionTimestamp)
      expect(leaving.length).toBeLessThanOrEqual(1)
      for (const name of names(leaving)) going.add(name ?? '')
    }
    expect([...going]).toEqual(['web-2', 'web-1'])
    expect(names(pods())).toEqual(['web-0'])
  })

  it('makes a deleted Pod again under its old name', () => {
    const { create, settle, remove, get } = testCluster()
    create(sets, manifest(2))
    settle()
    const before = get<Pod>(`${paths.pods}/web-0`).metadata?.uid
    remove(`${paths.pods}/web-0`)
    settle()
    const after = get<Pod>(`${paths.pods}/web-0`)
    expect(after.metadata?.uid).not.toBe(before)
    expect(isReady(after)).toBe(true)
  })

  it('updates from the highest number down to the partition and keeps the old template below it', () => {
    const { create, settle, patch, pods, remove, get, list } = testCluster()
    create(sets, manifest(3))
    settle()
    patch(`${sets}/web`, { spec: { updateStrategy: { rollingUpdate: { partition: 2 } } } })
    patch(`${sets}/web`, image('nginx:1.28'))
    settle(60)
    expect(images(pods())).toEqual(['nginx:1.27', 'nginx:1.27', 'nginx:1.28'])
    remove(`${paths.pods}/web-0`)
    settle(60)
    expect(images(pods())).toEqual(['nginx:1.27', 'nginx:1.27', 'nginx:1.28'])
    expect(get<StatefulSet>(`${sets}/web`).status).toMatchObject({ currentReplicas: 2, updatedReplicas: 1 })
    patch(`${sets}/web`, { spec: { updateStrategy: { rollingUpdate: { partition: 0 } } } })
    settle(60)
    expect(images(pods())).toEqual(Array(3).fill('nginx:1.28'))
    const { currentRevision, updateRevision } = get<StatefulSet>(`${sets}/web`).status ?? {}
    expect(currentRevision).toBe(updateRevision)
    expect(list<ControllerRevision>(revisions).map(({ revision }) => revision)).toHaveLength(2)
  })

  it('leaves the update to the user with OnDelete', () => {
    const { create, settle, patch, pods, remove } = testCluster()
    create(sets, manifest(2, { updateStrategy: { type: 'OnDelete' } }))
    settle()
    patch(`${sets}/web`, image('nginx:1.28'))
    settle()
    expect(images(pods())).toEqual(['nginx:1.27', 'nginx:1.27'])
    remove(`${paths.pods}/web-1`)
    settle()
    expect(images(pods())).toEqual(['nginx:1.27', 'nginx:1.28'])
  })

  it('goes on from a snapshot as if nothing had happened', () => {
    const { create, cluster, settle, pods } = testCluster()
    create(sets, manifest(3))
    cluster.run(3000)
    const later = around(restoreCluster(JSON.parse(JSON.stringify(cluster.snapshot()))))
    settle()
    later.settle()
    expect(later.pods()).toEqual(pods())
    expect(later.cluster.snapshot()).toEqual(cluster.snapshot())
  })

  it('takes its Pods and revisions along when it is deleted', () => {
    const { create, settle, remove, pods, list } = testCluster()
    create(sets, manifest(2))
    settle()
    remove(`${sets}/web`)
    settle(60)
    expect(pods()).toEqual([])
    expect(list(revisions)).toEqual([])
  })

  it('takes over the Pods and revisions that a set of its name left behind', () => {
    const { create, settle, remove, pods, list, get } = testCluster()
    create(sets, manifest(2))
    settle()
    const uids = pods().map(({ metadata }) => metadata?.uid)
    remove(`${sets}/web`, { propagationPolicy: 'Orphan' })
    settle()
    create(sets, manifest(2, { serviceName: 'another' }))
    settle()
    expect(pods().map(({ metadata }) => metadata?.uid)).toEqual(uids)
    expect(list(revisions)).toHaveLength(1)
    expect(get<StatefulSet>(`${sets}/web`).status).toMatchObject({ observedGeneration: 1, readyReplicas: 2 })
    remove(`${paths.pods}/web-0`)
    settle()
    expect(pods().map(({ spec }) => spec?.subdomain)).toEqual(['another', 'nginx'])
  })

  it('refuses to change what is fixed', () => {
    const { create, settle, cluster } = testCluster()
    create(sets, manifest(1))
    settle()
    const { status, body } = cluster.request({
      method: 'PATCH',
      path: `${sets}/web`,
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify({ spec: { serviceName: 'other' } }),
    })
    expect(status).toBe(422)
    expect(body).toMatchObject({
      message:
        "StatefulSet.apps \"web\" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    })
  })
})
