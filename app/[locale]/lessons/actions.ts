'use server'
import type { ProgressMarks } from '@/components/lesson/progress.ts'
import { lessonSlugs } from '@/curriculum/lessons.ts'
import { currentLearner, type Learner } from '@/server/data/learner.ts'
import { completeLesson, overview, visitLesson } from '@/server/data/progress.ts'

function known(slug: unknown): string {
  const found = lessonSlugs().find((one) => one === slug)
  if (found === undefined) throw new Error('There is no such lesson.')
  return found
}

async function marks(learner: Learner): Promise<ProgressMarks> {
  const { lessons, exercises, quizzes } = await overview(learner)
  return {
    lessons: Object.fromEntries(lessons.map(({ slug, completedAt }) => [slug, completedAt ? 'done' : 'started'])),
    exercises: Object.fromEntries(
      exercises.map(({ slug, bestPoints, passedAt }) => [slug, { points: bestPoints, passed: passedAt !== undefined }]),
    ),
    quizzes: Object.fromEntries(quizzes.map(({ slug, correct }) => [slug, { correct }])),
  }
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
