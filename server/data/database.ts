import type { PrismaClient } from './generated/client.ts'

const KEY = Symbol.for('slipway.database')
const shared: typeof globalThis & { [KEY]?: PrismaClient } = globalThis

/** Hands the client that server/index.ts opened to every copy of this module: Next bundles one of its own. */
export function provideDatabase(client: PrismaClient): void {
  shared[KEY] = client
}

/** The open database. */
export function database(): PrismaClient {
  const client = shared[KEY]
  if (!client) throw new Error('No database is open: pages are served by server/index.ts, which opens it.')
  return client
}
