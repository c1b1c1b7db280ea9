import { timestamp } from '../api/age.ts'
import { StatusError } from '../api/errors.ts'
import type { Job, JobCondition, JobStatus, Pod } from '../generated/types.ts'
import { job as jobKind } from '../kinds/job.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { controlledBy } from './controlled.ts'
import { defineController, type ReconcileContext, type ReconcileResult } from './controller.ts'
import {
  backoffUntil,
  condition,
  isIndexed,
  isJobFinished,
  isSuspended,
  isTerminating,
  nextIndexes,
  parseIndexes,
  restartsExceed,
  wantedActive,
} from './job-plan.ts'
import { countFinished, createJobPod, releasePod, removeJobPod, trackingFinalizer } from './job-pods.ts'
import { failJobMessage, failureCounts, indexBackoffs, successMessage } from './job-policies.ts'
import { controllerOf, isDeleting, nameOf, namespaceOf } from './metadata.ts'
import { deletionOrder } from './pod-deletion-order.ts'
import { isPodActive, isPodFinished, isPodReady } from './pods.ts'

const reachedLimit = { reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' }
const tooLong = { reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' }
const tooManyIndexes = {
  reason: 'MaxFailedIndexesExceeded',
  message: 'Job has exceeded the specified maximal number of failed indexes',
}
const someIndexes = { reason: 'FailedIndexes', message: 'Job has failed indexes' }
const reachedCount = { reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods' }

/** Runs Pods until enough have succeeded (upstream: pkg/controller/job). */
export const jobController = defineController({
  name: 'job-controller',
  for: jobKind,
  owns: [podKind],
  delayMs: [5, 40],
  reconcile(key, context) {
    const job = context.objects.get(jobKind, key.namespace, key.name)
    if (!job) {
      releaseOrphans(key.namespace, key.name, context)
      return undefined
    }
    if (isManagedElsewhere(job)) return undefined
    if (!isJobFinished(job)) return sync(job, context)
    for (const pod of podsOf(job, context)) if (isPodFinished(pod) || isDeleting(pod)) releasePod(pod, context)
    return undefined
  },
})

/** Another controller answers for it (upstream: controllerNameForManagedBy). */
function isManagedElsewhere({ spec }: Job): boolean {
  return spec?.managedBy !== undefined && spec.managedBy !== 'kubernetes.io/job-controller'
}

function podsOf(job: Job, { objects }: ReconcileContext): readonly Pod[] {
  return controlledBy(objects, podKind, job)
}

/** Pods of a Job that is gone wait for nobody (upstream: syncOrphanPod). */
function releaseOrphans(namespace: string | undefined, name: string, context: ReconcileContext): void {
  for (const pod of context.objects.list(podKind, { namespace })) {
    const owner = controllerOf(pod)
    const ours = owner?.kind === 'Job' && owner.name === name
    if (ours && pod.metadata?.finalizers?.includes(trackingFinalizer)) releasePod(pod, context)
  }
}

/** One look at a Job that is not finished: count, decide, make or remove Pods, write the status. */
function sync(before: Job, context: ReconcileContext): ReconcileResult | undefined {
  const job = started(before, context)
  const counted = countFinished(job, podsOf(job, context), context)
  const decided = decide({ ...job, status: counted }, podsOf(job, context), context)
  let refused = false
  const aim = condition(decided, 'FailureTarget')
  if (aim) removeActive(decided, context)
  else if (!isDeleting(decided)) refused = !manage(decided, context)
  const pods = podsOf(decided, context)
  const status = finalStatus(decided, pods, context)
  context.objects.updateStatus(jobKind, { ...before, status })
  return next({ ...decided, status }, pods, refused, context.now)
}

/** Start time and the Suspended condition, with their events. */
function started(job: Job, { now, recorder }: ReconcileContext): Job {
  const status: JobStatus = job.status ?? {}
  const suspended = condition(job, 'Suspended') !== undefined
  if (isSuspended(job)) {
    if (suspended) return job
    recorder.event(job, 'Normal', 'Suspended', 'Job suspended')
    const added = conditionOf('Suspended', 'True', { reason: 'JobSuspended', message: 'Job suspended' }, now)
    return { ...job, status: withCondition(status, added) }
  }
  if (suspended) {
    recorder.event(job, 'Normal', 'Resumed', 'Job resumed')
    const changed = conditionOf('Suspended', 'False', { reason: 'JobResumed', message: 'Job resumed' }, now)
    return { ...job, status: { ...withCondition(status, changed), startTime: timestamp(now) } }
  }
  return status.startTime ? job : { ...job, status: { ...status, startTime: timestamp(now) } }
}

function conditionOf(
  type: string,
  status: 'True' | 'False',
  why: { readonly reason: string; readonly message: string },
  now: number,
): JobCondition {
  return { type, status, ...why, lastProbeTime: timestamp(now), lastTransitionTime: timestamp(now) }
}

function withCondition(status: JobStatus, added: JobCondition): JobStatus {
  const others = (status.conditions ?? []).filter(({ type }) => type !== added.type)
  return { ...status, conditions: [...others, added] }
}

/** Adds the condition that says how the Job is going to end, once that is known. */
function decide(job: Job, pods: readonly Pod[], { now }: ReconcileContext): Job {
  if (condition(job, 'FailureTarget') || condition(job, 'SuccessCriteriaMet')) return job
  const status = job.status ?? {}
  const end = (type: string, why: typeof reachedLimit) => ({
    ...job,
    status: withCondition(status, conditionOf(type, 'True', why, now)),
  })
  const told = failJobMessage(job, pods)
  if (told !== undefined) return end('FailureTarget', { reason: 'PodFailurePolicy', message: told })
  if ((status.failed ?? 0) > (job.spec?.backoffLimit ?? 6) || restartsExceed(job, pods))
    return end('FailureTarget', reachedLimit)
  if (deadlineIn(job, now) <= 0) return end('FailureTarget', tooLong)
  const succeeded = status.succeeded ?? 0
  const completions = job.spec?.completions
  const failed = parseIndexes(status.failedIndexes, completions ?? 0).size
  const { maxFailedIndexes } = job.spec ?? {}
  if (maxFailedIndexes !== undefined && failed > maxFailedIndexes) return end('FailureTarget', tooManyIndexes)
  if (failed > 0 && failed + succeeded >= (completions ?? 0)) return end('FailureTarget', someIndexes)
  const met = successMessage(job, parseIndexes(status.completedIndexes, completions ?? 0))
  if (met !== undefined && !isSuspended(job))
    return end('SuccessCriteriaMet', { reason: 'SuccessPolicy', message: met })
  const enough = completions === undefined ? succeeded > 0 && !pods.some(isPodActive) : succeeded >= completions
  return enough && !isSuspended(job) ? end('SuccessCriteriaMet', reachedCount) : job
}

/** Milliseconds until activeDeadlineSeconds is over; a suspended Job's clock stands still. */
function deadlineIn({ spec, status }: Job, now: number): number {
  if (spec?.activeDeadlineSeconds === undefined || !status?.startTime || spec.suspend) return Number.POSITIVE_INFINITY
  return Date.parse(status.startTime) + spec.activeDeadlineSeconds * 1000 - now
}

function removeActive(job: Job, context: ReconcileContext): void {
  for (const pod of podsOf(job, context)) {
    if (!isPodActive(pod)) continue
    context.objects.delete(podKind, namespaceOf(pod), nameOf(pod))
    context.recorder.event(job, 'Normal', 'SuccessfulDelete', `Deleted pod: ${nameOf(pod)}`)
  }
}

/** Makes the number of running Pods what it should be (upstream: manageJob); false if the API refused a Pod. */
function manage(job: Job, context: ReconcileContext): boolean {
  const pods = podsOf(job, context)
  const active = pods.filter(isPodActive)
  const succeeded = job.status?.succeeded ?? 0
  const met = condition(job, 'SuccessCriteriaMet') !== undefined
  const wanted = isSuspended(job) || met ? 0 : wantedActive(job, active.length, succeeded)
  if (active.length > wanted) {
    const surplus = deletionOrder(active, active, context.now).slice(0, active.length - wanted)
    for (const pod of surplus) removeJobPod(job, pod, context)
    return true
  }
  const perIndex = job.spec?.backoffLimitPerIndex !== undefined
  if (!perIndex && backoffUntil(pods) > context.now) return true
  const held = job.spec?.podReplacementPolicy === 'Failed' ? pods.filter(isTerminating).length : 0
  const missing = wanted - active.length - held
  try {
    if (isIndexed(job)) {
      for (const index of nextIndexes(job, settledIndexes(job, pods, context.now), active, missing))
        createJobPod(job, index, perIndex ? failureCounts(job, index, pods) : {}, context)
    } else for (let count = 0; count < missing; count++) createJobPod(job, undefined, {}, context)
    return true
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    context.recorder.event(job, 'Warning', 'FailedCreate', `Error creating: ${error.message}`)
    return false
  }
}

/** Indexes that get no Pod now: done, given up, or waiting for their next attempt. */
function settledIndexes(job: Job, pods: readonly Pod[], now: number): ReadonlySet<number> {
  const completions = job.spec?.completions ?? 0
  const { completedIndexes, failedIndexes: failed } = job.status ?? {}
  const settled = new Set([...parseIndexes(completedIndexes, completions), ...parseIndexes(failed, completions)])
  if (job.spec?.backoffLimitPerIndex !== undefined)
    for (const [index, until] of indexBackoffs(pods)) if (until > now) settled.add(index)
  return settled
}

/** The status with its counts, and the last condition once no Pod is left running. */
function finalStatus(job: Job, pods: readonly Pod[], { now, recorder }: ReconcileContext): JobStatus {
  const { active: _active, ...kept } = job.status ?? {}
  const active = pods.filter(isPodActive)
  const terminating = pods.filter(isTerminating)
  const status: JobStatus = {
    ...kept,
    ...(active.length > 0 && { active: active.length }),
    ready: active.filter(isPodReady).length,
    terminating: terminating.length,
    uncountedTerminatedPods: {},
  }
  const failure = condition(job, 'FailureTarget')
  const success = condition(job, 'SuccessCriteriaMet')
  const uncounted = pods.some(({ metadata }) => metadata?.finalizers?.includes(trackingFinalizer))
  if ((!failure && !success) || active.length > 0 || terminating.length > 0 || uncounted) return status
  const { reason = '', message = '' } = failure ?? success ?? {}
  const why = { reason, message }
  const ended = withCondition(status, conditionOf(failure ? 'Failed' : 'Complete', 'True', why, now))
  if (failure) recorder.event(job, 'Warning', why.reason, why.message)
  else recorder.event(job, 'Normal', 'Completed', 'Job completed')
  return failure ? ended : { ...ended, completionTime: timestamp(now) }
}

/** When to look again: after a back-off, at the deadline, or to try again what was refused. */
function next(job: Job, pods: readonly Pod[], refused: boolean, now: number): ReconcileResult | undefined {
  // What is decided only waits for Pods, whose end is news of its own.
  if (condition(job, 'FailureTarget') || condition(job, 'SuccessCriteriaMet')) return undefined
  const waits = job.spec?.backoffLimitPerIndex === undefined ? [backoffUntil(pods)] : [...indexBackoffs(pods).values()]
  const times = [deadlineIn(job, now), ...waits.map((until) => until - now), ...(refused ? [15_000] : [])]
  const soonest = Math.min(...times.filter((time) => time > 0))
  return Number.isFinite(soonest) ? { requeueAfterMs: soonest, background: true } : undefined
}
