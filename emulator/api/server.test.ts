import { expect, test } from 'vitest'
import { createTestServer, services } from './testing/test-server.ts'

const SERVICES = '/api/v1/namespaces/default/services'
const web = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } }

test('creates, gets, lists, replaces and deletes an object', () => {
  const { send } = createTestServer()
  const created = send('POST', SERVICES, web)
  expect(created.status).toBe(201)
  expect(created.body).toMatchObject({
    metadata: { name: 'web', namespace: 'default', creationTimestamp: '2026-11-20T10:00:00Z', resourceVersion: '2' },
    spec: { type: 'ClusterIP' },
  })
  expect(send('GET', `${SERVICES}/web`).body).toEqual(created.body)
  expect(send('GET', '/api/v1/services').body).toMatchObject({
    kind: 'ServiceList',
    metadata: { resourceVersion: '2' },
    items: [created.body],
  })
  const changed = { ...web, spec: { ports: [{ port: 81 }] } }
  expect(send('PUT', `${SERVICES}/web`, changed).body).toMatchObject({ metadata: { resourceVersion: '3' } })
  expect(send('DELETE', `${SERVICES}/web`).body).toMatchObject({ status: 'Success', details: { name: 'web' } })
  expect(send('GET', `${SERVICES}/web`)).toMatchObject({
    status: 404,
    body: { message: 'services "web" not found', reason: 'NotFound' },
  })
})

test('refuses an update that was made from an older version', () => {
  const { send } = createTestServer()
  const first = send('POST', SERVICES, web).body as { metadata: object }
  send('PUT', `${SERVICES}/web`, { ...web, spec: { ports: [{ port: 81 }] } })
  const late = send('PUT', `${SERVICES}/web`, first)
  expect(late).toMatchObject({
    status: 409,
    body: {
      message:
        'Operation cannot be fulfilled on services "web": the object has been modified; please apply your changes to the latest version and try again',
    },
  })
})

test('an update that changes nothing writes nothing', () => {
  const { send, server } = createTestServer()
  const first = send('POST', SERVICES, web).body
  const version = server.store.resourceVersion
  expect(send('PUT', `${SERVICES}/web`, web).body).toEqual(first)
  expect(server.store.resourceVersion).toBe(version)
})

test('a client in the process sees typed objects and the same rules', () => {
  const { client } = createTestServer()
  client.create(services, { metadata: { name: 'a', namespace: 'default', labels: { app: 'x' } }, spec: {} })
  expect(client.list(services, { labels: 'app in (x,y)' }).map((one) => one.spec?.type)).toEqual(['ClusterIP'])
  expect(() => client.create(services, { metadata: { name: 'a', namespace: 'default' } })).toThrow(
    'services "a" already exists',
  )
})
