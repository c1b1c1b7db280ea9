import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { StartError } from '../start-error.ts'
import { type RunningDatabase, startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { openDatabase } from './open.ts'

const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations')

let directory: string
let database: RunningDatabase

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-database-'))
  await chmod(directory, 0o755)
  database = await startEmbedded(join(directory, 'postgres'))
}, 60_000)

afterAll(async () => {
  await database.stop()
  await rm(directory, { recursive: true, force: true })
})

async function query(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const settings = (databaseUrl: string) => ({ databaseUrl, dataDirectory: directory })

describe('embedded PostgreSQL', () => {
  test('listens on loopback, and its password is for us alone', async () => {
    const [{ addresses }] = await query(database.url, "SELECT current_setting('listen_addresses') AS addresses")
    expect(addresses).toBe('127.0.0.1')
    expect((await stat(join(directory, 'postgres/password'))).mode & 0o777).toBe(0o600)
    const wrong = database.url.replace(/:[^:@]+@/, ':wrong@')
    await expect(query(wrong, 'SELECT 1')).rejects.toThrow('password authentication failed')
  })

  test('a start beside a running instance attaches to it; data outlives a stop', async () => {
    await query(database.url, 'CREATE TABLE kept (n int)')
    await query(database.url, 'INSERT INTO kept VALUES (42)')
    const second = await startEmbedded(join(directory, 'postgres'))
    expect(second.url).toBe(database.url)
    await second.stop()
    expect((await readdir(join(directory, 'postgres/data'))).includes('postmaster.pid')).toBe(false)
    database = await startEmbedded(join(directory, 'postgres'))
    expect(await query(database.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }])
  })

  test('a postmaster.pid left by a killed PostgreSQL does not hinder a start, nor lose what was written', async () => {
    await query(database.url, 'INSERT INTO kept VALUES (43)')
    const pid = Number((await readFile(join(directory, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0])
    process.kill(pid, 'SIGKILL')
    database = await startEmbedded(join(directory, 'postgres'))
    expect(await query(database.url, 'SELECT n FROM kept ORDER BY n')).toEqual([{ n: 42 }, { n: 43 }])
  })
})

test.runIf(process.platform === 'linux')(
  'a postmaster.pid whose number another program got is no hindrance',
  async () => {
    const pidFile = join(directory, 'postgres/data/postmaster.pid')
    const lines = (await readFile(pidFile, 'utf8')).split('\n')
    await database.stop()
    await writeFile(pidFile, [process.pid, ...lines.slice(1)].join('\n'))
    database = await startEmbedded(join(directory, 'postgres'))
    expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  },
)

describe('migrations', () => {
  test('are applied once, recorded as Prisma records them, and never changed afterwards', async () => {
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    const names = (await readdir(MIGRATIONS, { withFileTypes: true })).filter((e) => e.isDirectory()).map((e) => e.name)
    expect(await migrate(client, MIGRATIONS)).toEqual(names.sort())
    expect(await migrate(client, MIGRATIONS)).toEqual([])
    const { rows } = await client.query('SELECT checksum, finished_at, applied_steps_count FROM _prisma_migrations')
    expect(rows).toHaveLength(names.length)
    expect(rows[0]).toMatchObject({ checksum: expect.stringMatching(/^[0-9a-f]{64}$/), applied_steps_count: 1 })
    await client.query("UPDATE _prisma_migrations SET checksum = 'other'")
    await expect(migrate(client, MIGRATIONS)).rejects.toThrow('was edited after it had been applied')
    await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
    await client.end()
  })
})

describe('opening', () => {
  test('a database that cannot be reached is one sentence', async () => {
    const url = 'postgresql://somebody:secret@127.0.0.1:9/learning'
    await expect(openDatabase(settings(url), MIGRATIONS)).rejects.toThrow(
      new StartError(
        'The database learning at 127.0.0.1:9 cannot be reached (connect ECONNREFUSED 127.0.0.1:9); check DATABASE_URL.',
      ),
    )
  })

  test('one server at a time; the next may open when the first has closed', async () => {
    const first = await openDatabase(settings(database.url), MIGRATIONS)
    await expect(openDatabase(settings(database.url), MIGRATIONS, 0)).rejects.toThrow('Another Slipway server')
    await first.close()
    const second = await openDatabase(settings(database.url), MIGRATIONS)
    expect(await second.client.learner.count()).toBe(0)
    await second.close()
  })
})
