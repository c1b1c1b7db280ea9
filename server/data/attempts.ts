import { randomBytes } from 'node:crypto'
import type { GradeReport, Locale } from '../../curriculum/types.ts'
import { clusters } from '../clusters/provided.ts'
import { database } from './database.ts'
import type { Attempt } from './generated/client.ts'
import { keepLearner, type Learner } from './session.ts'

/** One learner's work on one exercise. `seed` draws the names and ports of its text and its cluster. */
export interface AttemptState {
  readonly slug: string
  readonly seed: string
  readonly hintsRevealed: 0 | 1 | 2
  readonly solutionRevealed: boolean
  readonly bestPoints: number
  readonly checks: number
  readonly lastReport: GradeReport | undefined
  readonly passedAt: number | undefined
}

const idOf = (learner: Learner, slug: string) => ({
  learnerId_exercise: { learnerId: learner.id, exercise: slug },
})
const clusterOf = (learner: Learner, slug: string) => ({ learnerId: learner.id, workspace: `exercise:${slug}` })

function stateOf(attempt: Attempt): AttemptState {
  return {
    slug: attempt.exercise,
    seed: attempt.seed,
    hintsRevealed: attempt.hintsRevealed >= 2 ? 2 : attempt.hintsRevealed >= 1 ? 1 : 0,
    solutionRevealed: attempt.solutionRevealed,
    bestPoints: attempt.bestPoints,
    checks: attempt.checks,
    lastReport: attempt.lastReport === null ? undefined : JSON.parse(attempt.lastReport),
    passedAt: attempt.passedAt?.getTime(),
  }
}

/** The seed of an exercise's attempt; drawn, and kept, the first time. */
export async function attemptSeed(learnerId: string, exercise: string): Promise<string> {
  await database().attempt.createMany({
    data: [{ learnerId, exercise, seed: randomBytes(12).toString('base64url') }],
    skipDuplicates: true,
  })
  const { seed } = await database().attempt.findUniqueOrThrow({
    where: { learnerId_exercise: { learnerId, exercise } },
    select: { seed: true },
  })
  return seed
}

/** The learner's attempt, begun now if there is none. The caller vouches for the slug. */
export async function openAttempt(learner: Learner, slug: string): Promise<AttemptState> {
  await keepLearner(learner)
  await attemptSeed(learner.id, slug)
  return stateOf(await database().attempt.findUniqueOrThrow({ where: idOf(learner, slug) }))
}

/** Grades the cluster as it stands; the report and the cluster are in the database before this resolves. */
export async function checkAttempt(learner: Learner, slug: string): Promise<GradeReport> {
  await openAttempt(learner, slug)
  const report = await clusters().grade(clusterOf(learner, slug))
  const attempts = database().attempt
  const own = { learnerId: learner.id, exercise: slug }
  await database().$transaction([
    attempts.updateMany({ where: own, data: { lastReport: JSON.stringify(report), checks: { increment: 1 } } }),
    attempts.updateMany({ where: { ...own, bestPoints: { lt: report.points } }, data: { bestPoints: report.points } }),
    ...(report.points >= report.outOf
      ? [attempts.updateMany({ where: { ...own, passedAt: null }, data: { passedAt: new Date() } })]
      : []),
  ])
  return report
}

/** Text of a hint; that it was taken is remembered. */
export async function revealHint(learner: Learner, slug: string, tier: 1 | 2, locale: Locale): Promise<string> {
  await openAttempt(learner, slug)
  const text = await clusters().reveal(clusterOf(learner, slug), `hint-${tier}`, locale)
  await database().attempt.updateMany({
    where: { learnerId: learner.id, exercise: slug, hintsRevealed: { lt: tier } },
    data: { hintsRevealed: tier },
  })
  return text
}

/** Text of the solution; that it was looked at is remembered. */
export async function revealSolution(learner: Learner, slug: string, locale: Locale): Promise<string> {
  await openAttempt(learner, slug)
  const text = await clusters().reveal(clusterOf(learner, slug), 'solution', locale)
  await database().attempt.update({ where: idOf(learner, slug), data: { solutionRevealed: true } })
  return text
}
