import type { RequestListener } from 'node:http'
import type { Cluster } from '../../emulator/index.ts'
import type { ClusterClock } from '../clusters/cluster-clock.ts'
import { adapt } from './adapter.ts'
import { respond } from './respond.ts'

/** One cluster as the whole of a Kubernetes API server: what `npm run sandbox` and the parity tests serve. */
export function standaloneApi(cluster: Cluster, clock: Pick<ClusterClock, 'touch'>): RequestListener {
  return (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const ask: Parameters<typeof adapt>[0] = async (asked, answer) => {
      clock.touch()
      const cancel = respond(cluster, asked, answer)
      // What the request set in motion may be due before the timer that the clock had set.
      clock.touch()
      return cancel
    }
    adapt(ask, path, request, response).catch((error: unknown) => {
      console.error(error)
      response.destroy()
    })
  }
}
