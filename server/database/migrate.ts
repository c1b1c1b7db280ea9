import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from 'pg'
import { StartError } from '../start-error.ts'

/** The advisory lock that `prisma migrate` takes too. */
const PRISMA_MIGRATE_LOCK = 72707369

/** Prisma's own table, as `prisma migrate deploy` creates it. */
const HISTORY_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`

/**
 * Applies what is missing of prisma/migrations, in order, each in one transaction, and records it exactly as
 * `prisma migrate deploy` does, so that `prisma migrate status` agrees. Returns the names applied.
 */
export async function migrate(client: Client, directory: string): Promise<readonly string[]> {
  await client.query('SELECT pg_advisory_lock($1)', [PRISMA_MIGRATE_LOCK])
  try {
    await client.query(HISTORY_TABLE)
    const done = await history(client)
    const applied: string[] = []
    for (const name of await migrationNames(directory)) {
      const sql = await readFile(join(directory, name, 'migration.sql'), 'utf8')
      const checksum = createHash('sha256').update(sql).digest('hex')
      const earlier = done.get(name)
      if (earlier) checkEarlier(name, checksum, earlier)
      else {
        await apply(client, name, sql, checksum)
        applied.push(name)
      }
    }
    return applied
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [PRISMA_MIGRATE_LOCK])
  }
}

interface Applied {
  readonly migration_name: string
  readonly checksum: string
  readonly finished_at: Date | null
}

async function history(client: Client): Promise<ReadonlyMap<string, Applied>> {
  const { rows } = await client.query<Applied>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  return new Map(rows.map((row) => [row.migration_name, row]))
}

async function migrationNames(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

function checkEarlier(name: string, checksum: string, earlier: Applied): void {
  if (!earlier.finished_at)
    throw new StartError(`The database migration ${name} failed half-way earlier; see "prisma migrate resolve".`)
  if (earlier.checksum !== checksum)
    throw new StartError(`The database migration ${name} was edited after it had been applied; restore its file.`)
}

async function apply(client: Client, name: string, sql: string, checksum: string): Promise<void> {
  const id = randomUUID()
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query(
      'INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)',
      [id, checksum, name],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}
