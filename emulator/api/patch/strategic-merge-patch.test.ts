import fc from 'fast-check'
import { expect, test } from 'vitest'
import { strategicMerge } from './strategic-merge-patch.ts'

const merge = (original: object, patch: object, model = 'ServiceSpec') =>
  strategicMerge({ ...original }, { ...patch }, model)

test('merges lists by their key; what the patch names comes first unless the server knows better', () => {
  const original = { ports: [{ port: 80, targetPort: 8080 }, { port: 443 }] }
  expect(merge(original, { ports: [{ port: 80, targetPort: 9090 }] })).toEqual({
    ports: [{ port: 80, targetPort: 9090 }, { port: 443 }],
  })
  expect(merge(original, { ports: [{ port: 81 }] })).toEqual({
    ports: [{ port: 81 }, { port: 80, targetPort: 8080 }, { port: 443 }],
  })
})

test('replaces lists without a merge key, and removes what is null', () => {
  expect(merge({ externalIPs: ['a', 'b'], type: 'NodePort' }, { externalIPs: ['c'], type: null })).toEqual({
    externalIPs: ['c'],
  })
})

test('merges sets of values and deletes from them', () => {
  expect(merge({ finalizers: ['a/x'] }, { finalizers: ['b/y'] }, 'ObjectMeta')).toEqual({ finalizers: ['b/y', 'a/x'] })
  expect(
    merge({ finalizers: ['a/x', 'b/y'] }, { '$deleteFromPrimitiveList/finalizers': ['a/x'] }, 'ObjectMeta'),
  ).toEqual({ finalizers: ['b/y'] })
})

test('$patch: delete takes one item out, $patch: replace takes the list or the map over', () => {
  const original = { ports: [{ port: 80 }, { port: 443 }], selector: { a: 'b' } }
  expect(merge(original, { ports: [{ $patch: 'delete', port: 80 }] })).toMatchObject({ ports: [{ port: 443 }] })
  expect(merge(original, { ports: [{ port: 1 }, { $patch: 'replace' }] })).toMatchObject({ ports: [{ port: 1 }] })
  expect(merge(original, { selector: { $patch: 'replace', c: 'd' } })).toMatchObject({ selector: { c: 'd' } })
})

test('$setElementOrder orders what it names', () => {
  const original = { ports: [{ port: 80 }, { port: 443 }, { port: 9000 }] }
  const patch = {
    '$setElementOrder/ports': [{ port: 443 }, { port: 81 }, { port: 80 }],
    ports: [{ port: 81, name: 'new' }],
  }
  expect(merge(original, patch)).toEqual({
    ports: [{ port: 443 }, { port: 81, name: 'new' }, { port: 80 }, { port: 9000 }],
  })
})

test('$retainKeys drops what the new strategy does not use', () => {
  const original = { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } }
  const patch = { strategy: { $retainKeys: ['type'], type: 'Recreate' } }
  expect(merge(original, patch, 'DeploymentSpec')).toEqual({ strategy: { type: 'Recreate' } })
})

test('an item without its merge key is refused in the words of the server', () => {
  expect(() => merge({ ports: [{ port: 80 }] }, { ports: [{ name: 'x', nodePort: 1 }] })).toThrow(
    'map: map[name:x nodePort:1] does not contain declared merge key: port',
  )
})

test('applying a patch of ports twice is applying it once', () => {
  const ports = fc.uniqueArray(fc.record({ port: fc.integer({ min: 1, max: 9 }), name: fc.string({ maxLength: 2 }) }), {
    selector: ({ port }) => port,
  })
  fc.assert(
    fc.property(ports, ports, (before, patch) => {
      const once = merge({ ports: before }, { ports: patch })
      expect(merge(once, { ports: patch })).toEqual(once)
      expect(once.ports).toHaveLength(new Set([...before, ...patch].map(({ port }) => port)).size)
    }),
  )
})
