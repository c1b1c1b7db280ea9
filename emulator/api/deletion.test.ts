import { expect, test } from 'vitest'
import type { Pod } from '../generated/types.ts'
import { defineKind } from './kind.ts'
import { configMaps, createTestServer, namespaces } from './testing/test-server.ts'

/** A kind with grace: what waits for its node is gone only when the node says so. */
const pods = defineKind<Pod>({
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  scope: 'Namespaced',
  schema: 'Pod',
  columns: [],
  strategy: { gracePeriod: (pod) => (pod.spec?.nodeName ? 30 : 0) },
})
const PODS = '/api/v1/namespaces/default/pods'
const setUp = () => createTestServer({ kinds: [namespaces, configMaps, pods] })
const pod = (name: string, nodeName?: string) => ({ metadata: { name }, spec: { containers: [], nodeName } })
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps'

test('grace keeps an object until it is deleted again with none', () => {
  const { send } = setUp()
  send('POST', PODS, pod('a', 'node01'))
  expect(send('DELETE', `${PODS}/a`).body).toMatchObject({
    metadata: { deletionTimestamp: '2026-11-20T10:00:30Z', deletionGracePeriodSeconds: 30, generation: 2 },
  })
  // Asking again for as long does not start the wait anew.
  const version = (send('GET', `${PODS}/a`).body as Pod).metadata?.resourceVersion
  expect((send('DELETE', `${PODS}/a`).body as Pod).metadata?.resourceVersion).toBe(version)
  expect(send('DELETE', `${PODS}/a`, { gracePeriodSeconds: 5 }).body).toMatchObject({
    metadata: { deletionTimestamp: '2026-11-20T10:00:05Z', deletionGracePeriodSeconds: 5 },
  })
  send('DELETE', `${PODS}/a?gracePeriodSeconds=0`)
  expect(send('GET', `${PODS}/a`).status).toBe(404)
})

test('what needs no grace goes at once, whatever is asked for', () => {
  const { send } = setUp()
  send('POST', PODS, pod('a'))
  send('DELETE', `${PODS}/a`, { gracePeriodSeconds: 60 })
  expect(send('GET', `${PODS}/a`).status).toBe(404)
})

test('finalizers hold an object; taking the last one off lets it go', () => {
  const { send } = setUp()
  send('POST', CONFIG_MAPS, { metadata: { name: 'a', finalizers: ['example.com/hold'] } })
  expect(send('DELETE', `${CONFIG_MAPS}/a`).body).toMatchObject({
    metadata: { deletionTimestamp: '2026-11-20T10:00:00Z' },
  })
  const add = { metadata: { finalizers: ['example.com/hold', 'example.com/more'] } }
  const merge = { 'content-type': 'application/merge-patch+json' }
  expect(send('PATCH', `${CONFIG_MAPS}/a`, add, merge)).toMatchObject({
    status: 422,
    body: {
      message:
        'ConfigMap "a" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/more"}',
    },
  })
  send('PATCH', `${CONFIG_MAPS}/a`, { metadata: { finalizers: null } }, merge)
  expect(send('GET', `${CONFIG_MAPS}/a`).status).toBe(404)
})

test('propagation policies become finalizers', () => {
  const { send } = setUp()
  for (const [policy, finalizer] of [
    ['Foreground', 'foregroundDeletion'],
    ['Orphan', 'orphan'],
  ]) {
    send('POST', CONFIG_MAPS, { metadata: { name: `by-${policy?.toLowerCase()}` } })
    const gone = send('DELETE', `${CONFIG_MAPS}/by-${policy?.toLowerCase()}`, { propagationPolicy: policy })
    expect(gone.body).toMatchObject({ metadata: { finalizers: [finalizer] } })
  }
})

test('preconditions guard against deleting another object of the same name', () => {
  const { send } = setUp()
  send('POST', CONFIG_MAPS, { metadata: { name: 'a' } })
  expect(send('DELETE', `${CONFIG_MAPS}/a`, { preconditions: { uid: 'other' } })).toMatchObject({
    status: 409,
    body: { message: expect.stringContaining('Precondition failed: UID in precondition: other, UID in object meta: ') },
  })
})

test('a dry run deletes nothing, also when its options say so', () => {
  const { send } = setUp()
  send('POST', CONFIG_MAPS, { metadata: { name: 'a' } })
  expect(send('DELETE', `${CONFIG_MAPS}/a`, { dryRun: ['All'] }).status).toBe(200)
  expect(send('DELETE', `${CONFIG_MAPS}/a?dryRun=All`).status).toBe(200)
  expect(send('GET', `${CONFIG_MAPS}/a`).status).toBe(200)
})

test('a collection is deleted as far as the selector reaches', () => {
  const { send } = setUp()
  for (const name of ['a', 'b', 'c']) send('POST', CONFIG_MAPS, { metadata: { name, labels: { name } } })
  expect(send('DELETE', `${CONFIG_MAPS}?labelSelector=${encodeURIComponent('name in (a,b)')}`).body).toMatchObject({
    kind: 'ConfigMapList',
    items: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }],
  })
  expect(send('GET', CONFIG_MAPS).body).toMatchObject({ items: [{ metadata: { name: 'c' } }] })
})

test('some namespaces cannot be deleted, and nothing is made in one that ends or is missing', () => {
  const { send } = setUp()
  expect(send('DELETE', '/api/v1/namespaces/default').body).toMatchObject({
    message: 'namespaces "default" is forbidden: this namespace may not be deleted',
  })
  expect(send('POST', '/api/v1/namespaces/nope/configmaps', { metadata: { name: 'a' } }).body).toMatchObject({
    message: 'namespaces "nope" not found',
  })
  send('POST', '/api/v1/namespaces', { metadata: { name: 'ending', finalizers: ['example.com/hold'] } })
  send('DELETE', '/api/v1/namespaces/ending')
  expect(send('POST', '/api/v1/namespaces/ending/configmaps', { metadata: { name: 'a' } })).toMatchObject({
    status: 403,
    body: {
      message:
        'configmaps "a" is forbidden: unable to create new content in namespace ending because it is being terminated',
    },
  })
})
