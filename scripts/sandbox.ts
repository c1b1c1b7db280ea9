/**
 * One emulated cluster as a Kubernetes API for a real kubectl, until interrupted:
 *   npm run -s sandbox -- --port 6443 --kubeconfig /tmp/sandbox.kubeconfig
 */
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { createCluster } from '../emulator/index.ts'
import { createClusterClock } from '../server/clusters/cluster-clock.ts'
import { kubeconfig } from '../server/kubernetes/kubeconfig.ts'
import { serveStandalone } from '../server/kubernetes/standalone.ts'
import { endGracefully } from '../server/lifecycle.ts'
import { listen } from '../server/listen.ts'
import { StartError } from '../server/start-error.ts'

const USAGE = 'Usage: npm run -s sandbox -- --port N --kubeconfig FILE [--seed TEXT]'

function readOptions() {
  try {
    const options = { port: { type: 'string' }, kubeconfig: { type: 'string' }, seed: { type: 'string' } } as const
    const { values } = parseArgs({ options })
    const port = Number(values.port)
    if (!values.kubeconfig || !/^\d+$/.test(values.port ?? '') || port > 65535) throw new Error(USAGE)
    return { port, file: values.kubeconfig, seed: values.seed ?? 'sandbox' }
  } catch (error) {
    throw new StartError(error instanceof Error && error.message !== USAGE ? `${error.message}\n${USAGE}` : USAGE)
  }
}

async function main(): Promise<void> {
  const { port, file, seed } = readOptions()
  const cluster = createCluster({ seed, startTime: Date.now() })
  const clock = createClusterClock(cluster)
  clock.watch(true)
  const http = createServer()
  serveStandalone(http, cluster, clock)
  const address = await listen(http, { port, host: '127.0.0.1' })
  await writeFile(file, kubeconfig(address), { mode: 0o600 })
  console.log(`The cluster answers at ${address}: kubectl --kubeconfig ${file} get nodes`)
  endGracefully(async () => undefined)
}

main().catch((error: unknown) => {
  console.error(error instanceof StartError ? error.message : error)
  process.exit(1)
})
