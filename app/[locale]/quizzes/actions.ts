'use server'
import { getLocale } from 'next-intl/server'
import { accept, oneOf } from '@/app/refuse.ts'
import { answerSchema } from '@/curriculum/answers.ts'
import { quizDefinition, quizSlugs } from '@/curriculum/quizzes.ts'
import type { QuestionAnswer, QuestionVerdict } from '@/curriculum/types.ts'
import { currentLearner } from '@/server/data/learner.ts'
import { answerQuestion } from '@/server/data/quizzes.ts'

export async function answer(quiz: string, question: string, given: QuestionAnswer): Promise<QuestionVerdict> {
  const learner = await currentLearner()
  const slug = oneOf(quizSlugs(), quiz)
  const ids = quizDefinition(slug)?.questions.map(({ id }) => id) ?? []
  return answerQuestion(learner, slug, oneOf(ids, question), accept(answerSchema, given), await getLocale())
}
