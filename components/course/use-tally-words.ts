import { useTranslations } from 'next-intl'
import type { Tally } from '../../curriculum/tally.ts'

/** Lessons read, exercises passed and questions answered, in words and numbers; what there is none of is left out. */
export function useTallyWords({ lessons, exercises, questions }: Tally) {
  const t = useTranslations('map')
  const { answered, right, total } = questions
  // Down, never up: 100% means all of them.
  const share = answered > 0 ? ` · ${t('share', { share: Math.floor((right / answered) * 100) })}` : ''
  return [
    { name: t('lessons'), done: lessons.done, total: lessons.total, text: t('lessonsRead', lessons) },
    { name: t('exercises'), done: exercises.done, total: exercises.total, text: t('exercisesPassed', exercises) },
    { name: t('quizzes'), done: answered, total, text: `${t('questionsAnswered', questions)}${share}` },
  ].filter((line) => line.total > 0)
}
