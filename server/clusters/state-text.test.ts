import { expect, test } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { createStateText } from './state-text.ts'

const START = Date.UTC(2026, 10, 21)

test('writes what JSON.stringify writes, also after a change', () => {
  const cluster = createCluster({ seed: 'state text', startTime: START })
  const post = (path: string, object: object) =>
    cluster.request({ method: 'POST', path, headers: {}, body: JSON.stringify(object) })
  const text = createStateText()
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

test('leaves out what is undefined, keeps null', () => {
  const text = createStateText()
  expect(text({ a: undefined, b: null, c: { d: [undefined], e: undefined } })).toBe('{"b":null,"c":{"d":[null]}}')
})
