import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Cluster, createCluster } from '../../emulator/index.ts'
import { virtualTime } from '../../terminal/time.ts'
import { kubeconfig } from '../kubernetes/kubeconfig.ts'
import { serveStandalone } from '../kubernetes/standalone.ts'

/** One cluster on a port of its own, in virtual time that each request moves on a little. */
export interface ServedCluster {
  readonly cluster: Cluster
  readonly port: number
  readonly kubeconfig: string
  /** Creates a Pod and waits until it runs. */
  pod(name: string, container: object): void
  close(): void
}

export async function serveCluster(seed: string): Promise<ServedCluster> {
  const cluster = createCluster({ seed, startTime: Date.UTC(2026, 0, 1) })
  const server: Server = createServer().listen(0, '127.0.0.1')
  serveStandalone(server, cluster, { touch: () => void cluster.run(10), time: virtualTime(cluster) })
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return {
    cluster,
    port,
    kubeconfig: kubeconfig(`http://127.0.0.1:${port}`),
    pod(name, container) {
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, labels: { run: name } },
        spec: { restartPolicy: 'Never', containers: [{ name, ...container }] },
      }
      const headers = { 'content-type': 'application/json' }
      const path = '/api/v1/namespaces/default/pods'
      cluster.request({ method: 'POST', path, headers, body: JSON.stringify(pod) })
      cluster.settle(10)
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
