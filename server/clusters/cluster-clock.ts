import type { Cluster } from '../../emulator/index.ts'
import { wallTime } from '../../terminal/time.ts'
import type { TerminalTime } from '../../terminal/types.ts'
import { throttle } from './throttle.ts'

/** Moves a cluster's virtual time along with the wall clock. */
export interface ClusterClock {
  /** Time for the terminals of this cluster. */
  readonly time: TerminalTime
  /** Brings the cluster up to now. */
  touch(): void
  /** The cluster was changed: what it has to do may be due sooner than the timer knows. */
  changed(): void
  /** While watched, one timer stands for the cluster's next piece of work; otherwise there is none. */
  watch(watched: boolean): void
  /** Is the cluster doing its own work at this moment, rather than answering somebody? */
  readonly advancing: boolean
}

/** A cluster that is further behind than this when its turn is over leaves out what it has missed. */
const LEFT_OUT_MS = 5 * 60_000
/**
 * Milliseconds of computing in one turn, whoever asks for it: a cluster with hundreds of Pods to start holds nobody else
 * up, but is late for a while. An idle week costs none of it; a week of a crashing Pod's probes and restarts is left out,
 * and the cluster's clock runs late by that.
 */
const TURN_MS = { asked: 50, byItself: 20 }
/** Work that falls due within so many virtual milliseconds is not cut in two. */
const PIECE_MS = 2
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
  let turnMs: number = TURN_MS.asked
  /** Lives through `ms`, or as much of it as one turn allows. */
  const run = (ms: number) => {
    const until = cluster.now() + ms
    const giveUpAt = performance.now() + turnMs
    advancing = true
    try {
      while (cluster.now() < until && performance.now() < giveUpAt) {
        const next = Math.max(cluster.now(), cluster.nextEventAt() ?? until)
        cluster.run(Math.min(until, next + PIECE_MS) - cluster.now())
      }
    } finally {
      advancing = false
    }
  }
  const driven: Cluster = Object.create(cluster, { run: { value: run } })
  const time = wallTime({ cluster: driven, now: () => wall() - late })
  const touch = () => {
    if (advancing) return
    time.catchUp()
    const left = time.behind()
    if (left > LEFT_OUT_MS) late += left
    arm()
  }
  const arm = (shortest = SHORTEST_TIMER_MS) => {
    clearTimeout(timer)
    const wait = watched ? time.untilNextEvent() : undefined
    if (wait === undefined) return
    timer = setTimeout(moveOn, Math.min(LONGEST_TIMER_MS, Math.max(shortest, wait)))
    timer.unref()
  }
  const rearm = throttle(SHORTEST_TIMER_MS, () => arm())
  /** A fault in one learner's cluster is logged; it must not end the server, which is everybody's. */
  const moveOn = () => {
    turnMs = TURN_MS.byItself
    try {
      touch()
    } catch (error) {
      console.error('A cluster met a fault while its time passed:', error)
      arm(AFTER_FAULT_MS)
    } finally {
      turnMs = TURN_MS.asked
    }
  }
  return {
    time,
    touch,
    changed() {
      if (watched && !advancing) rearm.request()
    },
    watch(now) {
      watched = now
      touch()
    },
    get advancing() {
      return advancing
    },
  }
}
