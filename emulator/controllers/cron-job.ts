import { timestamp } from '../api/age.ts'
import { StatusError } from '../api/errors.ts'
import type { CronJob, CronJobStatus, Job, ObjectReference } from '../generated/types.ts'
import { nextRun, parseSchedule, type Schedule, ScheduleError } from '../kinds/cron-job/schedule.ts'
import { cronJob as cronJobKind } from '../kinds/cron-job.ts'
import { job as jobKind } from '../kinds/job.ts'
import { controlledBy } from './controlled.ts'
import { defineController, type ReconcileContext, type ReconcileResult } from './controller.ts'
import { dueRun, jobNameFor, surplusJobs } from './cron-job-plan.ts'
import { condition, isJobFinished } from './job-plan.ts'
import {
  apiVersionOf,
  controllerReference,
  isControlledBy,
  isDeleting,
  nameOf,
  namespaceOf,
  uidOf,
} from './metadata.ts'

/** A run is looked for this long after its time (upstream: nextScheduleDelta). */
const afterRunMs = 100

/** Makes a Job at each time of the schedule (upstream: pkg/controller/cronjob). Between two runs one wake-up is queued, and nothing is written. */
export const cronJobController = defineController({
  name: 'cronjob-controller',
  for: cronJobKind,
  owns: [jobKind],
  delayMs: [5, 30],
  reconcile(key, context) {
    const found = context.objects.get(cronJobKind, key.namespace, key.name)
    if (!found || isDeleting(found)) return undefined
    removeHistory(found, context)
    const cronJob = withJobsSeen(found, context)
    const schedule = scheduleOf(cronJob, context)
    const status = schedule && !cronJob.spec.suspend ? runDue(cronJob, schedule, context) : cronJob.status
    context.objects.updateStatus(cronJobKind, { ...found, status: status ?? {} })
    return schedule && !cronJob.spec.suspend ? nextLook(cronJob, schedule, context.now) : undefined
  },
})

function jobsOf(cronJob: CronJob, { objects }: ReconcileContext): readonly Job[] {
  return controlledBy(objects, jobKind, cronJob)
}

function removeHistory(cronJob: CronJob, context: ReconcileContext): void {
  for (const job of surplusJobs(cronJob, jobsOf(cronJob, context)))
    if (!isDeleting(job)) removeJob(cronJob, job, context)
}

function removeJob(cronJob: CronJob, job: Job, { objects, recorder }: ReconcileContext): void {
  objects.delete(jobKind, namespaceOf(job), nameOf(job), { propagationPolicy: 'Background' })
  recorder.event(cronJob, 'Normal', 'SuccessfulDelete', `Deleted job ${nameOf(job)}`)
}

/** The CronJob with its list of active Jobs brought up to date, telling of those that have ended. */
function withJobsSeen(cronJob: CronJob, context: ReconcileContext): CronJob {
  const { recorder } = context
  const jobs = jobsOf(cronJob, context)
  let active = cronJob.status?.active ?? []
  let succeededAt = cronJob.status?.lastSuccessfulTime
  for (const job of jobs) {
    const known = active.some(({ uid }) => uid === uidOf(job))
    const finished = isJobFinished(job)
    if (!known && !finished)
      recorder.event(
        cronJob,
        'Warning',
        'UnexpectedJob',
        `Saw a job that the controller did not create or forgot: ${nameOf(job)}`,
      )
    if (known && finished) {
      const outcome = condition(job, 'Complete') ? 'Complete' : 'Failed'
      recorder.event(cronJob, 'Normal', 'SawCompletedJob', `Saw completed job: ${nameOf(job)}, condition: ${outcome}`)
      active = active.filter(({ uid }) => uid !== uidOf(job))
    }
    const end = condition(job, 'Complete') ? job.status?.completionTime : undefined
    if (end && (!succeededAt || end > succeededAt)) succeededAt = end
  }
  for (const { uid, name } of active.filter((one) => !jobs.some((job) => uidOf(job) === one.uid))) {
    recorder.event(cronJob, 'Normal', 'MissingJob', `Active job went missing: ${name ?? ''}`)
    active = active.filter((other) => other.uid !== uid)
  }
  return { ...cronJob, status: statusOf(cronJob.status, active, succeededAt) }
}

