import { readFileSync } from 'node:fs'

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
  const atStart = ancestry()
  const check = () => {
    if (ending || ancestry() === atStart) return
    clearInterval(timer)
    stop(143)
  }
  const timer = setInterval(check, PARENT_CHECK_MS).unref()
}

/**
 * A reader of our output that is gone (`npm start | head`) must not become an error that is logged, which fails again, and
 * so on at full speed.
 */
export function outliveBrokenOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}

/** Our parent and, where /proc tells, its parent: npm starts scripts through a shell, which outlives a killed npm. */
function ancestry(): string {
  const parent = process.ppid
  try {
    const [, grandparent = ''] = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${parent}/status`, 'utf8')) ?? []
    return `${parent} ${grandparent}`
  } catch {
    return String(parent)
  }
}
