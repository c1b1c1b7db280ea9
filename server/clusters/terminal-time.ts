import type { Cluster } from '../../emulator/index.ts'
import type { TerminalTime } from '../../terminal/types.ts'

/** Time as a learner at a terminal feels it: a second of `sleep` is a second, and the cluster moves along. */
export function wallClockTime(cluster: Pick<Cluster, 'now'>, touch: () => void): TerminalTime {
  return {
    now: () => cluster.now(),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        const abort = () => {
          clearTimeout(timer)
          reject(signal.reason)
        }
        const timer = setTimeout(() => {
          signal.removeEventListener('abort', abort)
          touch()
          resolve()
        }, ms)
        signal.addEventListener('abort', abort, { once: true })
      }),
  }
}
