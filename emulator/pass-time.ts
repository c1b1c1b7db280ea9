import type { PendingJob } from './sim/scheduler.ts'
import type { World } from './world.ts'

/** How much of a long absence is lived through at its beginning, before each lasting wait ends, and at its end. */
const livedMs = 6 * 60_000
/** Background work due sooner than this recurs: the longest back-off is five minutes and a few seconds. */
const recurringMs = 330_000

/**
 * Moves a world to `time`. Of a long absence only the parts in which something can change are lived through: once a
 * cluster has come to do nothing but repeat itself (probes that fail, back-offs, loops), that is put off until shortly
 * before the end. A Pod that crashes all night therefore counts fewer restarts than a real one, and the night costs
 * milliseconds.
 */
export function passTime({ scheduler, runtime }: World, time: number): void {
  while (time - scheduler.now() > 3 * livedMs) {
    scheduler.runUntil(scheduler.now() + livedMs)
    const now = scheduler.now()
    const recurs = ({ at, background }: PendingJob): boolean => background && at - now <= recurringMs
    const pending = scheduler.pending()
    const recurring = pending.filter(recurs)
    const other = pending.find((job) => !recurs(job))
    const until = Math.min(time - livedMs, (other?.at ?? time) - livedMs)
    if (until - now <= livedMs) continue
    const keys = recurring.map(({ key }) => key)
    scheduler.leap(until, keys)
    runtime.postponed(keys, until - now)
  }
  scheduler.runUntil(time)
}
