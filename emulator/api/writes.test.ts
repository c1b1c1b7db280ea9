import { expect, test } from 'vitest'
import { createTestServer } from './testing/test-server.ts'

const SERVICES = '/api/v1/namespaces/default/services'
const MERGE = { 'content-type': 'application/merge-patch+json' }
const STRATEGIC = { 'content-type': 'application/strategic-merge-patch+json' }
const message = (answer: { body: unknown }) => (answer.body as { message: string }).message
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } }

test('unknown fields are refused, warned of or ignored', () => {
  const { send } = createTestServer()
  const typo = { ...service, spec: { types: 'NodePort', ports: [{ port: 80, targetport: 80 }] } }
  expect(message(send('POST', `${SERVICES}?fieldValidation=Strict`, typo))).toBe(
    'Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.types", unknown field "spec.ports[0].targetport"',
  )
  expect(send('POST', `${SERVICES}?fieldValidation=Warn&dryRun=All`, typo).warnings).toEqual([
    'unknown field "spec.types"',
    'unknown field "spec.ports[0].targetport"',
  ])
  expect(send('POST', `${SERVICES}?fieldValidation=Ignore`, typo)).toMatchObject({ status: 201, warnings: [] })
})

test('a field given twice is a strict error', () => {
  const { send } = createTestServer()
  const text = '{"metadata":{"name":"a"},"spec":{"type":"NodePort","type":"ClusterIP"}}'
  expect(message(send('POST', `${SERVICES}?fieldValidation=Strict`, text))).toContain(
    'strict decoding error: duplicate field "spec.type"',
  )
})

test('a body may be YAML', () => {
  const { send } = createTestServer()
  const yaml = 'metadata: {name: web}\nspec:\n  ports:\n  - port: 80\n'
  expect(send('POST', SERVICES, yaml, { 'content-type': 'application/yaml' }).status).toBe(201)
  const accept = { accept: 'application/yaml' }
  expect(send('GET', `${SERVICES}/web`, undefined, accept).body).toContain('name: web')
})

test('YAML that grows without measure when written out is refused', () => {
  const { send } = createTestServer()
  const bomb = [
    'a: &a [x]',
    ...'bcdefghi'.split('').map((name, i) => {
      const before = 'abcdefgh'[i]
      return `${name}: &${name} [${Array(10).fill(`*${before}`).join(', ')}]`
    }),
  ].join('\n')
  expect(send('POST', SERVICES, bomb, { 'content-type': 'application/yaml' }).status).toBe(400)
})

