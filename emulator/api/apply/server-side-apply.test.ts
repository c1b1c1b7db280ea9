import { expect, test } from 'vitest'
import { createTestServer } from '../testing/test-server.ts'

const WEB = '/api/v1/namespaces/default/services/web'
const service = (spec: object, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', ...metadata },
  spec,
})
const setUp = () => {
  const { send, ...rest } = createTestServer()
  const apply = (manager: string, object: object, query = '') =>
    send('PATCH', `${WEB}?fieldManager=${manager}${query}`, object, { 'content-type': 'application/apply-patch+yaml' })
  return { send, apply, ...rest }
}

test('creates what does not exist and says who owns which field', () => {
  const { apply } = setUp()
  const answer = apply('kubectl', service({ ports: [{ port: 80 }], selector: { app: 'web' } }))
  expect(answer.status).toBe(201)
  expect(answer.body).toMatchObject({
    metadata: {
      managedFields: [
        {
          manager: 'kubectl',
          operation: 'Apply',
          apiVersion: 'v1',
          fieldsType: 'FieldsV1',
          fieldsV1: {
            'f:spec': { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:port': {} } }, 'f:selector': {} },
          },
        },
      ],
    },
  })
})

test('takes back what the same manager no longer names, and leaves what others set', () => {
  const { send, apply } = setUp()
  apply('kubectl', service({ ports: [{ port: 80 }, { port: 81 }] }, { labels: { a: '1', b: '2' } }))
  send('PATCH', WEB, { metadata: { labels: { c: '3' } } }, { 'content-type': 'application/merge-patch+json' })
  const answer = apply('kubectl', service({ ports: [{ port: 81 }] }, { labels: { b: '2' } }))
  expect(answer.body).toMatchObject({ metadata: { labels: { b: '2', c: '3' } }, spec: { ports: [{ port: 81 }] } })
  expect((answer.body as { metadata: { labels: object } }).metadata.labels).not.toHaveProperty('a')
})

test('names each field that another manager owns, unless forced', () => {
  const { send, apply } = setUp()
  send(
    'POST',
    '/api/v1/namespaces/default/services?fieldManager=kubectl-create',
    service({ ports: [{ port: 80 }], sessionAffinity: 'None' }),
  )
  const both = service({ type: 'NodePort', sessionAffinity: 'ClientIP', ports: [{ port: 80 }] })
  expect(apply('me', service({ sessionAffinity: 'ClientIP' }))).toMatchObject({
    status: 409,
    body: {
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "kubectl-create" using v1: .spec.sessionAffinity',
    },
  })
  expect(apply('me', both)).toMatchObject({
    body: {
      message:
        'Apply failed with 2 conflicts: conflicts with "kubectl-create" using v1:\n- .spec.sessionAffinity\n- .spec.type',
      details: {
        causes: [{ reason: 'FieldManagerConflict', field: '.spec.sessionAffinity' }, { field: '.spec.type' }],
      },
    },
  })
  expect(apply('me', both, '&force=true').body).toMatchObject({ spec: { sessionAffinity: 'ClientIP' } })
  // What was taken by force is now ours: setting it again meets no conflict.
  expect(apply('me', { ...both, spec: { ...both.spec, sessionAffinity: 'None' } }).status).toBe(200)
})

test('the same value in two hands is no conflict, and applying again changes nothing', () => {
  const { apply, server } = setUp()
  apply('one', service({ ports: [{ port: 80 }], type: 'NodePort' }))
  apply('two', service({ type: 'NodePort' }))
  const version = server.store.resourceVersion
  expect(apply('two', service({ type: 'NodePort' })).status).toBe(200)
  expect(server.store.resourceVersion).toBe(version)
  // One lets go, the other still holds it.
  expect(apply('two', service({})).body).toMatchObject({ spec: { type: 'NodePort' } })
})

test('asks for a field manager, and refuses fields that are not in the schema', () => {
  const { send, apply } = setUp()
  const headers = { 'content-type': 'application/apply-patch+yaml' }
  expect(send('PATCH', WEB, service({}), headers).body).toMatchObject({
    message: 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
  })
  const wrong = { prts: [], ports: [{ port: '80', prt: 1 }], type: 5 }
  expect(apply('me', service(wrong))).toMatchObject({
    status: 500,
    body: {
      message: `failed to create typed patch object (default/web; /v1, Kind=Service): errors:
  .spec.prts: field not declared in schema
  .spec.ports[port="80",protocol="TCP"].port: expected numeric (int or float), got string
  .spec.ports[port="80",protocol="TCP"].prt: field not declared in schema
  .spec.type: expected string, got &value.valueUnstructured{Value:5}`,
    },
  })
})
