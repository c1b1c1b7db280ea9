import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { provideDatabase } from '../data/database.ts'
import { startEmbedded } from '../database/embedded.ts'
import { openDatabase } from '../database/open.ts'

/** A PostgreSQL of the test's own with all tables, provided to server/data. Returns how to remove it. */
export async function temporaryDatabase(): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-test-'))
  await chmod(directory, 0o755)
  const embedded = await startEmbedded(join(directory, 'postgres'))
  const settings = { databaseUrl: embedded.url, dataDirectory: directory }
  const database = await openDatabase(settings, join(import.meta.dirname, '../../prisma/migrations'))
  provideDatabase(database.client)
  return async () => {
    await database.close()
    await embedded.stop()
    await rm(directory, { recursive: true, force: true })
  }
}
