import { expect, test } from 'vitest'
import type { SubresourceHandler } from './subresource.ts'
import { createTestServer } from './testing/test-server.ts'

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json'
const logs: SubresourceHandler = {
  resource: 'services',
  subresource: 'log',
  methods: ['GET'],
  handle: ({ name, query }) => ({ body: `log of ${name} since ${query.get('since')}`, contentType: 'text/plain' }),
}

test('discovery names groups, resources, short names and subresources', () => {
  const { send } = createTestServer({ subresources: [logs] })
  expect(send('GET', '/api').body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] })
  expect(send('GET', '/apis').body).toMatchObject({
    kind: 'APIGroupList',
    groups: [{ name: 'apps', preferredVersion: { groupVersion: 'apps/v1', version: 'v1' } }],
  })
  expect(send('GET', '/api/v1').body).toMatchObject({
    groupVersion: 'v1',
    resources: expect.arrayContaining([
      expect.objectContaining({ name: 'services', singularName: 'service', namespaced: true, shortNames: ['svc'] }),
      expect.objectContaining({ name: 'services/log', verbs: ['get'] }),
      expect.objectContaining({ name: 'services/status', verbs: ['get', 'patch', 'update'] }),
    ]),
  })
  expect(send('GET', '/apis/apps/v1').body).toMatchObject({
    resources: expect.arrayContaining([
      expect.objectContaining({ name: 'deployments/scale', group: 'autoscaling', version: 'v1', kind: 'Scale' }),
    ]),
  })
})

test('aggregated discovery tells the same in one answer', () => {
  const { send } = createTestServer()
  const core = send('GET', '/api', undefined, { accept: AGGREGATED })
  expect(core.headers['content-type']).toBe('application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList')
  expect(core.body).toMatchObject({ items: [{ versions: [{ version: 'v1', freshness: 'Current' }] }] })
  const old = send('GET', '/apis', undefined, { accept: AGGREGATED.split(',').slice(1).join(',') })
  expect(old.body).toMatchObject({
    apiVersion: 'apidiscovery.k8s.io/v2beta1',
    items: [
      { metadata: { name: 'apps' }, versions: [{ resources: [{ resource: 'deployments', scope: 'Namespaced' }] }] },
    ],
  })
})

test('contributed subresources answer, and only for objects that exist and methods they know', () => {
  const { send } = createTestServer({ subresources: [logs] })
  send('POST', '/api/v1/namespaces/default/services', { metadata: { name: 'web' } })
  expect(send('GET', '/api/v1/namespaces/default/services/web/log?since=5')).toMatchObject({
    status: 200,
    headers: { 'content-type': 'text/plain' },
    body: 'log of web since 5',
  })
  expect(send('GET', '/api/v1/namespaces/default/services/nope/log').status).toBe(404)
  expect(send('POST', '/api/v1/namespaces/default/services/web/log').status).toBe(405)
})

test('OpenAPI v3 has a document a group with schemas, enumerations and what writes accept', () => {
  const { send } = createTestServer()
  const { paths } = send('GET', '/openapi/v3').body as { paths: Record<string, { serverRelativeURL: string }> }
  expect(Object.keys(paths)).toEqual(['api/v1', 'apis/apps/v1'])
  const document = send('GET', '/openapi/v3/api/v1').body as {
    components: { schemas: Record<string, { properties: Record<string, object> }> }
    paths: Record<string, { patch: { parameters: { name: string }[] } }>
  }
  expect(document.components.schemas['io.k8s.api.core.v1.ServiceSpec']?.properties.type).toMatchObject({
    enum: ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'],
  })
  const patch = document.paths['/api/v1/namespaces/{namespace}/services/{name}']?.patch
  expect(patch?.parameters.map(({ name }) => name)).toContain('fieldValidation')
  expect(send('GET', '/openapi/v3/apis/nope/v1').status).toBe(404)
})

test('every reference in an OpenAPI document leads somewhere', () => {
  const { send } = createTestServer()
  for (const [path, prefix] of [
    ['/openapi/v3/api/v1', '#/components/schemas/'],
    ['/openapi/v3/apis/apps/v1', '#/components/schemas/'],
    ['/openapi/v2', '#/definitions/'],
  ] as const) {
    const text = JSON.stringify(send('GET', path).body)
    const document = JSON.parse(text) as { components?: { schemas: object }; definitions?: object }
    const known = new Set(Object.keys(document.components?.schemas ?? document.definitions ?? {}))
    const asked = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '')
    expect(asked.filter((one) => !known.has(one.slice(prefix.length)))).toEqual([])
  }
})

test('OpenAPI v2 is there in protobuf, too', () => {
  const { send } = createTestServer()
  const accept = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf'
  const { body } = send('GET', '/openapi/v2', undefined, { accept })
  // Field 1, a string of three bytes: the swagger version.
  expect([...(body as Uint8Array).slice(0, 5)]).toEqual([10, 3, 50, 46, 48])
})

test('health and version', () => {
  const { send } = createTestServer()
  expect(send('GET', '/readyz').body).toBe('ok')
  expect(send('GET', '/livez?verbose').body).toContain('livez check passed')
  expect(send('GET', '/version').body).toMatchObject({ gitVersion: 'v1.36.2' })
})

test.each([
  ['GET', '/api/v1/nosuch', {}, 404],
  ['GET', '/apis/nosuch/v1/things', {}, 404],
  ['GET', '/nosuch', {}, 404],
  ['GET', '/api/v1/namespaces/default/namespaces', {}, 404],
  ['GET', '/api/v1/services/web', {}, 404],
  ['PUT', '/api/v1/namespaces/default/services', {}, 405],
  ['POST', '/api/v1/services', {}, 405],
  ['GET', '/api/v1/services', { accept: 'text/html' }, 406],
  ['POST', '/api/v1/namespaces/default/services', { 'content-type': 'text/html' }, 415],
] as const)('%s %s %j: %i', (method, path, headers, status) => {
  const { send } = createTestServer()
  expect(send(method, path, '{}', headers)).toMatchObject({ status, body: { kind: 'Status', code: status } })
})

test('a Table holds cells and, as asked, objects', () => {
  const { send } = createTestServer()
  send('POST', '/api/v1/namespaces/default/services', { metadata: { name: 'web' } })
  const accept = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' }
  const rows = (query: string) =>
    (send('GET', `/api/v1/services?${query}`, undefined, accept).body as { rows: { object?: { kind: string } }[] }).rows
  expect(rows('')).toMatchObject([{ cells: ['web', 'ClusterIP', '0s'], object: { kind: 'PartialObjectMetadata' } }])
  expect(rows('includeObject=Object')[0]?.object?.kind).toBe('Service')
  expect(rows('includeObject=None')[0]?.object).toBeUndefined()
})
