/** The virtual clock and its time-ordered queue of work: the only engine that moves a cluster. */
import { before, createJobHeap, inTurn, type Job } from './job-heap.ts'
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

/** A job that keeps queueing work for the very same instant is a bug, not a workload: runUntil throws after this many. */
const MAX_JOBS_PER_INSTANT = 100_000

export function createScheduler(startTime: number): Scheduler {
  let now = startTime
  let sequence = 0
  let atThisInstant = 0
  const jobs = new Map<string, Job>()
  const live = (job: Job): boolean => jobs.get(job.key) === job
  const foreground = createJobHeap(live)
  const background = createJobHeap(live)
  const heapOf = (job: Job) => (job.background ? background : foreground)

  const first = (): Job | undefined => {
    const one = foreground.first()
    const other = background.first()
    return one && other ? (before(one, other) ? one : other) : (one ?? other)
  }
  const queue = (job: Job): void => {
    jobs.set(job.key, job)
    heapOf(job).push(job)
  }

  return {
    now: () => now,
    schedule(at, key, run, options) {
      const due = Math.max(at, now)
      const existing = jobs.get(key)
      if (existing && existing.at <= due) return
      queue({ at: due, sequence: sequence++, key, background: options?.background ?? false, run })
    },
    cancel(key) {
      jobs.delete(key)
    },
    nextAt: (which = 'any') => (which === 'any' ? first() : foreground.first())?.at,
    leap(time, postponed) {
      const delta = time - now
      for (const key of postponed) {
        const job = jobs.get(key)
        if (job) queue({ ...job, at: job.at + delta })
      }
      now = Math.max(now, time)
    },
    pending: () =>
      [...jobs.values()].sort(inTurn).map(({ at, key, background: rests }) => ({ at, key, background: rests })),
    runUntil(time) {
      for (let job = first(); job && job.at <= time; job = first()) {
        heapOf(job).pop()
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