function statusOf(
  old: CronJobStatus | undefined,
  active: readonly ObjectReference[],
  lastSuccessfulTime: string | undefined,
): CronJobStatus {
  const { active: _active, lastSuccessfulTime: _time, ...rest } = old ?? {}
  return { ...rest, ...(active.length > 0 && { active }), ...(lastSuccessfulTime && { lastSuccessfulTime }) }
}

function scheduleOf(cronJob: CronJob, { recorder }: ReconcileContext): Schedule | undefined {
  const { schedule } = cronJob.spec
  try {
    return parseSchedule(schedule)
  } catch (error) {
    if (!(error instanceof ScheduleError)) throw error
    recorder.event(cronJob, 'Warning', 'UnparseableSchedule', `unparseable schedule: ${schedule} : ${error.message}`)
    return undefined
  }
}

/** Starts the run that is due, as far as the concurrency policy lets it. */
function runDue(cronJob: CronJob, schedule: Schedule, context: ReconcileContext): CronJobStatus {
  const status = cronJob.status ?? {}
  const run = dueRun(cronJob, schedule, context.now)
  if (run === undefined) return status
  const { concurrencyPolicy } = cronJob.spec
  const active = status.active ?? []
  if (concurrencyPolicy === 'Forbid' && active.length > 0) {
    context.recorder.event(
      cronJob,
      'Normal',
      'JobAlreadyActive',
      'Not starting job because prior execution is running and concurrency policy is Forbid',
    )
    return status
  }
  const replaced = concurrencyPolicy === 'Replace'
  if (replaced)
    for (const job of jobsOf(cronJob, context))
      if (active.some(({ uid }) => uid === uidOf(job))) removeJob(cronJob, job, context)
  const job = createJob(cronJob, run, context)
  if (!job) return status
  return {
    ...status,
    active: [...(replaced ? [] : active), referenceTo(job)],
    lastScheduleTime: timestamp(run),
  }
}

/** A Job that is there already is that run's own. */
function createJob(cronJob: CronJob, run: number, { objects, recorder }: ReconcileContext): Job | undefined {
  const { metadata, spec } = cronJob.spec.jobTemplate
  const name = jobNameFor(cronJob, run)
  const existing = objects.get(jobKind, namespaceOf(cronJob), name)
  if (existing) return isControlledBy(existing, cronJob) ? existing : undefined
  try {
    const job = objects.create(jobKind, {
      metadata: {
        name,
        namespace: namespaceOf(cronJob),
        annotations: { ...metadata?.annotations, 'batch.kubernetes.io/cronjob-scheduled-timestamp': timestamp(run) },
        ...(metadata?.labels && { labels: metadata.labels }),
        ownerReferences: [controllerReference(cronJob, cronJobKind)],
      },
      ...(spec && { spec }),
    })
    recorder.event(cronJob, 'Normal', 'SuccessfulCreate', `Created job ${name}`)
    return job
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    recorder.event(cronJob, 'Warning', 'FailedCreate', `Error creating job: ${error.message}`)
    return undefined
  }
}

const referenceTo = (job: Job): ObjectReference => ({
  apiVersion: apiVersionOf(jobKind),
  kind: jobKind.kind,
  name: nameOf(job),
  namespace: namespaceOf(job),
  resourceVersion: job.metadata?.resourceVersion,
  uid: uidOf(job),
})

function nextLook(cronJob: CronJob, schedule: Schedule, now: number): ReconcileResult | undefined {
  const at = nextRun(schedule, now, cronJob.spec.timeZone)
  return at === undefined ? undefined : { requeueAfterMs: at + afterRunMs - now, background: true }
}
