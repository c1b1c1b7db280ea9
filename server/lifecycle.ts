const PARENT_CHECK_MS = 1000
const LAST_RESORT_MS = 15_000

/**
 * Ends the process well once, on SIGINT, SIGTERM or SIGHUP, and when npm, whose child we are, is gone: a TERM sent to
 * `npm start` does not reach the process that npm started. A second signal ends it at once.
 */
export function endGracefully(end: () => Promise<void>): void {
  let ending = false
  const stop = (code: number) => {
    if (ending) process.exit(code)
    ending = true
    setTimeout(() => process.exit(code), LAST_RESORT_MS).unref()
    end().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', () => stop(130))
  process.on('SIGTERM', () => stop(143))
  process.on('SIGHUP', () => stop(129))
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && stop(143), PARENT_CHECK_MS).unref()
}