test.each([
  [
    { ...service, kind: 'service' },
    'service in version "v1" cannot be handled as a Service: no kind "service" is registered for version "v1" in scheme "pkg/api/legacyscheme/scheme.go:30"',
  ],
  [{ ...service, apiVersion: 'v2' }, 'the API version in the data (v2) does not match the expected API version (v1)'],
  [
    { ...service, metadata: { name: 'web', namespace: 'other' } },
    'the namespace of the provided object does not match the namespace sent on the request',
  ],
  [
    { ...service, metadata: {} },
    'Service "" is invalid: metadata.name: Required value: name or generateName is required',
  ],
  [
    { ...service, spec: { ports: [{ port: 0 }] } },
    'Service "web" is invalid: spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
  ],
  [
    { ...service, metadata: { name: 'web', labels: { 'bad key': '1' } } },
    `Service "web" is invalid: metadata.labels: Invalid value: "bad key": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
  ],
])('refuses %j', (object, expected) => {
  const { send } = createTestServer()
  expect(message(send('POST', SERVICES, object))).toBe(expected)
})

test('generated names are new, and uids and times are the server’s own', () => {
  const { send } = createTestServer()
  const make = () =>
    send('POST', SERVICES, {
      metadata: { generateName: 'web-', uid: 'mine', creationTimestamp: '2000-01-01T00:00:00Z' },
    }).body as { metadata: { name: string; uid: string; creationTimestamp: string } }
  const [one, two] = [make(), make()]
  expect(one.metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/)
  expect(two.metadata.name).not.toBe(one.metadata.name)
  expect(one.metadata.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(one.metadata.creationTimestamp).toBe('2026-11-20T10:00:00Z')
})

test('a dry run answers as the real thing and stores nothing', () => {
  const { send, server } = createTestServer()
  const before = server.store.snapshot()
  expect(send('POST', `${SERVICES}?dryRun=All`, service).body).toMatchObject({ spec: { type: 'ClusterIP' } })
  expect(server.store.snapshot()).toEqual(before)
  expect(message(send('POST', `${SERVICES}?dryRun=maybe`, service))).toBe(
    'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["maybe"]: supported values: "All"',
  )
})

test('spec changes make a new generation; metadata and status do not', () => {
  const { send } = createTestServer()
  const path = '/apis/apps/v1/namespaces/default/deployments'
  send('POST', path, { metadata: { name: 'web' }, spec: { replicas: 1 } })
  const generation = (suffix: string, patch: object) =>
    (send('PATCH', `${path}/web${suffix}`, patch, MERGE).body as { metadata: { generation: number } }).metadata
      .generation
  expect(generation('', { spec: { replicas: 2 } })).toBe(2)
  expect(generation('', { metadata: { labels: { a: 'b' } } })).toBe(2)
  expect(generation('/status', { spec: { replicas: 9 }, status: { replicas: 2 } })).toBe(2)
  expect(send('GET', `${path}/web`).body).toMatchObject({ spec: { replicas: 2 }, status: { replicas: 2 } })
  expect(generation('', { status: { replicas: 7 } })).toBe(2)
  expect(send('GET', `${path}/web`).body).toMatchObject({ status: { replicas: 2 } })
})

test('the scale subresource reads and writes replicas', () => {
  const { send } = createTestServer()
  const path = '/apis/apps/v1/namespaces/default/deployments'
  send('POST', path, { metadata: { name: 'web' }, spec: { replicas: 1, selector: { matchLabels: { a: 'b' } } } })
  expect(send('GET', `${path}/web/scale`).body).toMatchObject({
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    spec: { replicas: 1 },
    status: { selector: 'a=b' },
  })
  send('PATCH', `${path}/web/scale`, { spec: { replicas: 4 } }, MERGE)
  send('PUT', `${path}/web/scale`, { metadata: { name: 'web' }, spec: { replicas: 5 } })
  expect(send('GET', `${path}/web`).body).toMatchObject({ spec: { replicas: 5 }, metadata: { generation: 3 } })
  expect(message(send('PATCH', `${path}/web/scale`, { spec: { replicas: -1 } }, MERGE))).toBe(
    'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
  )
})

test('patches that are no patches get the server’s words', () => {
  const { send } = createTestServer()
  send('POST', SERVICES, service)
  const path = `${SERVICES}/web`
  const json = { 'content-type': 'application/json-patch+json' }
  expect(send('PATCH', path, '{bad json', STRATEGIC)).toMatchObject({
    status: 400,
    body: { message: "invalid character 'b' looking for beginning of object key string" },
  })
  expect(send('PATCH', path, [{ op: 'remove', path: '/spec/nope' }], json)).toMatchObject({
    status: 422,
    body: { reason: 'Invalid', message: 'the server rejected our request due to an error in our request' },
  })
  expect(message(send('PATCH', path, { spec: { ports: [{ port: 'x' }] } }, STRATEGIC))).toBe(
    ' "" is invalid: patch: Invalid value: "map[spec:map[ports:[map[port:x]]]]": unrecognized type: int32',
  )
  expect(send('PATCH', path, {}, { 'content-type': 'text/plain' }).status).toBe(415)
  expect(send('PATCH', `${SERVICES}/nope`, {}, STRATEGIC).status).toBe(404)
})

test('a patch that names a resourceVersion is checked against it', () => {
  const { send } = createTestServer()
  send('POST', SERVICES, service)
  const stale = { metadata: { resourceVersion: '1', labels: { a: 'b' } } }
  expect(send('PATCH', `${SERVICES}/web`, stale, MERGE)).toMatchObject({ status: 409, body: { reason: 'Conflict' } })
})

test('owners follow what is written', () => {
  const { send } = createTestServer()
  send('POST', `${SERVICES}?fieldManager=one`, { ...service, metadata: { name: 'web', labels: { a: '1', b: '2' } } })
  const patch = { metadata: { labels: { b: '3' } } }
  const { metadata } = send('PATCH', `${SERVICES}/web?fieldManager=two`, patch, MERGE).body as {
    metadata: { managedFields: { manager: string; fieldsV1: { 'f:metadata': { 'f:labels': object } } }[] }
  }
  const labels = metadata.managedFields.map(({ manager, fieldsV1 }) => [manager, fieldsV1['f:metadata']['f:labels']])
  expect(labels).toEqual([
    ['one', { '.': {}, 'f:a': {} }],
    ['two', { 'f:b': {} }],
  ])
})

test.each([
  [{ name: 'other' }, 'the name of the object (other) does not match the name on the URL (web)'],
  [{}, 'the name of the object (web based on URL) was undeterminable: name must be provided'],
  [
    { name: 'web', namespace: 'other' },
    'the namespace of the object (other) does not match the namespace on the request (default)',
  ],
])('a replacement must be meant for its place: %j', (metadata, expected) => {
  const { send } = createTestServer()
  send('POST', SERVICES, service)
  expect(message(send('PUT', `${SERVICES}/web`, { ...service, metadata }))).toBe(expected)
})

test('a name that is taken, in an object whose name may be generated', () => {
  const { send } = createTestServer()
  const metadata = { name: 'web-a', generateName: 'web-' }
  send('POST', SERVICES, { ...service, metadata })
  const again = send('POST', SERVICES, { ...service, metadata })
  expect(message(again)).toBe(
    'services "web-a" already exists, the server was not able to generate a unique name for the object',
  )
  expect(again.body).toMatchObject({ reason: 'AlreadyExists', details: { retryAfterSeconds: 1 } })
})
