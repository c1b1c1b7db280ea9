import { expect, test } from 'vitest'
import { inGoOrder } from './go-order.ts'

test('an object begins with what it is, and its metadata with its name', () => {
  const object = {
    status: {},
    spec: { b: 1, a: 2 },
    metadata: { resourceVersion: '1', name: 'web', namespace: 'default' },
    apiVersion: 'v1',
    kind: 'Pod',
  }
  const text =
    '{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"default","resourceVersion":"1"},"spec":{"b":1,"a":2},"status":{}}'
  expect(JSON.stringify(inGoOrder(object))).toBe(text)
  expect(JSON.stringify(inGoOrder({ type: 'ADDED', object }))).toBe(`{"type":"ADDED","object":${text}}`)
})

test('objects of a list are ordered, too, and a Status stays as it is', () => {
  const list = { metadata: {}, items: [{ data: {}, metadata: { uid: 'u', name: 'a' } }], apiVersion: 'v1', kind: 'L' }
  expect(JSON.stringify(inGoOrder(list))).toBe(
    '{"kind":"L","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"a","uid":"u"},"data":{}}]}',
  )
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', code: 404 }
  expect(JSON.stringify(inGoOrder(status))).toBe(JSON.stringify(status))
  expect(inGoOrder('text')).toBe('text')
})
