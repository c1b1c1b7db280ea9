/**
 * For whoever writes exercises:
 *   npm run exercise -- new TOPIC/SLUG             a folder to begin with
 *   npm run exercise -- check SLUG                 every mistake, and what each script comes to
 *   npm run exercise -- try SLUG [--seed TEXT]     a terminal on its cluster; "check" grades
 *   npm run exercise -- try SLUG --state FILE      the same on a state that a learner reported
 */
import { parseArgs } from 'node:util'
import { ContentError } from '../curriculum/content-error.ts'
import { StartError } from '../server/start-error.ts'
import { checkExercise } from './exercise/check.ts'
import { openKeyboard } from './exercise/keyboard.ts'
import { scaffold } from './exercise/new.ts'
import { tryExercise } from './exercise/try.ts'

const USAGE = `Usage: npm run exercise -- new TOPIC/SLUG
       npm run exercise -- check SLUG
       npm run exercise -- try SLUG [--seed TEXT] [--state FILE]`

function readOptions() {
  try {
    const options = { seed: { type: 'string' }, state: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const [task, name, ...rest] = positionals
    if (task === undefined || name === undefined || rest.length > 0) throw new Error(USAGE)
    return { task, name, ...values }
  } catch (error) {
    throw new StartError(error instanceof Error && error.message !== USAGE ? `${error.message}\n${USAGE}` : USAGE)
  }
}

async function main(): Promise<number> {
  const { task, name, seed, state } = readOptions()
  if (task === 'new') {
    const folder = scaffold(name)
    console.log(`${folder} has everything an exercise needs; places marked ✎ are yours to write.`)
    console.log(`Then: npm run exercise -- check ${name.split('/')[1]}`)
    return 0
  }
  if (task === 'check') return (await checkExercise(name, (line) => console.log(line))) ? 0 : 1
  if (task !== 'try') throw new StartError(USAGE)
  const keyboard = openKeyboard()
  try {
    await tryExercise(name, { seed: seed ?? 'try', state }, keyboard)
  } finally {
    keyboard.release()
  }
  return 0
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof StartError || error instanceof ContentError ? error.message : error)
    process.exit(1)
  },
)
