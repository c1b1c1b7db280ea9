import 'server-only'
import { getTranslations } from 'next-intl/server'
import type { Onward, OnwardTitles } from '@/components/lesson/mdx-components.tsx'
import { listExercises } from '@/curriculum/exercises.ts'
import { listQuizzes } from '@/curriculum/quizzes.ts'
import type { Locale } from '@/i18n/routing.ts'

/** What texts may link to, with a title and a line in the reader's language. */
export async function onwardTitles(locale: Locale): Promise<OnwardTitles> {
  const t = await getTranslations({ locale })
  const [exercises, quizzes] = await Promise.all([listExercises(), listQuizzes(locale)])
  return {
    exercises: new Map(
      exercises.map(({ slug, title, minutes, points, difficulty }): [string, Onward] => [
        slug,
        {
          title: title[locale],
          note: [t('site.minutes', { minutes }), t('site.points', { points }), t(`exercises.${difficulty}`)].join(
            ' · ',
          ),
        },
      ]),
    ),
    quizzes: new Map(
      quizzes.map(({ slug, title, questions }): [string, Onward] => [
        slug,
        { title, note: t('quizzes.questions', { count: questions }) },
      ]),
    ),
  }
}
