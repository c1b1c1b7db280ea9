/**
 * What learners reported of tasks:
 *   npm run reports                            open ones, newest first (--all: closed ones too)
 *   npm run reports -- show N                  the words, the verdict, the commands, what the terminals showed
 *   npm run reports -- show N --state FILE     and the cluster, for `npm run exercise -- try SLUG --state FILE`
 *   npm run reports -- close N                 done with it
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { PrismaPg } from '@prisma/adapter-pg'
import { provideDatabase } from '../server/data/database.ts'
import { PrismaClient } from '../server/data/generated/client.ts'
import { closeTaskReport, listTaskReports, taskReport } from '../server/data/task-reports.ts'
import { startEmbedded } from '../server/database/embedded.ts'
import { embeddedDirectory } from '../server/database/embedded-directory.ts'
import { readSettings } from '../server/settings.ts'
import { StartError } from '../server/start-error.ts'
import { listText, stateText, wholeText } from './reports/texts.ts'

const USAGE = `Usage: npm run reports [-- --all]
       npm run reports -- show N [--state FILE]
       npm run reports -- close N`

function readOptions() {
  try {
    const options = { all: { type: 'boolean' }, state: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const [task = 'list', given, ...rest] = positionals
    const number = Number(given)
    const wantsNumber = task === 'show' || task === 'close'
    if (rest.length > 0 || (task !== 'list' && !wantsNumber)) throw new Error(USAGE)
    if (wantsNumber && !(Number.isInteger(number) && number > 0 && number < 2 ** 31)) throw new Error(USAGE)
    return { task, number, ...values }
  } catch (error) {
    throw new StartError(error instanceof Error && error.message !== USAGE ? `${error.message}\n${USAGE}` : USAGE)
  }
}

async function answer({ task, number, all, state }: ReturnType<typeof readOptions>): Promise<string> {
  if (task === 'list') return listText(await listTaskReports(all ? 'all' : 'open'))
  if (task === 'close') {
    if (await closeTaskReport(number)) return `Report ${number} is closed.\n`
    throw new StartError(`There is no open report ${number}.`)
  }
  const report = await taskReport(number)
  if (report === undefined) throw new StartError(`There is no report ${number}.`)
  if (state === undefined) return wholeText(report)
  const text = stateText(report)
  if (text === undefined) throw new StartError(`The cluster of report ${number} was too large to be kept.`)
  await writeFile(state, text)
  return `${wholeText(report)}\nnpm run exercise -- try ${report.exercise} --state ${state}\n`
}

/** The database as it stands, beside a running server or without one. */
async function main(): Promise<void> {
  const options = readOptions()
  const settings = readSettings(process.env, false)
  const embedded = settings.databaseUrl
    ? undefined
    : await startEmbedded(await embeddedDirectory(settings.dataDirectory))
  const client = new PrismaClient({
    adapter: new PrismaPg({ connectionString: settings.databaseUrl ?? embedded?.url ?? '' }),
  })
  provideDatabase(client)
  try {
    process.stdout.write(await answer(options))
  } finally {
    await client.$disconnect()
    await embedded?.stop()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof StartError ? error.message : error)
  process.exit(1)
})
