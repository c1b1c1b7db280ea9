'use server'
import { getLocale } from 'next-intl/server'
import { z } from 'zod'
import { accept, oneOf, unlessTooMuch } from '@/app/refuse.ts'
import type { Checked, Receipt } from '@/components/exercise/attempt.ts'
import { messageSchema } from '@/curriculum/answers.ts'
import { exerciseSlugs } from '@/curriculum/exercises.ts'
import { checkAttempt, openAttempt, revealHint, revealSolution } from '@/server/data/attempts.ts'
import { currentLearner } from '@/server/data/learner.ts'
import { reportTask } from '@/server/data/task-reports.ts'
import { explanationOf } from './explanation-of.tsx'

const tierSchema = z.union([z.literal(1), z.literal(2)])
const known = (slug: unknown): string => oneOf(exerciseSlugs(), slug)

/** Grades the attempt; a full pass comes with its explanation, so that the page need not be fetched again. */
export async function check(slug: string): Promise<Checked> {
  const learner = await currentLearner()
  const report = await unlessTooMuch(checkAttempt(learner, known(slug)))
  if (report.points < report.outOf) return { report, explanation: undefined }
  const { seed } = await openAttempt(learner, slug)
  return { report, explanation: await explanationOf(slug, await getLocale(), seed) }
}

export async function hint(slug: string, tier: 1 | 2): Promise<string> {
  return revealHint(await currentLearner(), known(slug), accept(tierSchema, tier), await getLocale())
}

export async function solution(slug: string): Promise<string> {
  return revealSolution(await currentLearner(), known(slug), await getLocale())
}

/** Keeps what the learner says is wrong with the task, together with the attempt as it stands. */
export async function report(slug: string, message: string): Promise<Receipt> {
  const words = accept(messageSchema, message)
  return unlessTooMuch(reportTask(await currentLearner(), known(slug), words, await getLocale()))
}
