import type { GradeReport, Locale } from '../../curriculum/types.ts'
import type { ClusterSnapshot } from '../../emulator/index.ts'
import type { TerminalEvidence } from '../clusters/evidence.ts'
import { clusters } from '../clusters/provided.ts'
import { attemptSeed } from './attempts.ts'
import { database } from './database.ts'
import { packText, unpackText } from './packed-text.ts'
import { keepLearner, type Learner } from './session.ts'

/** A day's reports of one learner, and of all learners together: what is kept of each may be a megabyte. */
const A_DAY = { learner: 10, everybody: 500 } as const
const DAY_MS = 24 * 60 * 60_000
/** Characters of a packed state; beyond that a report goes without it. */
const LARGEST_STATE = 1_000_000

/** The receipt, or why nothing was kept. */
export type Receipt = { readonly number: number } | { readonly refused: 'enough' }

/**
 * Keeps what a learner says is wrong with an exercise, with the cluster, the terminals and the verdict as they are now.
 * Durable before it resolves. The caller vouches for the slug and for the message (`messageSchema`).
 */
export async function reportTask(learner: Learner, slug: string, message: string, locale: Locale): Promise<Receipt> {
  const reports = database().taskReport
  const today = { gt: new Date(Date.now() - DAY_MS) }
  const [own, all] = await Promise.all([
    reports.count({ where: { learnerId: learner.id, createdAt: today } }),
    reports.count({ where: { createdAt: today } }),
  ])
  if (own >= A_DAY.learner || all >= A_DAY.everybody) return { refused: 'enough' }
  await keepLearner(learner)
  await attemptSeed(learner.id, slug)
  const evidence = await clusters().evidence({ learnerId: learner.id, workspace: `exercise:${slug}` })
  const state = await packText(JSON.stringify(evidence.snapshot))
  const { number } = await reports.create({
    data: {
      learnerId: learner.id,
      exercise: slug,
      seed: evidence.seed,
      locale,
      message,
      state: state.length > LARGEST_STATE ? null : state,
      terminals: await packText(JSON.stringify(evidence.terminals)),
      verdict: evidence.verdict === undefined ? null : JSON.stringify(evidence.verdict),
    },
    select: { number: true },
  })
  return { number }
}

export interface TaskReport {
  readonly number: number
  readonly exercise: string
  readonly message: string
  readonly locale: string
  readonly createdAt: number
  readonly closedAt: number | undefined
}

const inList = { number: true, exercise: true, message: true, locale: true, createdAt: true, closedAt: true } as const

const reportOf = <Row extends { readonly createdAt: Date; readonly closedAt: Date | null }>(row: Row) => ({
  ...row,
  createdAt: row.createdAt.getTime(),
  closedAt: row.closedAt?.getTime(),
})

/** For the team: reports that are open, or the last thousand of all, newest first. */
export async function listTaskReports(which: 'open' | 'all'): Promise<readonly TaskReport[]> {
  const rows = await database().taskReport.findMany({
    ...(which === 'open' && { where: { closedAt: null } }),
    orderBy: { number: 'desc' },
    take: 1000,
    select: inList,
  })
  return rows.map(reportOf)
}

export interface WholeTaskReport extends TaskReport {
  readonly seed: string
  readonly snapshot: ClusterSnapshot | undefined
  readonly terminals: readonly TerminalEvidence[]
  readonly verdict: GradeReport | undefined
}

/** For the team: one report with all that it keeps. */
export async function taskReport(number: number): Promise<WholeTaskReport | undefined> {
  const row = await database().taskReport.findUnique({
    where: { number },
    select: { ...inList, seed: true, state: true, terminals: true, verdict: true },
  })
  if (row === null) return undefined
  const { state, terminals, verdict, ...rest } = row
  return {
    ...reportOf(rest),
    snapshot: state === null ? undefined : JSON.parse(await unpackText(state)),
    terminals: JSON.parse(await unpackText(terminals)),
    verdict: verdict === null ? undefined : JSON.parse(verdict),
  }
}

/** For the team: done with it. False if there is none of that number that is open. */
export async function closeTaskReport(number: number): Promise<boolean> {
  const { count } = await database().taskReport.updateMany({
    where: { number, closedAt: null },
    data: { closedAt: new Date() },
  })
  return count > 0
}
