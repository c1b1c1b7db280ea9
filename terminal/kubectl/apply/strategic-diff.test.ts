import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../emulator/index.ts'
import type { Schema, SchemaDocument } from '../api/openapi.ts'
import { threeWayPatch, twoWayPatch } from './strategic-diff.ts'

const list = (mergeKey: string): Schema => ({
  type: 'array',
  'x-kubernetes-patch-merge-key': mergeKey,
  'x-kubernetes-patch-strategy': 'merge',
  items: {
    type: 'object',
    properties: {
      env: {
        type: 'array',
        items: { type: 'object' },
        'x-kubernetes-patch-merge-key': 'name',
        'x-kubernetes-patch-strategy': 'merge',
      },
    },
  },
})
const document: SchemaDocument = {
  root: {
    properties: {
      ports: list('port'),
      containers: list('name'),
      strategy: { type: 'object', 'x-kubernetes-patch-strategy': 'retainKeys' },
      args: { type: 'array', items: { type: 'string' } },
    },
  },
  resolve: (schema) => schema,
  strategic: true,
  nameOf: () => undefined,
}

describe('strategic merge patches', () => {
  it('say nothing where nothing changed', () => {
    const object = { ports: [{ port: 80 }], a: { b: 1 } }
    expect(threeWayPatch(object, object, { ...object, status: {} }, document)).toEqual({})
  })

  it('keep what others added and delete what was applied before', () => {
    const original = { labels: { a: '1', gone: 'x' } }
    const modified = { labels: { a: '2' } }
    const current = { labels: { a: '1', gone: 'x', added: 'y' }, status: 1 }
    expect(threeWayPatch(original, modified, current, document)).toEqual({ labels: { a: '2', gone: null } })
  })

  it('name list elements by their merge key', () => {
    const original = { ports: [{ port: 80, name: 'a' }] }
    const modified = { ports: [{ port: 8080, name: 'a' }] }
    const current = { ports: [{ port: 80, name: 'a', protocol: 'TCP' }] }
    expect(threeWayPatch(original, modified, current, document)).toEqual({
      '$setElementOrder/ports': [{ port: 8080 }],
      ports: [
        { port: 8080, name: 'a' },
        { $patch: 'delete', port: 80 },
      ],
    })
  })

  it('go down into elements', () => {
    const first = { name: 'c', image: 'a', env: [{ name: 'X', value: '1' }] }
    const before = { containers: [first, { name: 'd' }] as JsonValue[] }
    const after = { containers: [{ name: 'c', image: 'b', env: [] }, { name: 'd' }] as JsonValue[] }
    expect(twoWayPatch(before, after, document)).toEqual({
      '$setElementOrder/containers': [{ name: 'c' }, { name: 'd' }],
      containers: [{ name: 'c', image: 'b', '$setElementOrder/env': [], env: [{ $patch: 'delete', name: 'X' }] }],
    })
  })

  it('replace lists without a merge key and retain the keys of unions', () => {
    expect(twoWayPatch({ args: ['a', 'b'] }, { args: ['a'] }, document)).toEqual({ args: ['a'] })
    const before = { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } }
    expect(twoWayPatch(before, { strategy: { type: 'Recreate' } }, document)).toEqual({
      strategy: { $retainKeys: ['type'], type: 'Recreate', rollingUpdate: null },
    })
  })
})

it('are merge patches where the server takes no others: lists are one value, and what only defaults have stays', () => {
  const custom = { ...document, strategic: false }
  const original = { spec: { gone: 1, list: [{ a: 1 }], kept: { x: 1 } } }
  const modified = { spec: { list: [{ a: 1 }], kept: { x: 2 } } }
  const live = { spec: { gone: 1, list: [{ a: 1, defaulted: true }], kept: { x: 1, y: 1 }, more: 1 } }
  expect(threeWayPatch(original, modified, live, custom)).toEqual({
    spec: { gone: null, list: [{ a: 1 }], kept: { x: 2 } },
  })
})
