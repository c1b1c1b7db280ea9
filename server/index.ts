/** Boots the whole product in one process: database, clusters, pages, terminal, Kubernetes API. */
import { createServer } from 'node:http'
import { join } from 'node:path'
import { provideClusters } from './clusters/provided.ts'
import { createClusterService } from './clusters/service.ts'
import { watchContent } from './content-changes.ts'
import { provideDatabase } from './data/database.ts'
import { keepHouse } from './data/housekeeping.ts'
import { openDatabase } from './database/open.ts'
import { upgradeKubernetes } from './kubernetes/serve.ts'
import { endGracefully, outliveBrokenOutput } from './lifecycle.ts'
import { listen } from './listen.ts'
import { createPages } from './pages.ts'
import { createRequestListener } from './requests.ts'
import { readSettings, type Settings } from './settings.ts'
import { StartError } from './start-error.ts'
import { createTerminalSocket } from './terminal-socket.ts'

/** Everything behind the port: made once the database and the pages are there. */
async function open(settings: Settings) {
  const database = await openDatabase(settings, join(import.meta.dirname, '../prisma/migrations'))
  provideDatabase(database.client)
  const stopHousekeeping = keepHouse()
  const clusters = createClusterService()
  provideClusters(clusters)
  const pages = await createPages(settings)
  const terminals = createTerminalSocket(clusters, settings)
  const contentChanges = settings.dev ? watchContent(join(import.meta.dirname, '../content')) : undefined
  return {
    handle: createRequestListener({ pages, clusters, settings, contentChanges }),
    upgrade: (...[request, socket, head]: Parameters<typeof pages.upgrade>) => {
      if (terminals.upgrade(request, socket, head) || upgradeKubernetes(clusters, request, socket, head)) return
      pages.upgrade(request, socket, head)
    },
    close: async () => {
      terminals.close()
      contentChanges?.close()
      stopHousekeeping()
      await clusters.flush()
      await database.close()
    },
  }
}

async function start(settings: Settings): Promise<void> {
  const http = createServer()
  const address = await listen(http, settings)
  const site = open(settings)
  // Whatever arrives while the rest boots waits for it; should it fail, the process ends below and the socket with it.
  const whenOpen = (use: (opened: Awaited<typeof site>) => void) => void site.then(use, () => undefined)
  http.on('request', (request, response) => whenOpen((opened) => opened.handle(request, response)))
  http.on('upgrade', (request, socket, head) => whenOpen((opened) => opened.upgrade(request, socket, head)))
  endGracefully(async () => {
    http.close()
    await (await site).close()
  })
  await site
  console.log(`Slipway is ready: ${address}`)
}

outliveBrokenOutput()
try {
  await start(readSettings(process.env, process.argv.includes('--dev')))
} catch (error) {
  console.error(error instanceof StartError ? error.message : error)
  process.exit(1)
}
