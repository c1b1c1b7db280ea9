/**
 * Replays case files in the emulated terminal and writes their transcripts:
 *   npm run -s replay -- CASES OUT [--only TEXT]
 * Each case runs on a cluster of its own, in virtual time, as root on the control plane in /root/work.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createCluster } from '../emulator/index.ts'
import { createSession } from '../terminal/session.ts'
import { virtualTime } from '../terminal/time.ts'

interface Case {
  readonly name: string
  readonly topic: string
  readonly files?: { readonly [path: string]: string }
  readonly steps: readonly { readonly run: string; readonly settle?: number }[]
}
interface Transcript {
  readonly name: string
  readonly topic: string
  readonly steps: readonly {
    readonly run: string
    readonly stdout: string
    readonly stderr: string
    readonly code: number
  }[]
}

/** What a command takes on a real machine before the next one is typed. */
const STEP_MS = 150
const HOST = 'controlplane'
const FOLDER = '/root/work'
/** Steps that wait for ever are cut off here, in ms of real time. */
const STEP_LIMIT_MS = 20_000

/** All cases of a file or folder, in the order of their paths. */
export function readCases(path: string): readonly Case[] {
  if (statSync(path).isDirectory())
    return readdirSync(path)
      .sort()
      .flatMap((entry) => readCases(join(path, entry)))
  if (!path.endsWith('.json')) return []
  const value: Case = JSON.parse(readFileSync(path, 'utf8'))
  return Array.isArray(value.steps) ? [value] : []
}

/** One case from start to end. */
export async function replayCase(subject: Case): Promise<Transcript> {
  const cluster = createCluster({ seed: subject.name, startTime: Date.UTC(2026, 10, 20, 22, 46, 40) })
  const host = cluster.machine(HOST)
  if (!host) throw new Error(`the blueprint has no machine ${HOST}`)
  host.files.makeDirectory(FOLDER)
  for (const [path, text] of Object.entries(subject.files ?? {})) writeInto(host.files, join(FOLDER, path), text)
  const session = createSession({ cluster, time: virtualTime(cluster), machine: HOST, user: 'root', cwd: FOLDER })
  const steps: Transcript['steps'][number][] = []
  for (const { run, settle } of subject.steps) {
    await session.run('true')
    const result = await limited(session.run(run))
    cluster.run(STEP_MS)
    steps.push({ run, ...result })
    if (settle) cluster.settle(settle)
  }
  session.dispose()
  return { name: subject.name, topic: subject.topic, steps }
}

function writeInto(
  files: { makeDirectory(path: string): void; write(path: string, text: string): void },
  path: string,
  text: string,
): void {
  const parts = path.split('/').slice(1, -1)
  parts.forEach((_, i) => {
    files.makeDirectory(`/${parts.slice(0, i + 1).join('/')}`)
  })
  files.write(path, text)
}

type Result = { readonly stdout: string; readonly stderr: string; readonly code: number }

async function limited(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const cutOff = new Promise<Result>((resolve) => {
    timer = setTimeout(
      () => resolve({ stdout: '', stderr: 'replay: the step did not end\n', code: 124 }),
      STEP_LIMIT_MS,
    )
  })
  try {
    return await Promise.race([work, cutOff])
  } finally {
    clearTimeout(timer)
  }
}

async function main(argv: readonly string[]): Promise<number> {
  const onlyAt = argv.indexOf('--only')
  const only = onlyAt < 0 ? '' : (argv[onlyAt + 1] ?? '')
  const [from, to] = argv.filter((word, i) => word !== '--only' && (onlyAt < 0 || i !== onlyAt + 1))
  if (from === undefined || to === undefined) {
    console.error('usage: npm run -s replay -- CASES OUT [--only TEXT]')
    return 2
  }
  mkdirSync(to, { recursive: true })
  const cases = readCases(from).filter((c) => `${c.topic}/${c.name}`.includes(only))
  for (const subject of cases) {
    const transcript = await replayCase(subject)
    writeFileSync(join(to, `${subject.name}.json`), `${JSON.stringify(transcript, null, 2)}\n`)
  }
  console.log(`${cases.length} cases replayed`)
  return 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(await main(process.argv.slice(2)))
