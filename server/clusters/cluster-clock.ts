import type { Cluster } from '../../emulator/index.ts'
import { wallTime } from '../../terminal/time.ts'
import type { TerminalTime } from '../../terminal/types.ts'

/** Moves a cluster's virtual time along with the wall clock. */
export interface ClusterClock {
  /** Time for the terminals of this cluster. */
  readonly time: TerminalTime
  /** Brings the cluster up to now. */
  touch(): void
  /** While watched, one timer stands for the cluster's next piece of work; otherwise there is none. */
  watch(watched: boolean): void
  /** Is the cluster doing its own work at this moment, rather than answering somebody? */
  readonly advancing: boolean
}

/** Long absences are lived through in steps of this. */
const STEP_MS = 5 * 60_000
/**
 * Milliseconds of computing that catching up may take. An idle week costs none of it; a week of a crashing Pod's probes
 * and restarts would hold up everybody else, so what is left then is left out, and the cluster's clock runs late by that.
 */
const CATCH_UP_BUDGET_MS = 50
const LONGEST_TIMER_MS = 60_000
/** Work due within this many milliseconds is done together. */
const SHORTEST_TIMER_MS = 20
const AFTER_FAULT_MS = 1000

/** `wall` is the wall clock in ms since the epoch. */
export function createClusterClock(cluster: Cluster, wall: () => number = Date.now): ClusterClock {
  let late = 0
  let timer: NodeJS.Timeout | undefined
  let watched = false
  let advancing = false
  const run = (ms: number) => {
    advancing = true
    try {
      cluster.run(ms)
    } finally {
      advancing = false
    }
  }
  const driven: Cluster = Object.create(cluster, { run: { value: run } })
  const time = wallTime({ cluster: driven, now: () => wall() - late })
  const touch = () => {
    if (advancing) return
    const giveUpAt = performance.now() + CATCH_UP_BUDGET_MS
    while (time.behind() > STEP_MS) {
      if (performance.now() > giveUpAt) late += time.behind() - STEP_MS
      else run(STEP_MS)
    }
    time.catchUp()
    arm()
  }
  const arm = (shortest = SHORTEST_TIMER_MS) => {
    clearTimeout(timer)
    const wait = watched ? time.untilNextEvent() : undefined
    if (wait === undefined) return
    timer = setTimeout(moveOn, Math.min(LONGEST_TIMER_MS, Math.max(shortest, wait)))
    timer.unref()
  }
  /** A fault in one learner's cluster is logged; it must not end the server, which is everybody's. */
  const moveOn = () => {
    try {
      touch()
    } catch (error) {
      console.error('A cluster met a fault while its time passed:', error)
      arm(AFTER_FAULT_MS)
    }
  }
  return {
    time,
    touch,
    watch(now) {
      watched = now
      touch()
    },
    get advancing() {
      return advancing
    },
  }
}
