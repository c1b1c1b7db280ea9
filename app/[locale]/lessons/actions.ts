'use server'
import { oneOf } from '@/app/refuse.ts'
import type { ProgressMarks } from '@/components/lesson/progress.ts'
import { lessonSlugs } from '@/curriculum/lessons.ts'
import { allStates } from '@/curriculum/steps.ts'
import { currentLearner, type Learner } from '@/server/data/learner.ts'
import { completeLesson, visitLesson } from '@/server/data/progress.ts'
import { standing } from '@/server/data/standing.ts'

const known = (slug: unknown): string => oneOf(lessonSlugs(), slug)

async function marks(learner: Learner): Promise<ProgressMarks> {
  const states = allStates(await standing(learner))
  return Object.fromEntries(
    states.flatMap(({ kind, slug, state }) => (state === 'new' ? [] : [[`${kind}/${slug}`, state]])),
  )
}

export async function visit(slug: string): Promise<ProgressMarks> {
  const learner = await currentLearner()
  await visitLesson(learner, known(slug))
  return marks(learner)
}

export async function complete(slug: string): Promise<ProgressMarks> {
  const learner = await currentLearner()
  await completeLesson(learner, known(slug))
  return marks(learner)
}
