import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { StartError } from '../start-error.ts'

const run = promisify(execFile)
const NAME = 'postgres'

/** The user PostgreSQL runs as. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses to run as root: there it runs as `postgres`, which is made if it is missing. Otherwise as ourselves. */
export async function postgresAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  return (await lookUp()) ?? (await create())
}

async function lookUp(): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, NAME])))
    return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) }
  } catch {
    return undefined
  }
}

async function create(): Promise<Account> {
  await run('groupadd', ['--system', NAME]).catch(() => undefined)
  await run('useradd', ['--system', '--gid', NAME, '--no-create-home', NAME]).catch(() => undefined)
  const account = await lookUp()
  if (account) return account
  throw new StartError(
    'PostgreSQL does not run as root and the user "postgres" could not be made; start Slipway as another user or set DATABASE_URL.',
  )
}
