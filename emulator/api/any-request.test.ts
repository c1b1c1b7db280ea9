import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTestServer } from './testing/test-server.ts'

const word = fc.constantFrom(
  'api',
  'apis',
  'v1',
  'apps',
  'namespaces',
  'default',
  'services',
  'web',
  'status',
  'scale',
  '%',
  '..',
  '__proto__',
  'constructor',
  '',
)
const path = fc.oneof(
  fc.array(word, { maxLength: 7 }).map((parts) => `/${parts.join('/')}`),
  fc.constantFrom(
    '/api/v1/namespaces/default/services',
    '/api/v1/namespaces/default/services/web',
    '/api/v1/namespaces/default/services/web/status',
    '/apis/apps/v1/namespaces/default/deployments/web/scale',
    '/api/v1/namespaces/default',
  ),
)
const query = fc.dictionary(
  fc.constantFrom(
    'watch',
    'limit',
    'continue',
    'labelSelector',
    'fieldSelector',
    'dryRun',
    'fieldValidation',
    'force',
    'fieldManager',
    'resourceVersion',
    'timeoutSeconds',
    'gracePeriodSeconds',
    'propagationPolicy',
    'sendInitialEvents',
    '__proto__',
  ),
  fc.oneof(fc.constantFrom('true', '1', '-1', 'All', 'a=b', 'x'), fc.string()),
)
const headers = fc.record(
  {
    accept: fc.oneof(
      fc.string(),
      fc.constant('application/json;as=Table;v=v1;g=meta.k8s.io'),
      fc.constant('application/yaml'),
    ),
    'content-type': fc.constantFrom(
      'application/json',
      'application/yaml',
      'application/json-patch+json',
      'application/merge-patch+json',
      'application/strategic-merge-patch+json',
      'application/apply-patch+yaml',
      'x',
    ),
  },
  { requiredKeys: [] },
)
const name = fc.constantFrom(
  'apiVersion',
  'kind',
  'metadata',
  'spec',
  'status',
  'name',
  'generateName',
  'labels',
  'finalizers',
  'ownerReferences',
  'managedFields',
  'ports',
  'port',
  'selector',
  'template',
  '$patch',
  '$setElementOrder/ports',
  '$deleteFromPrimitiveList/finalizers',
  '$retainKeys',
  'op',
  'path',
  '__proto__',
)
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>('web', 'v1', 'Service', 80, null, true, 'delete', 'add', '/spec'),
    fc.jsonValue({ maxDepth: 1 }),
    fc.dictionary(name, tie('any'), { maxKeys: 5 }),
    fc.array(tie('any'), { maxLength: 3 }),
  ),
})).any
const body = fc.oneof(
  fc.string(),
  value.map((one) => JSON.stringify(one)),
  fc.constant(undefined),
)

test('any request gets an answer, and a failure is a Status', () => {
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE' as const)
  fc.assert(
    fc.property(fc.array(fc.record({ method, path, query, headers, body }), { maxLength: 6 }), (requests) => {
      const { server, send } = createTestServer()
      send('POST', '/api/v1/namespaces/default/services', {
        metadata: { name: 'web' },
        spec: { ports: [{ port: 80 }] },
      })
      send('POST', '/apis/apps/v1/namespaces/default/deployments', { metadata: { name: 'web' }, spec: { replicas: 1 } })
      for (const { body: text, ...request } of requests) {
        const answer = server.handle({ ...request, ...(text !== undefined && { body: text }) })
        if (answer.status >= 400) expect(answer.body).toMatchObject({ kind: 'Status', code: answer.status })
        answer.stream?.subscribe(
          () => {},
          () => {},
        )()
      }
      // Whatever was stored can be kept and read again.
      expect(JSON.parse(JSON.stringify(server.store.snapshot()))).toBeDefined()
    }),
    { numRuns: 1500 },
  )
})
