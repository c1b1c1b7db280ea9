import type { Cluster } from '../../emulator/index.ts'

/** Moves a cluster's virtual time along with the wall clock. */
export interface ClusterClock {
  /** Brings the cluster up to now. */
  touch(): void
  /** While watched, one timer stands for the cluster's next piece of work; otherwise there is none. */
  watch(watched: boolean): void
  /** Is the cluster doing its own work at this moment, rather than answering somebody? */
  readonly advancing: boolean
}

/**
 * A cluster that nobody looked at for longer than this lost the time beyond it: its clock then goes on from there, late
 * by the difference. Working off a week of heartbeats would hold up everybody else.
 */
const CATCH_UP_MS = 10 * 60_000
const LONGEST_TIMER_MS = 60_000
/** Work due within this many milliseconds is done together. */
const SHORTEST_TIMER_MS = 20

/** `wall` is the wall clock in ms since the epoch; `onAdvance` is called after time moved. */
export function createClusterClock(
  cluster: Cluster,
  onAdvance: () => void,
  wall: () => number = Date.now,
): ClusterClock {
  let late = wall() - cluster.now() > CATCH_UP_MS ? wall() - cluster.now() : 0
  let timer: NodeJS.Timeout | undefined
  let watched = false
  let advancing = false
  const arm = () => {
    clearTimeout(timer)
    const next = watched ? cluster.nextEventAt() : undefined
    if (next === undefined) return
    const delay = Math.min(LONGEST_TIMER_MS, Math.max(SHORTEST_TIMER_MS, next + late - wall()))
    timer = setTimeout(touch, delay)
    timer.unref()
  }
  const touch = () => {
    const behind = wall() - late - cluster.now()
    if (behind > CATCH_UP_MS) late += behind - CATCH_UP_MS
    const by = Math.min(behind, CATCH_UP_MS)
    if (by > 0 && !advancing) {
      advancing = true
      try {
        cluster.run(by)
      } finally {
        advancing = false
      }
      onAdvance()
    }
    arm()
  }
  return {
    touch,
    watch(now) {
      watched = now
      if (watched) touch()
      else clearTimeout(timer)
    },
    get advancing() {
      return advancing
    },
  }
}
