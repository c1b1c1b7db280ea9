import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryDatabase } from '../testing/temporary-database.ts'
import { BUDGETS } from './budgets.ts'
import { createClusterShelf } from './cluster-shelf.ts'

let removeDatabase: () => Promise<void>
beforeAll(async () => {
  removeDatabase = await temporaryDatabase()
}, 60_000)
afterAll(() => removeDatabase())

const HELLO = { type: 'hello', workspace: 'home', locale: 'en', columns: 80, rows: 24 } as const
const later = () => performance.now() + BUDGETS.idleMs + 1
const list = { method: 'GET', path: '/api/v1/namespaces/default/configmaps/mine' } as const

test('what nobody looks at is put away and comes back; what somebody looks at stays', async () => {
  const shelf = createClusterShelf()
  const [left, watched] = [
    { learnerId: randomUUID(), workspace: 'home' },
    { learnerId: randomUUID(), workspace: 'home' },
  ]
  const first = await shelf.get(left)
  const page = first.live.join(HELLO, () => true)
  first.live.cluster.request({
    method: 'POST',
    path: '/api/v1/namespaces/default/configmaps',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mine' } }),
  })
  page.message({ type: 'open', columns: 80, rows: 24 })
  page.leave()
  const second = await shelf.get(watched)
  second.live.join(HELLO, () => true)

  await shelf.putAwayIdle(performance.now())
  expect(await shelf.get(left)).toBe(first)
  await shelf.putAwayIdle(later())
  expect(await shelf.get(watched)).toBe(second)
  const again = await shelf.get(left)
  expect(again).not.toBe(first)
  expect(again.live.cluster.request(list).status).toBe(200)
  expect(again.seed).toBe(first.seed)
  await shelf.close()
})

test('asked for twice at once, a cluster is opened once', async () => {
  const shelf = createClusterShelf()
  const ref = { learnerId: randomUUID(), workspace: 'home' }
  const [one, two] = await Promise.all([shelf.get(ref), shelf.get(ref)])
  expect(one).toBe(two)
  await shelf.close()
})

test('a learner has a number of clusters, not more', async () => {
  const { database } = await import('../data/database.ts')
  const learnerId = randomUUID()
  await database().learner.create({ data: { id: learnerId } })
  await database().workspace.createMany({
    data: Array.from({ length: BUDGETS.clustersPerLearner }, (_, i) => ({
      learnerId,
      key: `lesson:old-${i}`,
      seed: 's',
      state: '{}',
    })),
  })
  await expect(createClusterShelf().get({ learnerId, workspace: 'home' })).rejects.toMatchObject({ code: 'overloaded' })
})
