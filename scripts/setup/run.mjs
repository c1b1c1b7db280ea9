// Runs the programs of the set-up and ends with one sentence when one of them fails. All of it speaks on standard error:
// standard output belongs to the command that the set-up was done for.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** An error that is printed as its message alone. */
export class SetupError extends Error {}

export function fail(message) {
  throw new SetupError(message)
}

/** A script of ours or of a package, with this same Node: no shell, no PATH. */
export function node(title, script, args = [], extra = {}) {
  run(title, process.execPath, [script, ...args], extra)
}

export function npm(title, args) {
  if (process.env.npm_execpath?.endsWith('.js')) run(title, process.execPath, [process.env.npm_execpath, ...args])
  else run(title, process.platform === 'win32' ? 'npm.cmd' : 'npm', args)
}

function run(title, command, args, extra = {}) {
  const started = Date.now()
  console.error(`[set-up] ${title} …`)
  const shell = command.endsWith('.cmd')
  const { status, signal, error } = spawnSync(command, args, {
    stdio: ['inherit', 2, 2],
    shell,
    env: environment(extra),
  })
  if (status !== 0)
    fail(`${title} failed (${error?.message ?? signal ?? `exit code ${status}`}); its messages are above.`)
  console.error(`[set-up] ${title}: ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

/** Flags of an outer npm run must not reach an inner one; Prisma's CLI must not download an engine. */
function environment(extra) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(lifecycle|package|command|config_(?!registry|cache|userconfig))/.test(name),
    ),
  )
  if (process.platform !== 'win32') env.PRISMA_SCHEMA_ENGINE_BINARY ??= join(process.cwd(), 'scripts/schema-engine.mjs')
  return {
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
    ...env,
    ...extra,
  }
}
