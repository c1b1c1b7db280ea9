import { join } from 'node:path'
import { createCluster } from '../../emulator/index.ts'
import { createSession } from '../../terminal/session.ts'
import { virtualTime } from '../../terminal/time.ts'
import { type Case, FOLDER, HOST, START_TIME, STEP_MS, type StepResult, type Transcript } from './cases.ts'

/** Steps that wait for ever are cut off here, in ms of real time. */
const STEP_LIMIT_MS = 20_000

/** One case from start to end, in the emulated terminal. */
export async function replayCase(subject: Case): Promise<Transcript> {
  const cluster = createCluster({ seed: subject.name, startTime: START_TIME })
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
    // Whatever did not end still has the shell: nothing else can run in it.
    if (result === cutOff) break
    if (settle) cluster.settle(settle)
  }
  session.dispose()
  return { name: subject.name, topic: subject.topic, steps }
}

interface Folder {
  makeDirectory(path: string): void
  write(path: string, text: string): void
}

function writeInto(files: Folder, path: string, text: string): void {
  const parts = path.split('/').slice(1, -1)
  parts.forEach((_, i) => {
    files.makeDirectory(`/${parts.slice(0, i + 1).join('/')}`)
  })
  files.write(path, text)
}

const cutOff: StepResult = { stdout: '', stderr: 'replay: the step did not end\n', code: 124 }

async function limited(work: Promise<StepResult>): Promise<StepResult> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<StepResult>((resolve) => {
    timer = setTimeout(() => resolve(cutOff), STEP_LIMIT_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
