// Brings a fresh clone to where it can run: packages, generated code, a browser for the tests, the built site. Every step
// is skipped when nothing it depends on changed. Plain Node without dependencies.
//   node scripts/setup.mjs [--build] [--browser]
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './setup/lock.mjs'
import { fail, SetupError } from './setup/run.mjs'
import { forget, isDone, remember } from './setup/stamps.mjs'
import { checkPackages, STEPS } from './setup/steps.mjs'

const NEEDED = [20, 19]

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return
  fail(`Slipway needs Node.js ${NEEDED.join('.')} or newer; this is ${process.version}.`)
}

function doSteps(options) {
  for (const step of STEPS) {
    if (step.only && !options.has(step.only)) continue
    const inputs = step.inputs()
    if (isDone(step.name, inputs) && step.present()) continue
    if (step.only === 'browser' && step.present()) continue
    forget(step.name)
    step.run()
    if (!step.present()) fail(`The step "${step.name}" ended well but left nothing behind.`)
    remember(step.name, step.inputs())
  }
  checkPackages()
}

/** Does what is missing; ends the process with one sentence when that is impossible. `options`: 'build', 'browser'. */
export function setUp(...options) {
  try {
    checkNode()
    process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..'))
    withLock(() => doSteps(new Set(options)))
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error)
    process.exit(1)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  setUp(...process.argv.slice(2).map((word) => word.replace(/^--/, '')))
