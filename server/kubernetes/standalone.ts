import type { RequestListener, Server } from 'node:http'
import type { ApiRequest, Cluster } from '../../emulator/index.ts'
import type { ClusterClock } from '../clusters/cluster-clock.ts'
import { adapt } from './adapter.ts'
import { respond } from './respond.ts'
import { openConnection } from './streaming/open-connection.ts'
import { upgradeConnection } from './streaming/upgrade.ts'

type Clock = Pick<ClusterClock, 'touch' | 'time'>

const pathOf = (url: string | undefined) => (url ?? '/').split('?')[0] ?? '/'

/** Puts one cluster on a server as the whole of a Kubernetes API: what `npm run sandbox` and the parity tests serve. */
export function serveStandalone(server: Server, cluster: Cluster, clock: Clock): void {
  server.on('request', standaloneApi(cluster, clock))
  const host = { cluster, time: clock.time, touched: clock.touch, kept: async () => undefined }
  server.on('upgrade', (request, socket, head) => {
    const connect = async (asked: ApiRequest) => {
      clock.touch()
      return openConnection(host, asked)
    }
    upgradeConnection(connect, pathOf(request.url), request, socket, head).catch((error: unknown) => {
      console.error(error)
      socket.destroy()
    })
  })
}

/** The same without exec, attach and port-forward. */
function standaloneApi(cluster: Cluster, clock: Pick<Clock, 'touch'>): RequestListener {
  return (request, response) => {
    const ask: Parameters<typeof adapt>[0] = async (asked, answer) => {
      clock.touch()
      const cancel = respond(cluster, asked, answer)
      // What the request set in motion may be due before the timer that the clock had set.
      clock.touch()
      return cancel
    }
    adapt(ask, pathOf(request.url), request, response).catch((error: unknown) => {
      console.error(error)
      response.destroy()
    })
  }
}
