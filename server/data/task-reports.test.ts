import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { restoreCluster } from '../../emulator/index.ts'
import { provideClusters } from '../clusters/provided.ts'
import { createClusterService } from '../clusters/service.ts'
import { joinPage } from '../testing/page.ts'
import { temporaryDatabase } from '../testing/temporary-database.ts'
import { database } from './database.ts'
import { learnerOf } from './session.ts'
import { closeTaskReport, listTaskReports, reportTask, taskReport } from './task-reports.ts'

const SLUG = 'type-left-to-default'
const clusters = createClusterService()
let removeDatabase: () => Promise<void>
beforeAll(async () => {
  removeDatabase = await temporaryDatabase()
  provideClusters(clusters)
}, 60_000)
afterAll(async () => {
  await clusters.flush()
  await removeDatabase()
})

async function somebody() {
  const learner = await learnerOf(randomBytes(32).toString('base64url'))
  if (learner === undefined) throw new Error('no learner')
  return learner
}

const numberOf = (receipt: Awaited<ReturnType<typeof reportTask>>): number => {
  if (!('number' in receipt)) throw new Error(`refused: ${receipt.refused}`)
  return receipt.number
}

describe('a report on a task', () => {
  test('keeps the words, the cluster, the commands and the verdict as they are at that moment', async () => {
    const learner = await somebody()
    const page = await joinPage(clusters, { learnerId: learner.id, workspace: `exercise:${SLUG}` })
    await page.run('kubectl create configmap evidence')
    const number = numberOf(await reportTask(learner, SLUG, 'The task names no port.\n두 번째 줄', 'ko'))
    await page.run('kubectl delete configmap evidence')

    const kept = await taskReport(number)
    expect(kept).toMatchObject({ number, exercise: SLUG, locale: 'ko', message: 'The task names no port.\n두 번째 줄' })
    expect(kept?.terminals).toMatchObject([{ terminal: 1, commands: ['kubectl create configmap evidence'] }])
    expect(kept?.terminals[0]?.screen).toContain('configmap/evidence created')
    expect(kept?.verdict?.points).toBe(0)
    expect(kept?.verdict?.criteria.every(({ passed }) => !passed)).toBe(true)
    if (kept?.snapshot === undefined) throw new Error('no state')
    const cluster = restoreCluster(kept.snapshot)
    const path = '/api/v1/namespaces/default/configmaps/evidence'
    expect(cluster.request({ method: 'GET', path }).status).toBe(200)
    page.leave()
  })

  test('is listed until the team is done with it', async () => {
    const number = numberOf(await reportTask(await somebody(), SLUG, 'Hint 2 gives the wrong port.', 'en'))
    expect((await listTaskReports('open'))[0]).toMatchObject({ number, message: 'Hint 2 gives the wrong port.' })
    expect(await closeTaskReport(number)).toBe(true)
    expect(await closeTaskReport(number)).toBe(false)
    expect((await listTaskReports('open')).map((one) => one.number)).not.toContain(number)
    expect((await listTaskReports('all')).map((one) => one.number)).toContain(number)
  })

  test('is refused to a learner who has sent ten today, and to nobody else', async () => {
    const learner = await somebody()
    numberOf(await reportTask(learner, SLUG, 'the first', 'en'))
    const more = { learnerId: learner.id, exercise: SLUG, seed: '', locale: 'en', terminals: '[]' }
    await database().taskReport.createMany({ data: Array.from({ length: 9 }, () => ({ ...more, message: 'more' })) })
    expect(await reportTask(learner, SLUG, 'one more', 'en')).toEqual({ refused: 'enough' })
    numberOf(await reportTask(await somebody(), SLUG, 'another learner', 'en'))
  })

  test('does not exist under a number that nobody got', async () => expect(await taskReport(2_000_000)).toBeUndefined())
})
