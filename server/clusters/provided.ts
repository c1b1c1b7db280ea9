import type { ClusterService } from './seam.ts'

const KEY = Symbol.for('slipway.clusters')
const shared: typeof globalThis & { [KEY]?: ClusterService } = globalThis

/** Hands the service that server/index.ts made to every copy of this module: Next bundles one of its own. */
export function provideClusters(service: ClusterService): void {
  shared[KEY] = service
}

/** The running cluster service. */
export function clusters(): ClusterService {
  const service = shared[KEY]
  if (!service) throw new Error('No cluster service runs: pages are served by server/index.ts, which starts it.')
  return service
}
