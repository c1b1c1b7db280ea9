import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { exerciseFolder } from '../../curriculum/exercises.ts'
import { gradeExercise } from '../../curriculum/grade.ts'
import { prepareCluster, workspaceSpec } from '../../curriculum/workspaces.ts'
import { type Cluster, restoreCluster } from '../../emulator/index.ts'
import { createClusterClock } from '../../server/clusters/cluster-clock.ts'
import { StartError } from '../../server/start-error.ts'
import { createSession } from '../../terminal/session.ts'
import { type CommandDefinition, defineCommand, type SessionOptions } from '../../terminal/types.ts'
import { reportText } from './report-text.ts'

/** What `npm run reports -- show N --state FILE` writes. */
export const stateFile = z.object({
  exercise: z.string(),
  seed: z.string(),
  snapshot: z.looseObject({ version: z.literal(1), blueprint: z.string() }),
})

export interface TryOptions {
  /** Draws the attempt's values. */
  readonly seed: string
  /** A file with a reported state, which has its own seed. */
  readonly state?: string | undefined
}

/** Where the author sits. */
export interface Keyboard {
  /** What is typed, as it is typed. */
  readonly typed: AsyncIterable<string>
  show(text: string): void
  readonly columns: number
  readonly rows: number
  onResize?(resized: (columns: number, rows: number) => void): void
  readonly editor?: SessionOptions['editor']
}

/** Opens a terminal on the exercise's cluster until `quit` is typed, Ctrl-] pressed, or nobody types any more. */
export async function tryExercise(slug: string, options: TryOptions, keyboard: Keyboard): Promise<void> {
  if (exerciseFolder(slug) === undefined) throw new StartError(`There is no exercise "${slug}".`)
  const { seed, cluster } = begin(slug, options)
  const spec = workspaceSpec(`exercise:${slug}`, seed)
  if (spec === undefined) throw new StartError(`There is no exercise "${slug}".`)
  const clock = createClusterClock(cluster)
  clock.watch(true)
  const left = new AbortController()
  keyboard.show(`${slug}, attempt "${seed}". "check" grades, "quit" leaves (so does Ctrl-]).\r\n`)
  const session = createSession({
    cluster,
    time: clock.time,
    machine: spec.machine,
    user: spec.user,
    output: keyboard.show,
    commands: [grading(slug, seed), quitting(() => left.abort())],
    columns: keyboard.columns,
    rows: keyboard.rows,
    ...(keyboard.editor && { editor: keyboard.editor }),
  })
  keyboard.onResize?.((columns, rows) => session.resize(columns, rows))
  await passOn(keyboard.typed, (data) => session.input(data), left.signal)
  while (session.busy && !left.signal.aborted) await new Promise((resolve) => setImmediate(resolve))
  session.dispose()
  clock.watch(false)
  keyboard.show('\r\n')
}

function begin(slug: string, { seed, state }: TryOptions): { readonly seed: string; readonly cluster: Cluster } {
  if (state !== undefined) return reported(slug, state)
  const spec = workspaceSpec(`exercise:${slug}`, seed)
  if (spec === undefined) throw new StartError(`There is no exercise "${slug}".`)
  return { seed, cluster: prepareCluster(spec, { seed: `try/${seed}`, startTime: Date.now() }) }
}

function reported(slug: string, file: string): { readonly seed: string; readonly cluster: Cluster } {
  try {
    const { exercise, seed, snapshot } = stateFile.parse(JSON.parse(readFileSync(file, 'utf8')))
    if (exercise !== slug) throw new StartError(`${file} is a state of the exercise "${exercise}".`)
    return { seed, cluster: restoreCluster(snapshot) }
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError(`${file} is no state of a cluster that this version can open (${String(error)}).`)
  }
}

const grading = (slug: string, seed: string): CommandDefinition =>
  defineCommand({
    name: 'check',
    summary: 'grade the exercise as the cluster stands now',
    async run({ cluster, out }) {
      const report = await gradeExercise(slug, seed, cluster)
      out(reportText(report))
      return report.points === report.outOf ? 0 : 1
    },
  })

const quitting = (leave: () => void): CommandDefinition =>
  defineCommand({
    name: 'quit',
    summary: 'leave this terminal',
    async run() {
      leave()
      return 0
    },
  })

const LEAVE = '\u001d'

/** Types what arrives until somebody leaves or the input ends. */
async function passOn(typed: AsyncIterable<string>, type: (data: string) => void, left: AbortSignal): Promise<void> {
  const input = typed[Symbol.asyncIterator]()
  const over = new Promise<undefined>((resolve) =>
    left.addEventListener('abort', () => resolve(undefined), { once: true }),
  )
  for (;;) {
    const next = await Promise.race([input.next(), over])
    if (next === undefined || next.done) return
    const [before = '', after] = next.value.split(LEAVE)
    if (before !== '') type(before)
    if (after !== undefined) return
  }
}
