/** A real kubectl against a sandbox: the wall clock of the whole command, its own start included. */
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createCluster } from '../../emulator/index.ts'
import { createClusterClock } from '../../server/clusters/cluster-clock.ts'
import { kubeconfig } from '../../server/kubernetes/kubeconfig.ts'
import { serveStandalone } from '../../server/kubernetes/standalone.ts'
import { listen } from '../../server/listen.ts'
import type { Bench } from './bench.ts'

const run = promisify(execFile)

function onPath(): string | undefined {
  try {
    return execFileSync('which', ['kubectl'], { encoding: 'utf8' }).trim()
  } catch {
    console.error('No kubectl on PATH: its wall clock is not measured.')
    return undefined
  }
}

async function sandbox(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
  const cluster = createCluster({ seed: 'sandbox', startTime: Date.now() })
  const server = createServer()
  serveStandalone(server, cluster, createClusterClock(cluster))
  const config = join(folder, 'config')
  writeFileSync(config, kubeconfig(await listen(server, { port: 0, host: '127.0.0.1' })))
  return [`--kubeconfig=${config}`, `--cache-dir=${join(folder, 'cache')}`]
}

const kubectl = onPath()
let started: Promise<readonly string[]> | undefined
const flags = () => {
  started ??= sandbox()
  return started
}

const bench = (program: string, command: string): Bench => ({
  name: `kubectl ${command}, a real one`,
  runs: 20,
  warmup: 3,
  prepare: flags,
  run: async (own: readonly string[]) => void (await run(program, [...own, ...command.split(' ')])),
})

export const benches: readonly Bench[] =
  kubectl === undefined ? [] : ['version --client', 'get svc', 'get pods -A'].map((command) => bench(kubectl, command))
