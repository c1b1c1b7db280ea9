import { describe, expect, it } from 'vitest'
import { restoreCluster } from '../cluster.ts'
import type { Job, Pod } from '../generated/types.ts'
import { around, paths, testCluster } from '../testing/test-cluster.ts'
import { indexesText, parseIndexes } from './job-plan.ts'

const jobs = '/apis/batch/v1/namespaces/default/jobs'
const manifest = (command: readonly string[], spec: object = {}, restartPolicy = 'Never') => ({
  metadata: { name: 'pi' },
  spec: { template: { spec: { restartPolicy, containers: [{ name: 'main', image: 'busybox', command }] } }, ...spec },
})
const shell = (line: string) => ['sh', '-c', line]
const reasons = (events: readonly string[]) => events.map((event) => event.split(':')[0])
const types = (job: Job) => job.status?.conditions?.filter(({ status }) => status === 'True').map(({ type }) => type)

describe('a Job', () => {
  it('runs one Pod to its end and says so', () => {
    const { create, settle, get, pods, events, cluster } = testCluster()
    create(jobs, manifest(['true']))
    settle()
    const job = get<Job>(`${jobs}/pi`)
    expect(job.status).toMatchObject({ ready: 0, succeeded: 1, terminating: 0, uncountedTerminatedPods: {} })
    expect(job.status).not.toHaveProperty('active')
    expect(types(job)).toEqual(['SuccessCriteriaMet', 'Complete'])
    expect(job.metadata?.labels).toMatchObject({ 'batch.kubernetes.io/job-name': 'pi', 'job-name': 'pi' })
    expect(reasons(events('pi'))).toEqual(['SuccessfulCreate', 'Completed'])
    expect(pods()[0]?.metadata?.finalizers).toBeUndefined()
    expect(cluster.nextEventAt()).toBeUndefined()
  })

  it('runs as many Pods at once as it may, until enough have succeeded', () => {
    const { create, cluster, get, pods, settle } = testCluster()
    create(jobs, manifest(['sleep', '5'], { completions: 5, parallelism: 2 }))
    const running = (pod: Pod) => pod.status?.phase === 'Running' || pod.status?.phase === 'Pending'
    for (let time = 0; time < 40_000; time += 200) {
      cluster.run(200)
      expect(pods().filter(running).length).toBeLessThanOrEqual(2)
    }
    settle()
    expect(pods()).toHaveLength(5)
    expect(get<Job>(`${jobs}/pi`).status?.succeeded).toBe(5)
  })

  it('gives each Pod of an Indexed Job its index', () => {
    const { create, settle, get, pods } = testCluster()
    create(
      jobs,
      manifest(shell('echo $JOB_COMPLETION_INDEX'), { completions: 3, parallelism: 3, completionMode: 'Indexed' }),
    )
    settle()
    expect(get<Job>(`${jobs}/pi`).status).toMatchObject({ completedIndexes: '0-2', succeeded: 3 })
    expect(pods().map(({ spec }) => spec?.hostname)).toEqual(['pi-0', 'pi-1', 'pi-2'])
    expect(pods()[2]?.metadata?.labels?.['batch.kubernetes.io/job-completion-index']).toBe('2')
  })

  it('tries again after a back-off and gives up at the limit', () => {
    const { create, settle, cluster, get, pods, events } = testCluster()
    create(jobs, manifest(['false'], { backoffLimit: 2 }))
    settle()
    expect(pods()).toHaveLength(1)
    cluster.run(14_000)
    expect(pods()).toHaveLength(2)
    cluster.run(60_000)
    expect(pods()).toHaveLength(3)
    const job = get<Job>(`${jobs}/pi`)
    expect(types(job)).toEqual(['FailureTarget', 'Failed'])
    expect(job.status).toMatchObject({ failed: 3 })
    expect(events('pi').at(-1)).toBe('BackoffLimitExceeded: Job has reached the specified backoff limit')
    expect(cluster.nextEventAt()).toBeUndefined()
  })

  it('counts restarts in place with OnFailure', () => {
    const { create, settle, cluster, get, pods } = testCluster()
    create(jobs, manifest(['false'], { backoffLimit: 1 }, 'OnFailure'))
    settle()
    cluster.run(120_000)
    expect(types(get<Job>(`${jobs}/pi`))).toEqual(['FailureTarget', 'Failed'])
    expect(pods()).toEqual([])
  })

  it('ends when it has been active for too long', () => {
    const { create, settle, cluster, get, pods } = testCluster()
    create(jobs, manifest(['sleep', '3600'], { activeDeadlineSeconds: 20 }))
    settle(10)
    expect(pods()).toHaveLength(1)
    cluster.run(70_000)
    expect(get<Job>(`${jobs}/pi`).status).toMatchObject({ failed: 1 })
    expect(get<Job>(`${jobs}/pi`).status?.conditions?.at(-1)).toMatchObject({
      type: 'Failed',
      reason: 'DeadlineExceeded',
    })
    expect(pods()).toEqual([])
  })

  it('is removed some time after its end', () => {
    const { create, settle, cluster, find, pods } = testCluster()
    create(jobs, manifest(['true'], { ttlSecondsAfterFinished: 60 }))
    settle()
    expect(find(`${jobs}/pi`)).toBeDefined()
    cluster.run(90_000)
    expect(find(`${jobs}/pi`)).toBeUndefined()
    expect(pods()).toEqual([])
    expect(cluster.nextEventAt()).toBeUndefined()
  })

  it('stops while it is suspended and goes on afterwards', () => {
    const { create, settle, patch, get, pods, events } = testCluster()
    create(jobs, manifest(['sleep', '60']))
    settle(5)
    patch(`${jobs}/pi`, { spec: { suspend: true } })
    settle(60)
    expect(pods()).toEqual([])
    expect(types(get<Job>(`${jobs}/pi`))).toEqual(['Suspended'])
    expect(get<Job>(`${jobs}/pi`).status).not.toHaveProperty('failed')
    patch(`${jobs}/pi`, { spec: { suspend: false } })
    settle(5)
    expect(pods()).toHaveLength(1)
    expect(reasons(events('pi'))).toEqual([
      'SuccessfulCreate',
      'Suspended',
      'SuccessfulDelete',
      'Resumed',
      'SuccessfulCreate',
    ])
  })

  it('replaces a Pod that somebody deletes', () => {
    const { create, settle, remove, pods, get, cluster } = testCluster()
    create(jobs, manifest(['sleep', '600']))
    settle(5)
    remove(`${paths.pods}/${pods()[0]?.metadata?.name}`)
    cluster.run(45_000)
    expect(pods()).toHaveLength(1)
    expect(get<Job>(`${jobs}/pi`).status).toMatchObject({ active: 1, failed: 1 })
  })

  it('takes its Pods along when it is deleted', () => {
    const { create, settle, remove, pods, find } = testCluster()
    create(jobs, manifest(['sleep', '600'], { parallelism: 2, completions: 2 }))
    settle(5)
    remove(`${jobs}/pi`, { propagationPolicy: 'Background' })
    settle(60)
    expect(pods()).toEqual([])
    expect(find(`${jobs}/pi`)).toBeUndefined()
  })

  it('goes on from a snapshot as if nothing had happened', () => {
    const { create, cluster } = testCluster()
    create(jobs, manifest(['false'], { backoffLimit: 2 }))
    cluster.run(8000)
    const later = around(restoreCluster(JSON.parse(JSON.stringify(cluster.snapshot()))))
    cluster.run(90_000)
    later.cluster.run(90_000)
    expect(later.cluster.snapshot()).toEqual(cluster.snapshot())
  })
})

