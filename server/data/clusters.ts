import type { KnownStep } from '../clusters/timeline.ts'
import { type StepLabel, stepLabel } from '../protocol.ts'
import { database } from './database.ts'
import { packText, unpackText } from './packed-text.ts'
import { keepLearnerId } from './session.ts'

/** A workspace's row and what lies beside it: everything server/clusters needs to bring a learner's cluster back. */
export interface ClusterRow {
  readonly seed: string
  readonly state: string
  /** States to go back or forward to, lowest number first. */
  readonly steps: readonly KnownStep[]
}

/** What is written at once: the state, and the steps that changed with it. */
export interface ClusterWrite {
  readonly seed: string
  readonly state: string
  readonly steps: readonly { readonly number: number; readonly label: StepLabel | undefined; readonly state: string }[]
  /** Numbers of steps that are no more. */
  readonly removed: readonly number[]
}

const idOf = (learnerId: string, key: string) => ({ learnerId_key: { learnerId, key } })

/** The kept state of a learner's workspace. */
export async function loadCluster(learnerId: string, key: string): Promise<ClusterRow | undefined> {
  const row = await database().workspace.findUnique({
    where: idOf(learnerId, key),
    include: {
      steps: { select: { number: true, kind: true, label: true, size: true }, orderBy: { number: 'asc' } },
    },
  })
  if (!row) return undefined
  const steps = row.steps.map(({ number, kind, label, size }) => ({
    number,
    label: stepLabel.safeParse({ kind, text: label }).data,
    size,
  }))
  return { seed: row.seed, state: await unpackText(row.state), steps }
}

/**
 * Writes a workspace's state whole, and its steps, in one transaction; the learner's row is made if this is their first
 * write. Gives how many characters each step takes.
 */
export async function saveCluster(
  learnerId: string,
  key: string,
  { seed, state: text, steps, removed }: ClusterWrite,
): Promise<ReadonlyMap<number, number>> {
  const [state, ...packed] = await Promise.all([
    packText(text),
    ...steps.map(async ({ number, label, state }) => ({ number, label, state: await packText(state, SHORT) })),
  ])
  const data = { seed, state }
  await keepLearnerId(learnerId)
  const own = { learnerId, workspace: key }
  const upsert = database().workspace.upsert({
    where: idOf(learnerId, key),
    create: { learnerId, key, ...data },
    update: data,
  })
  const gone = [...removed, ...packed.map(({ number }) => number)]
  if (gone.length === 0) await upsert
  else
    await database().$transaction([
      upsert,
      database().step.deleteMany({ where: { ...own, number: { in: gone } } }),
      database().step.createMany({
        data: packed.map(({ number, label, state }) => ({
          ...own,
          number,
          kind: label?.kind ?? null,
          label: label?.text ?? null,
          state,
          size: state.length,
        })),
      }),
    ])
  return new Map(packed.map(({ number, state }) => [number, state.length]))
}

/** Steps are many and seldom read: they are packed from this length on. */
const SHORT = 2000

/** The state that a step's row holds; undefined if there is none of that number. */
export async function loadStep(learnerId: string, workspace: string, number: number): Promise<string | undefined> {
  const row = await database().step.findUnique({
    where: { learnerId_workspace_number: { learnerId, workspace, number } },
    select: { state: true },
  })
  return row ? unpackText(row.state) : undefined
}

/** Whether a learner's workspace is kept. */
export async function hasCluster(learnerId: string, key: string): Promise<boolean> {
  return (await database().workspace.count({ where: { learnerId, key } })) > 0
}

/** How many workspaces a learner has, for the budget. */
export async function countClusters(learnerId: string): Promise<number> {
  return database().workspace.count({ where: { learnerId } })
}
