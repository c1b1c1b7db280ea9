import { EventEmitter } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import next from 'next'
import type { Settings } from './settings.ts'

/** Next, answering what is not ours. */
export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
}

/**
 * Next adds an `upgrade` listener of its own to the server it is given and closes every socket whose path looks like a
 * page, ours included. It gets a private emitter, to which only what is not ours is forwarded (hot reloading).
 */
export async function createPages(settings: Pick<Settings, 'dev' | 'host' | 'port'>): Promise<Pages> {
  const upgrades = new EventEmitter()
  const app = next({
    dev: settings.dev,
    dir: join(import.meta.dirname, '..'),
    hostname: settings.host,
    port: settings.port,
    httpServer: upgrades as Server,
  })
  await app.prepare()
  const handle = app.getRequestHandler()
  return {
    handle: (request, response) => handle(request, response),
    upgrade: (request, socket, head) => {
      if (!upgrades.emit('upgrade', request, socket, head)) socket.destroy()
    },
  }
}