describe('indexes', () => {
  it('are written as ranges and read back', () => {
    expect(indexesText(new Set([0, 1, 2, 5, 7, 8]))).toBe('0-2,5,7,8')
    expect([...parseIndexes('0-2,5,7,8,99', 9)]).toEqual([0, 1, 2, 5, 7, 8])
    expect(parseIndexes('0-2147483646', 2_147_483_647).size).toBe(100_000)
  })
})

describe('policies', () => {
  const indexed = { completions: 3, parallelism: 3, completionMode: 'Indexed' }

  it('fail the whole Job at an exit code, and leave other failures uncounted', () => {
    const { create, settle, get, events } = testCluster()
    const rules = [
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
      { action: 'FailJob', onExitCodes: { containerName: 'main', operator: 'In', values: [42] } },
    ]
    create(jobs, manifest(shell('exit 42'), { backoffLimit: 6, podFailurePolicy: { rules } }))
    settle()
    const job = get<Job>(`${jobs}/pi`)
    expect(types(job)).toEqual(['FailureTarget', 'Failed'])
    expect(job.spec).toMatchObject({ podReplacementPolicy: 'Failed', podFailurePolicy: { rules: [{}, {}] } })
    expect(events('pi').at(-1)).toMatch(
      /^PodFailurePolicy: Container main for pod default\/pi-\w+ failed with exit code 42 matching FailJob rule at index 1$/,
    )
  })

  it('give each index its own attempts', () => {
    const { create, settle, get, pods, cluster } = testCluster()
    create(jobs, manifest(shell('test $JOB_COMPLETION_INDEX != 1'), { ...indexed, backoffLimitPerIndex: 1 }))
    settle()
    cluster.run(60_000)
    settle()
    const job = get<Job>(`${jobs}/pi`)
    expect(job.status).toMatchObject({ completedIndexes: '0,2', failedIndexes: '1', failed: 2, succeeded: 2 })
    expect(job.status?.conditions?.at(-1)).toMatchObject({
      type: 'Failed',
      reason: 'FailedIndexes',
      message: 'Job has failed indexes',
    })
    const counts = pods().map(({ metadata }) => metadata?.annotations?.['batch.kubernetes.io/job-index-failure-count'])
    expect(counts.sort()).toEqual(['0', '0', '0', '1'])
  })

  it('call a Job done once the leader has succeeded, and stop the others', () => {
    const { create, settle, get } = testCluster()
    const successPolicy = { rules: [{ succeededIndexes: '0' }] }
    create(jobs, manifest(shell('test $JOB_COMPLETION_INDEX = 0 || sleep 9999'), { ...indexed, successPolicy }))
    settle(60)
    const job = get<Job>(`${jobs}/pi`)
    const why = { reason: 'SuccessPolicy', message: 'Matched rules at index 0' }
    expect(job.status?.conditions).toMatchObject([
      { type: 'SuccessCriteriaMet', ...why },
      { type: 'Complete', ...why },
    ])
  })

  it('leave a Job to another manager alone', () => {
    const { create, settle, get, pods } = testCluster()
    create(jobs, manifest(['true'], { managedBy: 'example.com/mine' }))
    settle()
    expect(pods()).toEqual([])
    expect(get<Job>(`${jobs}/pi`).status).toEqual({})
  })
})
