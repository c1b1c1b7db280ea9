import type { Server } from 'node:http'
import type { Settings } from './settings.ts'
import { StartError } from './start-error.ts'

/**
 * Takes the port before anything slow begins, so that a port in use is told at once. Requests that arrive before the
 * server is ready wait in the kernel's queue or for the listener that is added later. Returns the URL to open.
 */
export async function listen(server: Server, settings: Pick<Settings, 'port' | 'host'>): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(settings.port, settings.host, resolve)
  }).catch((error: unknown) => {
    throw new StartError(explain(error, settings))
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : settings.port
  return `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`
}

function explain(error: unknown, { port, host }: Pick<Settings, 'port' | 'host'>): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use; stop what listens there, or choose another: PORT=3001 npm start`
  if (code === 'EACCES')
    return `Port ${port} needs more rights than we have; choose one above 1023: PORT=3000 npm start`
  return `Cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`
}
