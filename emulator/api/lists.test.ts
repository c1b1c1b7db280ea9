import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTestServer } from './testing/test-server.ts'

const MAPS = '/api/v1/namespaces/default/configmaps'
interface List {
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number }
  items: { metadata: { name: string } }[]
}

function setUp(names: readonly string[]) {
  const { send, ...rest } = createTestServer()
  for (const name of names) send('POST', MAPS, { metadata: { name } })
  const list = (query = '') => send('GET', `${MAPS}?${query}`).body as List
  const pages = (limit: number, between = () => {}) => {
    const found: string[] = []
    let token = ''
    do {
      const page = list(`limit=${limit}&continue=${encodeURIComponent(token)}`)
      found.push(...page.items.map(({ metadata }) => metadata.name))
      token = page.metadata.continue ?? ''
      between()
    } while (token !== '')
    return found
  }
  return { send, list, pages, ...rest }
}

test('pages of any size give the whole list', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { maxLength: 12 })
  fc.assert(
    fc.property(names, fc.integer({ min: 1, max: 5 }), (all, limit) => {
      expect(setUp(all).pages(limit)).toEqual([...all].sort())
    }),
    { numRuns: 30 },
  )
})

test('later pages show the state of the first', () => {
  const { send, pages, list } = setUp(['a', 'b', 'c', 'd'])
  let first = true
  const found = pages(2, () => {
    if (!first) return
    first = false
    send('DELETE', `${MAPS}/c`)
    send('POST', MAPS, { metadata: { name: 'e' } })
  })
  expect(found).toEqual(['a', 'b', 'c', 'd'])
  expect(list().items).toHaveLength(4)
})

test('says how many remain, but not under a selector', () => {
  const { list } = setUp(['a', 'b', 'c'])
  expect(list('limit=1').metadata.remainingItemCount).toBe(2)
  expect(list('limit=1&labelSelector=!x').metadata.remainingItemCount).toBeUndefined()
})

test.each([
  ['continue=nonsense', 400, 'continue key is not valid'],
  ['resourceVersion=abc', 400, 'resourceVersion: Invalid value: "abc"'],
  ['resourceVersion=999', 504, 'Too large resource version: 999, current: 1'],
  ['labelSelector=a%20b', 400, "unable to parse requirement: found 'b', expected: in, notin"],
  [
    'fieldSelector=spec.x%3Dy',
    400,
    '"spec.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
  ],
  ['limit=many', 400, 'strconv.ParseInt: parsing "many": invalid syntax'],
])('%s: %i', (query, status, message) => {
  const { send } = setUp([])
  const answer = send('GET', `${MAPS}?${query}`)
  expect(answer.status).toBe(status)
  expect((answer.body as { message: string }).message).toContain(message)
})

test('field selectors read what a kind offers', () => {
  const { send } = createTestServer()
  const path = '/api/v1/namespaces/default/services'
  send('POST', path, { metadata: { name: 'a' }, spec: { type: 'NodePort' } })
  send('POST', path, { metadata: { name: 'b' } })
  const named = (query: string) =>
    (send('GET', `/api/v1/services?fieldSelector=${encodeURIComponent(query)}`).body as List).items.map(
      ({ metadata }) => metadata.name,
    )
  expect(named('spec.type=NodePort')).toEqual(['a'])
  expect(named('spec.type!=NodePort,metadata.namespace=default')).toEqual(['b'])
  expect(named('metadata.name==b')).toEqual(['b'])
})
