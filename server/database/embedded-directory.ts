import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StartError } from '../start-error.ts'
import { postgresAccount } from './postgres-account.ts'

const run = promisify(execFile)

/**
 * Where the embedded database keeps its files: `<data directory>/postgres`. Run as root from a folder that the postgres
 * user cannot enter (such as /root), it is a folder of this checkout's own under /var/lib/slipway.
 */
export async function embeddedDirectory(dataDirectory: string): Promise<string> {
  const own = join(dataDirectory, 'postgres')
  await mkdir(own, { recursive: true }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    throw new StartError(`The data folder ${dataDirectory} cannot be written to (${why}); check SLIPWAY_DATA.`)
  })
  const account = await postgresAccount()
  if (!account || (await canEnter(own, account))) return own
  const name = createHash('sha256').update(dataDirectory).digest('hex').slice(0, 12)
  return join('/var/lib/slipway', `data-${name}`)
}

async function canEnter(directory: string, account: { readonly uid: number; readonly gid: number }): Promise<boolean> {
  return run('test', ['-x', directory], { ...account, cwd: '/' }).then(
    () => true,
    () => false,
  )
}
