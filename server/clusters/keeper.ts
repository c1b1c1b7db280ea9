/** Writes a cluster's state to the database soon after it changed, one write at a time. */
export interface Keeper {
  /** The learner did something: written within `SOON_MS`. */
  changedByLearner(): void
  /** The cluster did something by itself: written within `EVENTUALLY_MS`. */
  changedByItself(): void
  /** Resolves when all that happened until now is in the database. */
  flush(): Promise<void>
  /** No more writes by timer. */
  stop(): void
}

const SOON_MS = 400
const EVENTUALLY_MS = 10_000

/** `write` takes the state as it is when called and resolves when it is durable. */
export function createKeeper(write: () => Promise<void>, onError: (error: unknown) => void): Keeper {
  let timer: NodeJS.Timeout | undefined
  let dueAt = Number.POSITIVE_INFINITY
  let dirty = false
  let stopped = false
  let writing: Promise<void> = Promise.resolve()
  const flush = (): Promise<void> => {
    clearTimeout(timer)
    dueAt = Number.POSITIVE_INFINITY
    writing = writing
      .catch(() => undefined)
      .then(async () => {
        if (!dirty) return
        dirty = false
        try {
          await write()
        } catch (error) {
          dirty = true
          throw error
        }
      })
    return writing
  }
  const schedule = (delay: number) => {
    if (stopped) return
    dirty = true
    const at = performance.now() + delay
    if (at >= dueAt) return
    clearTimeout(timer)
    dueAt = at
    timer = setTimeout(() => flush().catch(tryAgain), delay)
  }
  const tryAgain = (error: unknown) => {
    onError(error)
    schedule(EVENTUALLY_MS)
  }
  return {
    changedByLearner: () => schedule(SOON_MS),
    changedByItself: () => schedule(EVENTUALLY_MS),
    flush,
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
