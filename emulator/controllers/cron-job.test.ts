import { describe, expect, it } from 'vitest'
import { restoreCluster } from '../cluster.ts'
import type { CronJob, Job } from '../generated/types.ts'
import { around, testCluster, testStart } from '../testing/test-cluster.ts'

const path = '/apis/batch/v1/namespaces/default/cronjobs'
const jobsPath = '/apis/batch/v1/namespaces/default/jobs'
const manifest = (command: readonly string[], spec: object = {}) => ({
  metadata: { name: 'report' },
  spec: {
    schedule: '* * * * *',
    jobTemplate: {
      spec: {
        template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox', command }] } },
      },
    },
    ...spec,
  },
})
const minute = 60_000
const reasons = (events: readonly string[]) => events.map((event) => event.split(':')[0])

describe('a CronJob', () => {
  it('sleeps until its next run and writes nothing meanwhile', () => {
    const { create, settle, cluster, list, get } = testCluster()
    create(path, manifest(['true'], { schedule: '0 12 * * *' }))
    settle()
    expect(cluster.nextEventAt()).toBe(testStart + 3 * 60 * minute + 100)
    const before = get<CronJob>(`${path}/report`).metadata?.resourceVersion
    cluster.run(2 * 60 * minute)
    expect(get<CronJob>(`${path}/report`).metadata?.resourceVersion).toBe(before)
    expect(list(jobsPath)).toEqual([])
    cluster.run(61 * minute)
    expect(list(jobsPath)).toHaveLength(1)
  })

  it('makes a Job each time, tells of its end and keeps only its history', () => {
    const { create, settle, cluster, list, get, events } = testCluster()
    create(path, manifest(['true']))
    settle()
    cluster.run(6.5 * minute)
    const jobs = list<Job>(jobsPath)
    const first = Math.floor(testStart / minute)
    expect(jobs.map(({ metadata }) => metadata?.name)).toEqual([4, 5, 6].map((n) => `report-${first + n}`))
    expect(jobs[0]?.metadata).toMatchObject({
      annotations: { 'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-11-21T09:04:00Z' },
      ownerReferences: [{ kind: 'CronJob', name: 'report', controller: true }],
    })
    expect(get<CronJob>(`${path}/report`).status).toMatchObject({ lastScheduleTime: '2026-11-21T09:06:00Z' })
    expect(reasons(events('report')).slice(0, 2)).toEqual(['SuccessfulCreate', 'SawCompletedJob'])
    expect(events('report')).toContain(`SawCompletedJob: Saw completed job: report-${first + 1}, condition: Complete`)
    expect(events('report')).toContain(`SuccessfulDelete: Deleted job report-${first + 1}`)
  })

  it('does nothing while it is suspended', () => {
    const { create, settle, cluster, list, patch } = testCluster()
    create(path, manifest(['true'], { suspend: true }))
    settle()
    expect(cluster.nextEventAt()).toBeUndefined()
    cluster.run(5 * minute)
    expect(list(jobsPath)).toEqual([])
    patch(`${path}/report`, { spec: { suspend: false } })
    settle()
    expect(list(jobsPath)).toHaveLength(1)
  })

  it.each([
    ['Allow', 3, 3],
    ['Forbid', 1, 1],
    ['Replace', 1, 1],
  ])('with %s has %i Jobs after three minutes', (concurrencyPolicy, count, active) => {
    const { create, settle, cluster, list, get } = testCluster()
    create(path, manifest(['sleep', '3600'], { concurrencyPolicy }))
    settle()
    cluster.run(3.5 * minute)
    expect(list(jobsPath)).toHaveLength(count)
    expect(get<CronJob>(`${path}/report`).status?.active).toHaveLength(active)
  })

  it('takes its Jobs and their Pods along when it is deleted', () => {
    const { create, settle, cluster, list, pods, remove } = testCluster()
    create(path, manifest(['sleep', '3600']))
    settle()
    cluster.run(1.5 * minute)
    expect(pods()).toHaveLength(1)
    remove(`${path}/report`)
    settle(60)
    expect(list(jobsPath)).toEqual([])
    expect(pods()).toEqual([])
    expect(cluster.nextEventAt()).toBeUndefined()
  })

  it('costs little over a long absence and then runs once', () => {
    const { create, settle, cluster, list } = testCluster()
    create(path, manifest(['true']))
    settle()
    cluster.run((30 * 24 * 60 + 0.5) * minute)
    const last = Math.floor(cluster.now() / minute)
    expect(list<Job>(jobsPath).at(-1)?.metadata?.name).toBe(`report-${last}`)
  })

  it('goes on from a snapshot as if nothing had happened', () => {
    const { create, cluster } = testCluster()
    create(path, manifest(['sleep', '20']))
    cluster.run(1.2 * minute)
    const later = around(restoreCluster(JSON.parse(JSON.stringify(cluster.snapshot()))))
    cluster.run(3 * minute)
    later.cluster.run(3 * minute)
    expect(later.cluster.snapshot()).toEqual(cluster.snapshot())
  })
})
