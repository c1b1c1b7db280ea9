'use server'
import { getLocale } from 'next-intl/server'
import { z } from 'zod'
import type { Checked, Receipt } from '@/components/exercise/attempt.ts'
import { exerciseSlugs } from '@/curriculum/exercises.ts'
import { checkAttempt, openAttempt, revealHint, revealSolution } from '@/server/data/attempts.ts'
import { currentLearner } from '@/server/data/learner.ts'
import { reportTask } from '@/server/data/task-reports.ts'
import { explanationOf } from './explanation-of.tsx'

const messageSchema = z.string().trim().min(1).max(2000)
const tierSchema = z.union([z.literal(1), z.literal(2)])

function known(slug: unknown): string {
  const found = exerciseSlugs().find((one) => one === slug)
  if (found === undefined) throw new Error('There is no such exercise.')
  return found
}

/** Grades the attempt; a full pass comes with its explanation, so that the page need not be fetched again. */
export async function check(slug: string): Promise<Checked> {
  const learner = await currentLearner()
  const report = await checkAttempt(learner, known(slug))
  if (report.points < report.outOf) return { report, explanation: undefined }
  const { seed } = await openAttempt(learner, slug)
  return { report, explanation: await explanationOf(slug, await getLocale(), seed) }
}

export async function hint(slug: string, tier: 1 | 2): Promise<string> {
  return revealHint(await currentLearner(), known(slug), tierSchema.parse(tier), await getLocale())
}

export async function solution(slug: string): Promise<string> {
  return revealSolution(await currentLearner(), known(slug), await getLocale())
}

/** Keeps what the learner says is wrong with the task, together with the attempt as it stands. */
export async function report(slug: string, message: string): Promise<Receipt> {
  return reportTask(await currentLearner(), known(slug), messageSchema.parse(message), await getLocale())
}
