import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StoredEvent } from './history.ts'
import { createStore, objectKey, type Store } from './store.ts'
import type { KubeObject } from './types.ts'

const pod = (namespace: string, name: string, label = ''): KubeObject => ({
  kind: 'Pod',
  metadata: { namespace, name, labels: { label } },
})
const put = (store: Store, object: KubeObject) =>
  store.put('pods', objectKey(object.metadata?.namespace, object.metadata?.name ?? ''), object)
const names = (objects: readonly KubeObject[]) =>
  objects.map((one) => `${one.metadata?.namespace}/${one.metadata?.name}`)

test('keeps objects in key order, frozen, each write with a version of its own', () => {
  const store = createStore()
  put(store, pod('b', 'x'))
  put(store, pod('a', 'z'))
  const last = put(store, pod('a', 'y'))
  expect(names(store.list('pods'))).toEqual(['a/y', 'a/z', 'b/x'])
  expect(names(store.list('pods', 'a'))).toEqual(['a/y', 'a/z'])
  expect(last.metadata?.resourceVersion).toBe('3')
  expect(Object.isFrozen(last.metadata?.labels)).toBe(true)
})

test('stores over one base share its objects and do not see each other', () => {
  const blueprint = createStore()
  put(blueprint, pod('a', 'shared'))
  const base = blueprint.toBase()
  const one = createStore(base)
  const two = createStore(base)
  put(one, pod('a', 'own'))
  one.remove('pods', 'a/shared')
  expect(names(one.list('pods'))).toEqual(['a/own'])
  expect(two.get('pods', 'a/shared')).toBe(blueprint.get('pods', 'a/shared'))
  expect(two.list('pods')).toBe(createStore(base).list('pods'))
  expect(two.snapshot().objects).toEqual({})
})

test('a listener that writes gets its own events in order, after those of the first write', () => {
  const store = createStore()
  const seen: string[] = []
  store.subscribe((event) => {
    if (event.object.metadata?.name === 'first') put(store, pod('a', 'second'))
  })
  store.subscribe((event) => seen.push(event.object.metadata?.name ?? ''))
  put(store, pod('a', 'first'))
  expect(seen).toEqual(['first', 'second'])
})

test('history forgets what lies before its window', () => {
  const store = createStore()
  for (let i = 0; i < 5000; i++) put(store, pod('a', 'x', String(i)))
  expect(store.history.since(1)).toBeUndefined()
  expect(store.history.since(4990)).toHaveLength(10)
  expect(store.history.oldest).toBeGreaterThan(2900)
})

const operation = fc.record({
  name: fc.constantFrom('p', 'q', 'r', 's'),
  namespace: fc.constantFrom('a', 'b'),
  label: fc.string({ maxLength: 3 }),
  remove: fc.boolean(),
})
const run = (store: Store, steps: readonly { name: string; namespace: string; label: string; remove: boolean }[]) => {
  for (const { name, namespace, label, remove } of steps) {
    if (remove) store.remove('pods', `${namespace}/${name}`)
    else put(store, pod(namespace, name, label))
  }
}

test('replaying the watch from any version gives the list', () => {
  fc.assert(
    fc.property(fc.array(operation), fc.array(operation), (before, after) => {
      const store = createStore()
      run(store, before)
      const state = new Map(store.list('pods').map((one) => [names([one])[0], one]))
      const version = store.resourceVersion
      run(store, after)
      for (const event of store.history.since(version) ?? []) {
        if (event.type === 'DELETED') state.delete(names([event.object])[0])
        else state.set(names([event.object])[0], event.object)
      }
      expect(new Set(state.values())).toEqual(new Set(store.list('pods')))
    }),
  )
})

test('every event says what stood there before', () => {
  fc.assert(
    fc.property(fc.array(operation), (steps) => {
      const store = createStore()
      const last = new Map<string, KubeObject>()
      store.subscribe((event: StoredEvent) => {
        const [key = ''] = names([event.object])
        expect(event.previous).toBe(last.get(key))
        if (event.type === 'DELETED') last.delete(key)
        else last.set(key, event.object)
      })
      run(store, steps)
      expect([...last.keys()].sort()).toEqual(names(store.list('pods')))
    }),
  )
})

test('a snapshot is plain JSON from which the same store rises again', () => {
  fc.assert(
    fc.property(fc.array(operation), fc.array(operation), (inBase, above) => {
      const blueprint = createStore()
      run(blueprint, inBase)
      const base = blueprint.toBase()
      const store = createStore(base)
      run(store, above)
      const again = createStore(base, JSON.parse(JSON.stringify(store.snapshot())))
      expect(again.list('pods')).toEqual(store.list('pods'))
      expect(again.resourceVersion).toBe(store.resourceVersion)
    }),
  )
})

test('whatever is written between two lists, the next one is as that of a store made anew; old ones stay as they were', () => {
  const key = fc.constantFrom('a/x', 'a/y', 'a/z', 'a-b/x', 'b/x', 'b/y')
  const step = fc.record({ key, what: fc.constantFrom('put', 'remove', 'list') })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const blueprint = createStore()
      for (const name of ['x', 'y']) put(blueprint, pod('a', name))
      const base = blueprint.toBase()
      const store = createStore(base)
      const seen: { readonly list: readonly KubeObject[]; readonly names: readonly string[] }[] = []
      for (const { key, what } of steps) {
        const [namespace = '', name = ''] = key.split('/')
        if (what === 'put') put(store, pod(namespace, name))
        else if (what === 'remove') store.remove('pods', key)
        else seen.push({ list: store.list('pods'), names: names(store.list('pods')) })
      }
      const anew = createStore(base, JSON.parse(JSON.stringify(store.snapshot())))
      expect(store.list('pods')).toEqual(anew.list('pods'))
      for (const { list, names: then } of seen) expect(names(list)).toEqual(then)
    }),
  )
})
