/**
 * The same work here and in webernetes, in one run. Each pair of rows is followed by ours divided by theirs, which has to
 * stay below one. A cluster of theirs that rests still works (about a seventieth of a processor each), so a thousand of
 * them cannot run in one process: memory and CPU are those of fifty.
 */
import type { Bench } from './bench.ts'
import { slipway } from './peer/slipway.ts'
import type { Emulator } from './peer/task.ts'
import { webernetes } from './peer/webernetes.ts'

const OURS = 1_000
const THEIRS = 50
const RESTED_MS = 3_000

interface Figures {
  readonly boot: number
  readonly answer: number
  readonly memory: number
  readonly cpu: number
}

type Row = readonly [name: string, unit: NonNullable<Bench['unit']>, figure: keyof Figures]

const ROWS: readonly Row[] = [
  ['boot', 'ms', 'boot'],
  ['Deployment of 3 + NodePort Service, first answer', 'ms', 'answer'],
  ['memory of an idle cluster', 'KB', 'memory'],
  ['CPU of 1,000 idle clusters, a second', 'ms', 'cpu'],
]

const middle = (figures: number[]): number => figures.sort((a, b) => a - b)[figures.length >> 1] ?? 0

const cpuMs = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

/** Median time to boot and to the first answer. */
async function busy<Cluster>({ boot, firstAnswer, close }: Emulator<Cluster>, turns: number) {
  const booted: number[] = []
  const answered: number[] = []
  for (let turn = 0; turn <= turns; turn += 1) {
    const started = performance.now()
    const cluster = await boot()
    const stands = performance.now()
    await firstAnswer(cluster)
    const answers = performance.now()
    await close(cluster)
    if (turn === 0) continue
    booted.push(stands - started)
    answered.push(answers - stands)
  }
  return { boot: middle(booted), answer: middle(answered) }
}

/** KB that each of many idle clusters holds, and CPU that a thousand of them would take in a second. */
async function idle<Cluster>({ boot, close }: Emulator<Cluster>, count: number) {
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const kept: Cluster[] = []
  for (let made = 0; made < count; made += 1) kept.push(await boot())
  globalThis.gc?.()
  const memory = (process.memoryUsage().heapUsed - before) / 1024 / count
  const since = process.cpuUsage()
  await new Promise((resolve) => setTimeout(resolve, RESTED_MS))
  const cpu = (cpuMs(since) / RESTED_MS) * 1000 * (1_000 / count)
  for (const cluster of kept) await close(cluster)
  return { memory, cpu }
}

async function measure<Cluster>(emulator: Emulator<Cluster>, turns: number, clusters: number): Promise<Figures> {
  return { ...(await busy(emulator, turns)), ...(await idle(emulator, clusters)) }
}

const ours = await measure(slipway, 9, OURS)
const peer = await webernetes()
const theirs = peer && (await measure(peer, 5, THEIRS))
const once = { runs: 1, warmup: 0 } as const

/** Without the package our own figures stand alone, and one row says why. */
export const benches: readonly Bench[] = ROWS.flatMap(([name, unit, figure]): readonly Bench[] => [
  { ...once, name, unit, run: () => ours[figure] },
  ...(theirs === undefined
    ? [{ ...once, name: '  webernetes is not installed', unit, run: () => Number.NaN }]
    : [
        {
          ...once,
          name: `  webernetes${figure === 'memory' || figure === 'cpu' ? `, of ${THEIRS}` : ''}`,
          unit,
          run: () => theirs[figure],
        },
        { ...once, name: '  ours / theirs', unit: '×' as const, limit: 1, run: () => ours[figure] / theirs[figure] },
      ]),
])
