/** What a kubectl command costs the server, from its words to its last line. */
import { createCluster } from '../../emulator/index.ts'
import { createSession } from '../../terminal/session.ts'
import { virtualTime } from '../../terminal/time.ts'
import type { TerminalSession } from '../../terminal/types.ts'
import type { Bench } from './bench.ts'

const MANIFEST = `kubectl apply -f - <<END
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
END`

async function atWork(): Promise<TerminalSession> {
  const cluster = createCluster({ seed: 'kubectl bench', startTime: Date.UTC(2026, 0, 1) })
  const session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
  await session.run('kubectl create deployment web --image=nginx --replicas=3')
  await session.run(MANIFEST)
  cluster.settle(30)
  return session
}

async function command(session: TerminalSession, line: string): Promise<void> {
  const { code, stderr } = await session.run(line)
  if (code !== 0) throw new Error(`${line}: ${stderr}`)
}

const bench = (line: string, limit?: number): Bench => ({
  name: line.split('\n')[0] ?? line,
  ...(limit !== undefined && { limit }),
  runs: 200,
  warmup: 20,
  prepare: atWork,
  run: (session: TerminalSession) => command(session, line),
})

export const benches: readonly Bench[] = [
  bench('kubectl get svc', 10),
  bench('kubectl describe svc web'),
  bench('kubectl get pods -o wide -A'),
  bench(MANIFEST),
]
