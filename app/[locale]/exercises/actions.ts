'use server'
import { getLocale } from 'next-intl/server'
import { z } from 'zod'
import { exerciseSlugs } from '@/curriculum/exercises.ts'
import type { GradeReport } from '@/curriculum/types.ts'
import { checkAttempt, revealHint, revealSolution } from '@/server/data/attempts.ts'
import { currentLearner } from '@/server/data/learner.ts'

const tierSchema = z.union([z.literal(1), z.literal(2)])

function known(slug: unknown): string {
  const found = exerciseSlugs().find((one) => one === slug)
  if (found === undefined) throw new Error('There is no such exercise.')
  return found
}

export async function check(slug: string): Promise<GradeReport> {
  return checkAttempt(await currentLearner(), known(slug))
}

export async function hint(slug: string, tier: 1 | 2): Promise<string> {
  return revealHint(await currentLearner(), known(slug), tierSchema.parse(tier), await getLocale())
}

export async function solution(slug: string): Promise<string> {
  return revealSolution(await currentLearner(), known(slug), await getLocale())
}
