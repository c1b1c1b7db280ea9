/** The virtual clock and its time-ordered queue of work: the only engine that moves a cluster. */
import type { Clock, EventQueue } from './types.ts'

/** The clock with its queue, and what moves them. */
export interface Scheduler extends Clock, EventQueue {
  /** When the next job is due; `foreground` leaves background work out. */
  nextAt(which?: 'any' | 'foreground'): number | undefined
  /** Moves to `time`, running what falls due on the way in (time, sequence) order. Time never moves backwards. */
  runUntil(time: number): void
  /** Moves to `time` without doing anything: the named jobs wait for as much longer. Nothing else may be due before. */
  leap(time: number, postponed: readonly string[]): void
  /** What is queued, in the order in which it will run: a snapshot keeps it. */
  pending(): readonly PendingJob[]
}

export interface PendingJob {
  readonly at: number
  readonly key: string
  readonly background: boolean
}

interface Job {
  readonly at: number
  readonly sequence: number
  readonly key: string
  readonly background: boolean
  readonly run: () => void
}

/** A job that keeps queueing work for the very same instant is a bug, not a workload: runUntil throws after this many. */
const MAX_JOBS_PER_INSTANT = 100_000

const before = (a: Job, b: Job): boolean => a.at < b.at || (a.at === b.at && a.sequence < b.sequence)

export function createScheduler(startTime: number): Scheduler {
  let now = startTime
  let sequence = 0
  let atThisInstant = 0
  const jobs = new Map<string, Job>()
  /** Binary heap; a job that `jobs` no longer holds is stale and skipped when it comes up. */
  let heap: Job[] = []

  const live = (job: Job): boolean => jobs.get(job.key) === job
  const first = (): Job | undefined => {
    for (let job = heap[0]; job; job = heap[0]) {
      if (live(job)) return job
      pop(heap)
    }
    return undefined
  }
  const compact = (): void => {
    if (heap.length < 64 || heap.length < jobs.size * 2) return
    heap = [...jobs.values()].sort((a, b) => (before(a, b) ? -1 : 1))
  }
  const nextForeground = (): number | undefined => {
    let earliest: number | undefined
    for (const job of jobs.values())
      if (!job.background && (earliest === undefined || job.at < earliest)) earliest = job.at
    return earliest
  }

  return {
    now: () => now,
    schedule(at, key, run, options) {
      const due = Math.max(at, now)
      const existing = jobs.get(key)
      if (existing && existing.at <= due) return
      const job = { at: due, sequence: sequence++, key, background: options?.background ?? false, run }
      jobs.set(key, job)
      push(heap, job)
      compact()
    },
    cancel(key) {
      jobs.delete(key)
      compact()
    },
    nextAt: (which = 'any') => (which === 'any' ? first()?.at : nextForeground()),
    leap(time, postponed) {
      const delta = time - now
      for (const key of postponed) {
        const job = jobs.get(key)
        if (job) jobs.set(key, { ...job, at: job.at + delta })
      }
      heap = [...jobs.values()].sort((a, b) => (before(a, b) ? -1 : 1))
      now = Math.max(now, time)
    },
    pending: () =>
      [...jobs.values()]
        .sort((a, b) => (before(a, b) ? -1 : 1))
        .map(({ at, key, background }) => ({ at, key, background })),
    runUntil(time) {
      for (let job = first(); job && job.at <= time; job = first()) {
        pop(heap)
        jobs.delete(job.key)
        atThisInstant = job.at > now ? 0 : atThisInstant + 1
        if (atThisInstant > MAX_JOBS_PER_INSTANT) throw new Error(`no end of work at ${now}: last job ${job.key}`)
        now = Math.max(now, job.at)
        job.run()
      }
      if (time > now) {
        now = time
        atThisInstant = 0
      }
    },
  }
}

function push(heap: Job[], job: Job): void {
  let index = heap.length
  heap.push(job)
  while (index > 0) {
    const parent = (index - 1) >> 1
    const above = heap[parent]
    if (!above || before(above, job)) break
    heap[index] = above
    index = parent
  }
  heap[index] = job
}

function pop(heap: Job[]): void {
  const last = heap.pop()
  if (!last || heap.length === 0) return
  let index = 0
  for (;;) {
    const left = heap[2 * index + 1]
    const right = heap[2 * index + 2]
    const child = right && left && before(right, left) ? right : left
    if (!child || before(last, child)) break
    heap[index] = child
    index = child === left ? 2 * index + 1 : 2 * index + 2
  }
  heap[index] = last
}
