import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryDatabase } from '../testing/temporary-database.ts'
import { saveCluster } from './clusters.ts'
import { database } from './database.ts'
import { forgetExpired } from './housekeeping.ts'
import { createSharedState, findSharedLink, listSharedLinks } from './shared-states.ts'

let removeDatabase: () => Promise<void>
beforeAll(async () => {
  removeDatabase = await temporaryDatabase()
}, 60_000)
afterAll(() => removeDatabase())

const DAY_MS = 24 * 3_600_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)

test('links go when they expire, steps when nothing happened for long; the cluster stays', async () => {
  const learnerId = randomUUID()
  const label = { kind: 'command', text: 'x' } as const
  const steps = [{ number: 1, label, state: '{}' }]
  await saveCluster(learnerId, 'home', { seed: 's', state: '{}', steps, removed: [] })
  const shared = { workspace: 'home', machine: 'laptop', user: 'root', state: '{}' }
  const link = await createSharedState(learnerId, shared, { most: 1, days: 90, characters: 10 })
  if (typeof link === 'string') throw new Error(link)
  expect(await createSharedState(learnerId, shared, { most: 1, days: 90, characters: 10 })).toBe('limit')
  expect(await createSharedState(learnerId, shared, { most: 2, days: 90, characters: 1 })).toBe('too-large')

  await forgetExpired(inDays(29))
  expect(await database().step.count()).toBe(1)
  await forgetExpired(inDays(31))
  expect(await database().step.count()).toBe(0)
  expect(await database().workspace.count()).toBe(1)
  expect(await listSharedLinks(learnerId)).toEqual([link])
  await forgetExpired(inDays(91))
  expect(await findSharedLink(link.id)).toBeUndefined()
  expect(await database().sharedState.count()).toBe(0)
})
