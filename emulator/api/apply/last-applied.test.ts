import { expect, test } from 'vitest'
import { createTestServer } from '../testing/test-server.ts'

const LAST = 'kubectl.kubernetes.io/last-applied-configuration'
const COLLECTION = '/api/v1/namespaces/default/configmaps'

/** A ConfigMap as a client-side apply leaves it; `live` is what somebody made of its data since. */
function lab(data: Record<string, string>, live = data) {
  const { server } = createTestServer()
  const lastApplied = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data })
  const send = (method: 'POST' | 'PATCH', path: string, query: Record<string, string>, type: string, body: object) =>
    server.handle({ method, path, query, headers: { 'content-type': type }, body: JSON.stringify(body) })
  send('POST', COLLECTION, { fieldManager: 'kubectl-client-side-apply' }, 'application/json', {
    metadata: { name: 'web', annotations: { [LAST]: lastApplied } },
    data: live,
  })
  return (fieldManager: string, wanted: Record<string, string>) =>
    send('PATCH', `${COLLECTION}/web`, { fieldManager }, 'application/apply-patch+yaml', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'web' },
      data: wanted,
    }).body
}

test('kubectl may change what it applied before, and the annotation follows', () => {
  const answer = lab({ a: '1' })('kubectl', { a: '2' })
  expect(answer).toMatchObject({
    data: { a: '2' },
    metadata: {
      annotations: { [LAST]: '{"apiVersion":"v1","data":{"a":"2"},"kind":"ConfigMap","metadata":{"name":"web"}}\n' },
    },
  })
})

test.each([
  ['another manager', 'flux', { a: '1' }],
  ['a field that somebody has changed since', 'kubectl', { a: '3' }],
])('%s meets a conflict', (_name, manager, live) => {
  expect(lab({ a: '1' }, live)(manager, { a: '2' })).toMatchObject({
    message: 'Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using v1: .data.a',
  })
})
