import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises'
import type { Cluster } from '../emulator/index.ts'
import type { TerminalTime } from './types.ts'

/** Time of replays and graders: sleeping moves the cluster on, at once. */
export function virtualTime(cluster: Cluster): TerminalTime {
  return {
    now: () => cluster.now(),
    async sleep(ms, signal) {
      signal.throwIfAborted()
      cluster.run(Math.max(0, ms))
      // A command that waits for ever must let the process turn: its limits are timers of the real clock.
      await turn()
      signal.throwIfAborted()
    },
  }
}

/** A cluster's time that follows the wall clock, plus what was skipped so that nobody waits in vain. */
export interface WallTime extends TerminalTime {
  /** ms that the cluster's clock lags behind the present. */
  behind(): number
  /** Brings the cluster to the present: call before whatever looks at it. */
  catchUp(): void
  /** Moves the present on by `ms`: what follows happens as if so much time had passed. */
  skip(ms: number): void
  /** ms of wall time until the cluster has something to do; undefined if nothing is due. */
  untilNextEvent(): number | undefined
}

export interface WallTimeOptions {
  readonly cluster: Cluster
  /** The wall clock, ms since the epoch. */
  readonly now: () => number
  /** Waits longer than this are shortened to it (`curl` to an address that never answers). */
  readonly longestWaitMs?: number
}

const LONGEST_WAIT_MS = 3_000

/** Time of the server: the cluster's present is the wall clock plus an offset that only grows. */
export function wallTime({ cluster, now, longestWaitMs = LONGEST_WAIT_MS }: WallTimeOptions): WallTime {
  let offset = Math.max(0, cluster.now() - now())
  const present = (): number => now() + offset
  const behind = (): number => present() - cluster.now()
  const catchUp = (): void => {
    const by = behind()
    if (by > 0) cluster.run(by)
    // A cluster that was moved on by hand is ahead; the present follows it rather than standing still.
    else if (by < 0) offset -= by
  }
  const skip = (ms: number): void => {
    offset += ms
    catchUp()
  }
  return {
    now() {
      catchUp()
      return cluster.now()
    },
    behind,
    catchUp,
    skip,
    untilNextEvent() {
      const at = cluster.nextEventAt()
      return at === undefined ? undefined : Math.max(0, at - present())
    },
    async sleep(ms, signal) {
      signal.throwIfAborted()
      const real = Math.min(ms, longestWaitMs)
      if (real > 0) await waitFor(real, signal)
      if (ms > real) skip(ms - real)
      else catchUp()
    },
  }
}

/** Waits, or rejects with the signal's reason. */
async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal })
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}
