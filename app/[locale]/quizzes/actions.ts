'use server'
import { getLocale } from 'next-intl/server'
import { z } from 'zod'
import { loadQuiz } from '@/curriculum/quizzes.ts'
import type { QuestionAnswer, QuestionVerdict } from '@/curriculum/types.ts'
import { currentLearner } from '@/server/data/learner.ts'
import { answerQuestion } from '@/server/data/quizzes.ts'

const answerSchema = z.array(z.string().max(200)).min(1).max(20)

export async function answer(quiz: string, question: string, given: QuestionAnswer): Promise<QuestionVerdict> {
  const learner = await currentLearner()
  const locale = await getLocale()
  const known = await loadQuiz(z.string().parse(quiz), locale)
  const asked = known?.questions.find((one) => one.id === question)
  if (!known || !asked) throw new Error('There is no such question.')
  return answerQuestion(learner, known.slug, asked.id, answerSchema.parse(given), locale)
}
