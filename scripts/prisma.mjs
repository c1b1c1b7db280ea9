// Prisma's CLI with its engine from npm and, without DATABASE_URL, the embedded database:
//   npm run prisma -- migrate status
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setUp } from './setup.mjs'

setUp()
const { register } = await import('tsx/esm/api')
register()
const { startEmbedded } = await import('../server/database/embedded.ts')
const { embeddedDirectory } = await import('../server/database/embedded-directory.ts')
const { readSettings } = await import('../server/settings.ts')

const settings = readSettings(process.env, false)
const embedded = settings.databaseUrl ? undefined : await startEmbedded(await embeddedDirectory(settings.dataDirectory))
const env = {
  ...process.env,
  DATABASE_URL: settings.databaseUrl ?? embedded.url,
  PRISMA_SCHEMA_ENGINE_BINARY:
    process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? join(process.cwd(), 'scripts/schema-engine.mjs'),
  CHECKPOINT_DISABLE: '1',
}
const args = ['node_modules/prisma/build/index.js', ...process.argv.slice(2)]
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env })
await embedded?.stop()
process.exit(status ?? 1)
