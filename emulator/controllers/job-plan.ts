/** The arithmetic of a Job, without a cluster (upstream: pkg/controller/job: job_controller.go, indexed_job_utils.go, backoff_utils.go). */
import type { Job, Pod } from '../generated/types.ts'
import { annotationsOf, createdAt, isDeleting } from './metadata.ts'

export const indexKey = 'batch.kubernetes.io/job-completion-index'
/** A status may be written by hand: no more indexes than this are read from it. */
const maxIndexes = 100_000
const firstBackoffMs = 10_000
const lastBackoffMs = 600_000

/** Indexes as a status keeps them: `0-2,5`. */
export function indexesText(indexes: ReadonlySet<number>): string {
  const parts: string[] = []
  let first: number | undefined
  for (const index of [...indexes].sort((a, b) => a - b)) {
    first ??= index
    if (indexes.has(index + 1)) continue
    parts.push(first === index ? `${index}` : `${first}${index === first + 1 ? ',' : '-'}${index}`)
    first = undefined
  }
  return parts.join(',')
}

/** The set that such a text stands for; only indexes below `completions` count. */
export function parseIndexes(text: string | undefined, completions: number): ReadonlySet<number> {
  const indexes = new Set<number>()
  for (const part of (text ?? '').split(',')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part)
    if (!match) continue
    const last = Math.min(Number(match[2] ?? match[1]), completions - 1)
    for (let index = Number(match[1]); index <= last && indexes.size < maxIndexes; index++) indexes.add(index)
  }
  return indexes
}

export function indexOf(pod: Pod): number | undefined {
  const text = annotationsOf(pod)[indexKey]
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}

export const isIndexed = (job: Job): boolean => job.spec?.completionMode === 'Indexed'

/** How many Pods are to run at once from now on. */
export function wantedActive(job: Job, active: number, succeeded: number): number {
  const parallelism = job.spec?.parallelism ?? 1
  const completions = job.spec?.completions
  if (completions === undefined) return succeeded > 0 ? active : parallelism
  const failed = parseIndexes(job.status?.failedIndexes, completions).size
  return Math.max(0, Math.min(completions - succeeded - failed, parallelism))
}

/** The lowest indexes that neither succeeded nor run. */
export function nextIndexes(
  job: Job,
  done: ReadonlySet<number>,
  active: readonly Pod[],
  count: number,
): readonly number[] {
  const taken = new Set(active.map(indexOf))
  const found: number[] = []
  for (let index = 0; index < (job.spec?.completions ?? 0) && found.length < count; index++)
    if (!done.has(index) && !taken.has(index)) found.push(index)
  return found
}

/** Until when no new Pod is made: 10 s after a failure, doubled by each further one without a success in between. */
export function backoffUntil(pods: readonly Pod[]): number {
  const ended = (phase: string) => pods.filter(({ status }) => status?.phase === phase).map(finishedAt)
  const lastSuccess = Math.max(0, ...ended('Succeeded'))
  const failures = ended('Failed').filter((at) => at > lastSuccess)
  if (failures.length === 0) return 0
  return backoffAfter(failures.length, Math.max(...failures))
}

/** The end of the wait after so many failures, the last of them at `at`. */
export function backoffAfter(failures: number, at: number): number {
  return at + Math.min(firstBackoffMs * 2 ** (failures - 1), lastBackoffMs)
}

/** When the last of a Pod's containers ended. */
export function finishedAt(pod: Pod): number {
  const ends = (pod.status?.containerStatuses ?? []).map(({ state }) => Date.parse(state?.terminated?.finishedAt ?? ''))
  return Math.max(createdAt(pod), ...ends.filter((time) => !Number.isNaN(time)))
}

/** Containers that restart in their Pod count against the limit too (upstream: pastBackoffLimitOnFailure). */
export function restartsExceed(job: Job, pods: readonly Pod[]): boolean {
  if (job.spec?.template.spec?.restartPolicy !== 'OnFailure') return false
  const restarts = pods
    .filter(({ status }) => status?.phase === 'Running' || status?.phase === 'Pending')
    .flatMap(({ status }) => [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])])
    .reduce((sum, { restartCount }) => sum + restartCount, 0)
  const limit = job.spec.backoffLimit ?? 6
  return limit === 0 ? restarts > 0 : restarts >= limit
}

export const isSuspended = (job: Job): boolean => job.spec?.suspend === true

export function condition(job: Job, type: string) {
  return job.status?.conditions?.find((candidate) => candidate.type === type && candidate.status === 'True')
}

export const isJobFinished = (job: Job): boolean =>
  condition(job, 'Complete') !== undefined || condition(job, 'Failed') !== undefined

/** Pods that are going but still run. */
export const isTerminating = (pod: Pod): boolean =>
  isDeleting(pod) && pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed'
