import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { type Cluster, createCluster } from '../../emulator/index.ts'
import { serveStandalone } from '../../server/kubernetes/standalone.ts'
import { commands } from '../../terminal/commands/index.ts'
import { createSession } from '../../terminal/session.ts'
import { virtualTime } from '../../terminal/time.ts'
import type { TerminalSession } from '../../terminal/types.ts'
import { type Case, HOST, START_TIME, STEP_MS, type Transcript } from './cases.ts'
import { createRealBash } from './real-bash.ts'

/** Steps that wait for ever are cut off here, in ms of real time. */
const STEP_LIMIT_MS = 40_000
/** While a program waits, a ms of real time is so many of the cluster's. */
const PACE = 10
const TICK_MS = 20
/** A program that has not asked for so long waits for something. */
const PATIENCE_MS = 250

/** Programs of the terminal that a real bash has itself, or that only make sense in a terminal. */
const REAL = new Set([
  'cat',
  'env',
  'kubectl',
  'ls',
  'printenv',
  'sort',
  'xargs',
  'id',
  'whoami',
  'uname',
  'watch',
  'man',
])
const ELSEWHERE = commands.map(({ name }) => name).filter((name) => !REAL.has(name))

/** kubectl 1.30 to 1.33 now and then loses what a process prints at once (kubernetes/kubernetes#131189), and says this. */
const LOST = 'Unknown stream id'
const ATTEMPTS = 3

/** `replayOnce`, again where kubectl itself lost output. */
export async function replayCaseWithKubectl(subject: Case, kubectl: string): Promise<Transcript> {
  for (let attempt = 1; ; attempt++) {
    const transcript = await replayOnce(subject, kubectl)
    if (attempt === ATTEMPTS || !transcript.steps.some(({ stderr }) => stderr.includes(LOST))) return transcript
  }
}

/**
 * One case with a real kubectl in a real bash. What needs the cluster's machines (`curl`, `ssh`, `iptables-save`, `sleep`,
 * …) goes to the emulated terminal on the control plane; time passes while a program waits for the cluster.
 */
async function replayOnce(subject: Case, kubectl: string): Promise<Transcript> {
  const cluster = createCluster({ seed: subject.name, startTime: START_TIME })
  const session = createSession({ cluster, time: virtualTime(cluster), machine: HOST, user: 'root' })
  const api = await serveApi(cluster)
  const bash = createRealBash({
    kubectl,
    kubeconfig: kubeconfig(cluster, api.port),
    files: subject.files ?? {},
    elsewhere: ELSEWHERE,
    wrapper: `'${process.execPath}' '${join(import.meta.dirname, 'elsewhere.mjs')}'`,
    limitMs: STEP_LIMIT_MS,
  })
  const socket = await serveTerminal(session, join(bash.root, 'socket'))
  const steps: Transcript['steps'][number][] = []
  try {
    for (const { run, settle } of subject.steps) {
      const stop = api.flow()
      const result = await bash.run(run).finally(stop)
      cluster.run(STEP_MS)
      steps.push({ run, ...result })
      if (settle) cluster.settle(settle)
    }
  } finally {
    socket.close()
    api.close()
    session.dispose()
    bash.dispose()
  }
  return { name: subject.name, topic: subject.topic, steps }
}

/** The machine's own kubeconfig, with the sandbox for a server and without the certificates that it would not take. */
function kubeconfig(cluster: Cluster, port: number): string {
  const original = cluster.machine(HOST)?.files.read('/root/.kube/config') ?? ''
  return String(original)
    .replace(/server: .*/, `server: http://127.0.0.1:${port}`)
    .replace(/^ +(?:certificate-authority|client-\w+)-data: .*\n/gm, '')
    .replace(/user:\s*$/, 'user: {}\n')
}

async function serveApi(cluster: Cluster) {
  let asked = Date.now()
  let open = 0
  const server = createHttpServer()
  serveStandalone(server, cluster, { touch: () => undefined, time: virtualTime(cluster) })
  const count = (connection: Pick<Writable, 'on'>): void => {
    asked = Date.now()
    open += 1
    connection.on('close', () => {
      open -= 1
      asked = Date.now()
    })
  }
  server.on('request', (_, response) => count(response))
  server.on('upgrade', (_, socket) => count(socket))
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    /** Lets time pass while a program waits: on an open stream, or between two questions. */
    flow(): () => void {
      asked = Date.now()
      const timer = setInterval(() => {
        if (open > 0 || Date.now() - asked > PATIENCE_MS) cluster.run(TICK_MS * PACE)
      }, TICK_MS)
      return () => clearInterval(timer)
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

/** Answers elsewhere.mjs. */
async function serveTerminal(session: TerminalSession, path: string): Promise<Server> {
  const server = createSocketServer({ allowHalfOpen: true }, (connection) => {
    let asked = ''
    connection.setEncoding('utf8').on('data', (text: string) => {
      asked += text
    })
    connection.on('end', () => {
      const { words, stdin } = JSON.parse(asked) as { words: readonly string[]; stdin: string }
      const line = words.map(quoted).join(' ')
      session.run(stdin ? `printf %s ${quoted(stdin)} | ${line}` : line).then(
        (result) => connection.end(JSON.stringify(result)),
        (error: unknown) => connection.destroy(error instanceof Error ? error : undefined),
      )
    })
  })
  server.listen(path)
  await new Promise((resolve) => server.once('listening', resolve))
  return server
}
