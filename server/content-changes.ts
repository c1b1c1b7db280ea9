import { watch } from 'node:fs'
import type { ServerResponse } from 'node:http'

/** Where pages listen, in development only. */
export const CONTENT_CHANGES = '/__content-changes'

/** Tells open pages that an author saved something below content/. */
export interface ContentChanges {
  /** Keeps the answer open and sends an event after each change. */
  serve(response: ServerResponse): void
  close(): void
}

/** An editor writes a file in several steps: they are one change. */
const TOGETHER_MS = 80

export function watchContent(folder: string): ContentChanges {
  const listeners = new Set<ServerResponse>()
  let timer: NodeJS.Timeout | undefined
  const tell = () => {
    for (const response of listeners) response.write('event: changed\ndata:\n\n')
  }
  const watcher = watch(folder, { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(tell, TOGETHER_MS)
  })
  // Without a watcher (a system's limit was met) pages are reloaded by hand.
  watcher.on('error', (error) => console.error(`Changes below ${folder} are not noticed:`, error))
  return {
    serve(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.write(': listening\n\n')
      listeners.add(response)
      response.on('close', () => listeners.delete(response))
    },
    close() {
      clearTimeout(timer)
      watcher.close()
      for (const response of listeners) response.end()
    },
  }
}
