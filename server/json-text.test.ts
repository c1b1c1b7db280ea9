import { expect, test } from 'vitest'
import { createCluster } from '../emulator/index.ts'
import { createJsonText } from './json-text.ts'

const START = Date.UTC(2026, 10, 21)

test('writes what JSON.stringify writes, also after a change', () => {
  const cluster = createCluster({ seed: 'json text', startTime: START })
  const post = (path: string, object: object) =>
    cluster.request({ method: 'POST', path, headers: {}, body: JSON.stringify(object) })
  const text = createJsonText()
  const state = () => ({ version: 1, snapshot: cluster.snapshot(), terminals: [{ id: 1, scrollback: 'ü' }] })
  for (let i = 0; i < 250; i++) post('/api/v1/namespaces/default/configmaps', { metadata: { name: `c${i}` } })
  expect(text(state())).toBe(JSON.stringify(state()))
  post('/api/v1/namespaces/default/pods', {
    metadata: { name: 'web' },
    spec: { containers: [{ name: 'web', image: 'nginx' }] },
  })
  cluster.request({ method: 'DELETE', path: '/api/v1/namespaces/default/configmaps/c7' })
  cluster.run(30_000)
  expect(text(state())).toBe(JSON.stringify(state()))
})

test('writes lists and Tables of many as JSON.stringify does, before and after they changed', () => {
  const cluster = createCluster({ seed: 'json text', startTime: START })
  const text = createJsonText()
  const path = '/api/v1/namespaces/default/configmaps'
  for (let i = 0; i < 250; i++)
    cluster.request({ method: 'POST', path, headers: {}, body: JSON.stringify({ metadata: { name: `c${i}` } }) })
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io'
  const bodies = () =>
    [{ accept: 'application/json' }, { accept }].map(
      (headers) => cluster.request({ method: 'GET', path, headers }).body as object,
    )
  for (const body of bodies()) expect(text(body)).toBe(JSON.stringify(body))
  cluster.request({ method: 'DELETE', path: `${path}/c9` })
  for (const body of bodies()) expect(text(body)).toBe(JSON.stringify(body))
})

test('leaves out what is undefined, keeps null', () => {
  const text = createJsonText()
  expect(text({ a: undefined, b: null, c: { d: [undefined], e: undefined } })).toBe('{"b":null,"c":{"d":[null]}}')
})
