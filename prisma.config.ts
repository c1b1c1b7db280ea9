import { defineConfig } from 'prisma/config'

/** The CLI's own commands (`migrate diff`, `migrate status`) need a database; `generate` never connects to this one. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://nobody@127.0.0.1:5/none' },
})
