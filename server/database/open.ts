import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '../data/generated/client.ts'
import type { Settings } from '../settings.ts'
import { StartError } from '../start-error.ts'
import { startEmbedded } from './embedded.ts'
import { embeddedDirectory } from './embedded-directory.ts'
import { migrate } from './migrate.ts'

export interface OpenDatabase {
  readonly client: PrismaClient
  /** Closes the connections and stops the embedded PostgreSQL. */
  close(): Promise<void>
}

/** Opens DATABASE_URL or the embedded PostgreSQL, brings its tables up to date and takes the lock of the one server. */
export async function openDatabase(
  settings: Pick<Settings, 'databaseUrl' | 'dataDirectory'>,
  migrations: string,
  patienceMs = 5000,
): Promise<OpenDatabase> {
  const embedded = settings.databaseUrl
    ? undefined
    : await startEmbedded(await embeddedDirectory(settings.dataDirectory))
  const url = settings.databaseUrl ?? embedded?.url ?? ''
  const owner = await connectOwner(url)
  try {
    await claim(owner, patienceMs)
    await migrate(owner, migrations)
  } catch (error) {
    await owner.end()
    await embedded?.stop()
    throw error
  }
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 8 }) })
  return {
    client,
    close: async () => {
      await client.$disconnect()
      await owner.end().catch(() => undefined)
      await embedded?.stop()
    },
  }
}

async function connectOwner(url: string): Promise<pg.Client> {
  const owner = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true })
  // A lost connection ends the process through the queries that fail; the event alone must not.
  owner.on('error', () => undefined)
  try {
    await owner.connect()
    return owner
  } catch (error) {
    const { host, pathname } = new URL(url)
    const why =
      error instanceof Error ? error.message || ('code' in error ? String(error.code) : error.name) : String(error)
    throw new StartError(
      `The database ${decodeURIComponent(pathname.slice(1))} at ${host} cannot be reached (${why}); check DATABASE_URL.`,
    )
  }
}

const SLIPWAY_SERVER_LOCK = 0x51_1b_0a_70

/**
 * Learners' clusters live in one process: a second server on the same database would overwrite the first one's work. The
 * lock belongs to the connection, so it goes with a killed server; its successor waits a little for that.
 */
async function claim(owner: pg.Client, patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const { rows } = await owner.query<{ ours: boolean }>('SELECT pg_try_advisory_lock($1) AS ours', [
      SLIPWAY_SERVER_LOCK,
    ])
    if (rows[0]?.ours) return
    if (performance.now() > deadline)
      throw new StartError(
        'Another Slipway server uses this database; stop it, or give this one its own SLIPWAY_DATA or DATABASE_URL.',
      )
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
