/** What queries may not ask for, and bodies that are none, each with its message. */
import { expect, test } from 'vitest'
import { alwaysAllow } from './authorizer.ts'
import { createTestServer } from './testing/test-server.ts'
import type { ApiRequest } from './types.ts'

const PATH = '/api/v1/namespaces/default/configmaps'
const HEAD = 'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }'

function ask(method: ApiRequest['method'], query: Record<string, string>, body?: string, type = 'application/json') {
  const { server } = createTestServer()
  const path = method === 'GET' || method === 'POST' ? PATH : `${PATH}/web`
  const answer = server.handle({
    method,
    path,
    query,
    headers: { 'content-type': type },
    ...(body !== undefined && { body }),
  })
  return (answer.body as { message?: string }).message
}

test.each<[ApiRequest['method'], Record<string, string>, string]>([
  [
    'POST',
    { fieldValidation: 'Some' },
    'CreateOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: "Some": supported values: "", "Ignore", "Strict", "Warn"',
  ],
  [
    'PUT',
    { dryRun: 'Some' },
    'UpdateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"',
  ],
  [
    'POST',
    { fieldManager: 'm'.repeat(129) },
    'CreateOptions.meta.k8s.io "" is invalid: fieldManager: Too long: may not be more than 128 bytes',
  ],
  [
    'PATCH',
    { force: 'true' },
    'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
  ],
  [
    'GET',
    { resourceVersionMatch: 'Exact' },
    'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
  ],
  [
    'GET',
    { resourceVersionMatch: 'Exact', resourceVersion: '0' },
    'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
  ],
  [
    'GET',
    { watch: 'true', sendInitialEvents: 'true' },
    'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
  ],
  [
    'GET',
    { sendInitialEvents: 'true' },
    'ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list',
  ],
])('%s with %j', (method, query, message) => {
  expect(
    ask(
      method,
      query,
      method === 'GET' ? undefined : '{}',
      method === 'PATCH' ? 'application/merge-patch+json' : undefined,
    ),
  ).toBe(message)
})

test.each([
  ['', "couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)"],
  ['{"kind":', `couldn't get version/kind; json parse error: unexpected end of JSON input ({"kind":)`],
  [
    '[]',
    `couldn't get version/kind; json parse error: json: cannot unmarshal array into Go value of type ${HEAD} (5b5d)`,
  ],
])('a body of %j', (body, why) => {
  expect(ask('POST', {}, body)).toBe(`the object provided is unrecognized (must be of type ConfigMap): ${why}`)
})

test('an object that etcd would not take is not stored', () => {
  const { server } = createTestServer()
  const data = { text: 'x'.repeat(1_600_000) }
  const body = JSON.stringify({ metadata: { name: 'web' }, data })
  const answer = server.handle({ method: 'POST', path: PATH, headers: { 'content-type': 'application/json' }, body })
  expect(answer).toMatchObject({ status: 500, body: { message: 'etcdserver: request is too large' } })
  expect(server.handle({ method: 'GET', path: `${PATH}/web` }).status).toBe(404)
})

test.each([
  [
    '{"propagationPolicy":"Later"}',
    'propagationPolicy: Unsupported value: "Later": supported values: "Foreground", "Background", "Orphan", "nil"',
  ],
  [
    '{"propagationPolicy":"Orphan","orphanDependents":true}',
    'propagationPolicy: Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set',
  ],
])('DELETE with %s', (body, why) => {
  expect(ask('DELETE', {}, body)).toBe(`DeleteOptions.meta.k8s.io "" is invalid: ${why}`)
})

test.each([
  [{ limit: 'x' }, 'strconv.ParseInt: parsing "x": invalid syntax'],
  [{ timeoutSeconds: 'x' }, 'strconv.ParseInt: parsing "x": invalid syntax'],
  [
    { continue: 'abc' },
    "invalid continue token: continue key is not valid: invalid character 'i' looking for beginning of value",
  ],
  [{ continue: '%' }, 'invalid continue token: continue key is not valid: illegal base64 data at input byte 0'],
  [
    { continue: btoa('{}').replaceAll('=', '') },
    'invalid continue token: continue key is not valid: server does not recognize this encoded version ',
  ],
  [
    { continue: btoa('{"v":"meta.k8s.io/v1","rv":4,"start":"a"}').replaceAll('=', ''), resourceVersion: '4' },
    'specifying resource version is not allowed when using continue',
  ],
])('lists: %j', (query, message) => {
  expect(ask('GET', query)).toBe(message)
})

test('whatever makes a list a watch asks for leave to watch', () => {
  const asked: string[] = []
  const { server } = createTestServer({
    authorizer: {
      ...alwaysAllow,
      authorize: (attributes) => {
        asked.push(attributes.verb)
        return alwaysAllow.authorize(attributes)
      },
    },
  })
  for (const watch of ['', 'true', 'yes', '1', 'false', '0'])
    server.handle({ method: 'GET', path: PATH, query: { watch } })
  expect(asked).toEqual(['watch', 'watch', 'watch', 'watch', 'list', 'list'])
})
