// `npm run check`: everything that is fast and needs no browser. `npm run check -- types` runs the parts so named.
import { spawnSync } from 'node:child_process'
import { checkBanned } from './check/banned.mjs'
import { checkBoundaries } from './check/boundaries.mjs'
import { setUp } from './setup.mjs'

/** A program of node_modules; true when it ended well. */
function program(script, ...args) {
  return () => spawnSync(process.execPath, [`node_modules/${script}`, ...args], { stdio: 'inherit' }).status === 0
}

/** A check that returns its problems; true when there are none. */
function problems(find) {
  return async () => {
    const found = await find()
    for (const problem of found) console.error(problem)
    return found.length === 0
  }
}

const tsc = (project) => program('typescript/bin/tsc', '-p', project)

const PARTS = [
  ['format and lint', program('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.')],
  ['types: emulator', tsc('emulator')],
  ['types: terminal', tsc('terminal')],
  ['types: site and server', tsc('.')],
  ['types: tests and scripts', tsc('tsconfig.tests.json')],
  ['boundaries', problems(checkBoundaries)],
  ['banned patterns', problems(checkBanned)],
  ['dead code', program('knip/bin/knip.js')],
  // The replay with a real kubectl takes minutes: `npm test` has it.
  ['unit tests and content', program('vitest/vitest.mjs', 'run', '--exclude', 'scripts/replay-kubectl.test.ts')],
]

setUp()
const wanted = process.argv.slice(2)
const parts = PARTS.filter(([name]) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
const failed = []
for (const [name, run] of parts) {
  const started = Date.now()
  const passed = await run()
  console.log(`${passed ? 'ok' : 'FAILED'}  ${name}  (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  if (!passed) failed.push(name)
}
console.log(failed.length === 0 ? 'Everything is in order.' : `Not in order: ${failed.join(', ')}.`)
process.exit(failed.length === 0 ? 0 : 1)
