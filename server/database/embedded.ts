import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { StartError } from '../start-error.ts'
import { type Account, postgresAccount } from './postgres-account.ts'
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts'

const run = promisify(execFile)
const USER = 'slipway'
const DATABASE = 'slipway'

export interface RunningDatabase {
  readonly url: string
  /** Stops PostgreSQL, unless another process still uses it. */
  stop(): Promise<void>
}

/**
 * Starts (or attaches to) the PostgreSQL whose data lies in `directory`, as a process of its own that outlives a killed
 * server: the next start finds it by its postmaster.pid. It listens on 127.0.0.1 only, on a free port, with a password
 * that was drawn when the data was created.
 */
export async function startEmbedded(directory: string): Promise<RunningDatabase> {
  const data = join(directory, 'data')
  const passwordFile = join(directory, 'password')
  const account = await postgresAccount()
  const binaries = await postgresBinaries(account)
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise({ binaries, account, directory, data, passwordFile })
  const password = (await readFile(passwordFile, 'utf8')).trim()
  const urlAt = (port: number, database = DATABASE) => `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`

  const surviving = await survivingPort(data)
  const attached = surviving !== undefined && (await accepts(urlAt(surviving, 'postgres')))
  const port = attached
    ? surviving
    : await launch({ binaries, account, data, log: join(directory, 'postgres.log'), urlAt })
  await ensureDatabase(urlAt(port, 'postgres'))
  return { url: urlAt(port), stop: () => stopUnlessUsed(binaries, account, data, urlAt(port, 'postgres')) }
}

interface Place {
  readonly binaries: PostgresBinaries
  readonly account: Account | undefined
  readonly data: string
}

/** Creates the data directory under another name first, so that an interrupted initdb is never taken for a database. */
async function initialise(place: Place & { readonly directory: string; readonly passwordFile: string }): Promise<void> {
  const { binaries, account, directory, data, passwordFile } = place
  await mkdir(directory, { recursive: true })
  const unfinished = `${data}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  await chmod(passwordFile, 0o600)
  if (account) {
    await chown(directory, account.uid, account.gid)
    await chown(unfinished, account.uid, account.gid)
    await chown(passwordFile, account.uid, account.gid)
  }
  const args = ['--pgdata', unfinished, '--username', USER, '--pwfile', passwordFile, '--auth', 'scram-sha-256']
  await run(binaries.initdb, [...args, '--encoding', 'UTF8', '--locale', 'C', '--no-instructions'], {
    ...account,
    cwd: '/',
    env: postgresEnvironment(),
  }).catch((error: unknown) => {
    throw new StartError(`PostgreSQL could not create its data directory ${data}: ${lastLine(error)}`)
  })
  await rename(unfinished, data)
}

/** PostgreSQL reads PG* variables: none of the caller's may lead it elsewhere. */
function postgresEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C' }
  for (const name of Object.keys(env)) if (name.startsWith('PG')) delete env[name]
  return env
}

function lastLine(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  return text.trim().split('\n').at(-1) ?? text
}

/**
 * The port that a running postmaster wrote down. PostgreSQL takes any living process of that number for itself: a number
 * that was given to another program since, or to a dead process that nobody buried, is taken out of its way.
 */
async function survivingPort(data: string): Promise<number | undefined> {
  const file = join(data, 'postmaster.pid')
  const lines = await readFile(file, 'utf8').then(
    (text) => text.split('\n'),
    () => undefined,
  )
  const pid = Number(lines?.[0])
  const port = Number(lines?.[3])
  if (!(pid > 0) || !isAlive(pid)) return undefined
  if (await isPostgres(pid)) return port > 0 ? port : undefined
  await rm(file, { force: true })
  return undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Where /proc does not tell, the number is believed. */
async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes('postgres')
}

async function accepts(url: string): Promise<boolean> {
  return withClient(url, async () => true).catch(() => false)
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function launch(
  place: Place & { readonly log: string; readonly urlAt: (port: number, database?: string) => string },
): Promise<number> {
  const { binaries, account, data, log, urlAt } = place
  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    logging_collector: 'on',
    log_directory: dirname(log),
    log_filename: 'postgres.log',
    log_rotation_size: '0',
    log_rotation_age: '0',
    max_connections: '50',
    shared_buffers: '32MB',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(binaries.postgres, ['-D', data, '-p', String(port), ...args], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: postgresEnvironment(),
  })
  await ready(child, () => accepts(urlAt(port, 'postgres')), log)
  child.stderr?.destroy()
  child.unref()
  return port
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (!address || typeof address === 'string') throw new Error('A TCP server has no port.')
  return address.port
}

/** Resolves once PostgreSQL accepts connections (crash recovery may take a while); rejects when it ends. */
async function ready(child: ChildProcess, accepting: () => Promise<boolean>, log: string): Promise<void> {
  let complaint = ''
  let ended: string | undefined
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  child.once('error', (error) => {
    ended = error.message
  })
  child.once('exit', (code) => {
    ended ??= complaint.trim().split('\n').at(-1) || `exit code ${code}`
  })
  const deadline = Date.now() + 120_000
  while (!(await accepting())) {
    if (ended !== undefined) throw new StartError(`The embedded PostgreSQL did not start: ${ended} (see ${log})`)
    if (Date.now() > deadline) throw new StartError(`The embedded PostgreSQL does not answer (see ${log}).`)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

async function ensureDatabase(maintenanceUrl: string): Promise<void> {
  await withClient(maintenanceUrl, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(DATABASE)}`)
  })
}

async function stopUnlessUsed(
  binaries: PostgresBinaries,
  account: Account | undefined,
  data: string,
  maintenanceUrl: string,
): Promise<void> {
  const others = await withClient(maintenanceUrl, async (client) => {
    const { rows } = await client.query<{ count: string }>(
      "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
    )
    return Number(rows[0]?.count)
  }).catch(() => 0)
  if (others > 0) return
  await run(binaries.pgCtl, ['stop', '--pgdata', data, '--mode', 'fast', '--wait', '--timeout', '20'], {
    ...account,
    cwd: '/',
    env: postgresEnvironment(),
  }).catch(async (error: unknown) => {
    if ((await stat(join(data, 'postmaster.pid')).catch(() => undefined)) !== undefined) throw error
  })
}
