/** YAML bodies whose keys stand twice: strict, with warnings, and ignored. */
import { expect, test } from 'vitest'
import type { Status } from '../generated/types.ts'
import { testCluster } from '../testing/test-cluster.ts'

const BODY = 'metadata:\n  name: b\ndata:\n  x: "1"\n  y: "2"\n  x: "3"\n'

const post = (fieldValidation: string) =>
  testCluster().cluster.request({
    method: 'POST',
    path: '/api/v1/namespaces/default/configmaps',
    query: { fieldValidation },
    headers: { 'content-type': 'application/yaml' },
    body: BODY,
  })

const PROBLEM = 'yaml: unmarshal errors:\n  line 6: key "x" already set in map'

test('strict', () => {
  expect(post('Strict')).toMatchObject({ status: 400 })
  expect((post('Strict').body as Status).message).toBe(
    `ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: ${PROBLEM}`,
  )
})

test.each([
  ['Warn', [PROBLEM]],
  ['Ignore', []],
])('%s', (validation, warnings) => {
  const answer = post(validation)
  expect(answer).toMatchObject({ status: 201, body: { data: { x: '3', y: '2' } }, warnings })
})
