/** When a CronJob runs next, and what of its history goes (upstream: pkg/controller/cronjob/utils.go, cronjob_controllerv2.go). */
import type { CronJob, Job } from '../generated/types.ts'
import { nextRun, type Schedule } from '../kinds/cron-job/schedule.ts'
import { condition, isJobFinished } from './job-plan.ts'
import { createdAt, nameOf } from './metadata.ts'

/** The latest run is looked for in these last stretches of time first: a schedule of every minute has many before. */
const windowsMs = [600_000, 21_600_000, 691_200_000]

/** The latest run that is due and has not been started; undefined if there is none. */
export function dueRun(cronJob: CronJob, schedule: Schedule, now: number): number | undefined {
  const { timeZone, startingDeadlineSeconds } = cronJob.spec
  const last = Date.parse(cronJob.status?.lastScheduleTime ?? '') || createdAt(cronJob)
  const deadline = startingDeadlineSeconds === undefined ? 0 : now - startingDeadlineSeconds * 1000
  const earliest = Math.max(last, deadline)
  if ('everyMs' in schedule) {
    const runs = Math.floor((now - earliest) / schedule.everyMs)
    return runs > 0 ? earliest + runs * schedule.everyMs : undefined
  }
  for (const window of windowsMs.filter((length) => now - length > earliest)) {
    const found = latestBefore(schedule, now - window, now, timeZone)
    if (found !== undefined) return found
  }
  return latestBefore(schedule, earliest, now, timeZone)
}

function latestBefore(schedule: Schedule, after: number, now: number, timeZone?: string): number | undefined {
  let found: number | undefined
  for (let at = nextRun(schedule, after, timeZone); at !== undefined && at <= now; at = nextRun(schedule, at, timeZone))
    found = at
  return found
}

/** `report-29421540`: the minutes since 1970 make the name of a run's Job. */
export const jobNameFor = (cronJob: CronJob, run: number): string => `${nameOf(cronJob)}-${Math.floor(run / 60_000)}`

/** Finished Jobs beyond the limits, oldest first. */
export function surplusJobs(cronJob: CronJob, jobs: readonly Job[]): readonly Job[] {
  const finished = jobs
    .filter(isJobFinished)
    .toSorted((a, b) => startedAt(a) - startedAt(b) || (nameOf(a) < nameOf(b) ? -1 : 1))
  const beyond = (list: readonly Job[], limit: number | undefined) =>
    limit === undefined ? [] : list.slice(0, Math.max(0, list.length - limit))
  const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = cronJob.spec
  return [
    ...beyond(
      finished.filter((job) => condition(job, 'Complete')),
      successfulJobsHistoryLimit,
    ),
    ...beyond(
      finished.filter((job) => !condition(job, 'Complete')),
      failedJobsHistoryLimit,
    ),
  ]
}

const startedAt = (job: Job): number => Date.parse(job.status?.startTime ?? '') || createdAt(job)
