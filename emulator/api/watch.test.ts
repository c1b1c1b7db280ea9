import { expect, test } from 'vitest'
import { createTestServer, START } from './testing/test-server.ts'

const MAPS = '/api/v1/namespaces/default/configmaps'
const TABLE = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' }
const MERGE = { 'content-type': 'application/merge-patch+json' }

interface Item {
  type: string
  object: { metadata: { name?: string; resourceVersion: string; annotations?: object }; code?: number }
}

function setUp() {
  const { send, ...rest } = createTestServer()
  const map = (name: string, labels: object = {}) => send('POST', MAPS, { metadata: { name, labels } })
  const watch = (query = '', headers = {}) => {
    const items: Item[] = []
    const state = { items, ended: false, stop: () => {} }
    const { stream } = send('GET', `${MAPS}?watch=true${query}`, undefined, headers)
    if (!stream) throw new Error('not a stream')
    state.stop = stream.subscribe(
      (item) => items.push(item as Item),
      () => {
        state.ended = true
      },
    )
    return state
  }
  const short = (items: readonly Item[]) => items.map(({ type, object }) => `${type} ${object.metadata.name ?? ''}`)
  return { send, map, watch, short, ...rest }
}

test('shows what is there, then every change, until it is stopped', () => {
  const { send, map, watch, short } = setUp()
  map('a')
  const all = watch()
  map('b')
  send('PATCH', `${MAPS}/a`, { data: { x: 'y' } }, MERGE)
  send('DELETE', `${MAPS}/b`)
  all.stop()
  map('c')
  expect(short(all.items)).toEqual(['ADDED a', 'ADDED b', 'MODIFIED a', 'DELETED b'])
})

test('from a version on shows only what came later, also when it came before the subscription', () => {
  const { send, map, watch, short } = setUp()
  map('a')
  const { metadata } = send('GET', MAPS).body as { metadata: { resourceVersion: string } }
  map('b')
  const late = watch(`&resourceVersion=${metadata.resourceVersion}`)
  map('c')
  expect(short(late.items)).toEqual(['ADDED b', 'ADDED c'])
})

test('objects come into a selection and leave it', () => {
  const { send, map, watch, short } = setUp()
  map('a', { on: 'no' })
  const selected = watch('&labelSelector=on%3Dyes')
  send('PATCH', `${MAPS}/a`, { metadata: { labels: { on: 'yes' } } }, MERGE)
  send('PATCH', `${MAPS}/a`, { data: { x: 'y' } }, MERGE)
  send('PATCH', `${MAPS}/a`, { metadata: { labels: { on: 'no' } } }, MERGE)
  expect(short(selected.items)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a'])
  expect(selected.items[2]?.object).toMatchObject({ metadata: { labels: { on: 'yes' }, resourceVersion: '5' } })
})

test('one object is watched by its name', () => {
  const { map, watch, short, send } = setUp()
  map('a')
  const { stream } = send('GET', `${MAPS}/a?watch=true`)
  expect(stream).toBeDefined()
  const one = watch('&fieldSelector=metadata.name%3Da')
  map('b')
  expect(short(one.items)).toEqual(['ADDED a'])
})

test('initial events end with a bookmark when asked for', () => {
  const { map, watch } = setUp()
  map('a')
  const initial = watch('&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan')
  expect(initial.items).toMatchObject([
    { type: 'ADDED' },
    {
      type: 'BOOKMARK',
      object: { kind: 'ConfigMap', metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
    },
  ])
})

test('a forgotten version gets 410 and the end', () => {
  const { map, send, watch } = setUp()
  map('a')
  for (let i = 0; i < 2100; i++) send('PATCH', `${MAPS}/a`, { data: { x: String(i) } }, MERGE)
  const late = watch('&resourceVersion=2')
  expect(late.items).toMatchObject([{ type: 'ERROR', object: { code: 410, reason: 'Expired' } }])
  expect(late.ended).toBe(true)
})

test('ends after timeoutSeconds of virtual time', () => {
  const { watch, scheduler, map, short } = setUp()
  const limited = watch('&timeoutSeconds=5')
  scheduler.runUntil(START + 4999)
  expect(limited.ended).toBe(false)
  scheduler.runUntil(START + 5000)
  expect(limited.ended).toBe(true)
  map('a')
  expect(short(limited.items)).toEqual([])
})

test('a watch of Tables names its columns once', () => {
  const { map, watch } = setUp()
  map('a')
  const tables = watch('', TABLE)
  map('b')
  expect(tables.items).toMatchObject([
    { type: 'ADDED', object: { kind: 'Table', columnDefinitions: [{ name: 'Name' }, { name: 'Age' }] } },
    { type: 'ADDED', object: { columnDefinitions: null, rows: [{ cells: ['b', '0s'] }] } },
  ])
})
