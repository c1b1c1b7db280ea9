import 'server-only'
import type { Title } from '@/components/site/titles.ts'
import { listExercises } from '@/curriculum/exercises.ts'
import { listLessons } from '@/curriculum/lessons.ts'
import { listQuizzes } from '@/curriculum/quizzes.ts'
import type { Locale } from '@/i18n/routing.ts'

/** Every page that has a title, for search. */
export async function allTitles(locale: Locale): Promise<readonly Title[]> {
  const [lessons, exercises, quizzes] = await Promise.all([listLessons(locale), listExercises(), listQuizzes(locale)])
  return [
    ...lessons.map(({ slug, title, summary }) => ({
      kind: 'lesson' as const,
      href: `/lessons/${slug}`,
      title,
      words: summary,
    })),
    ...exercises.map(({ slug, title, topic }) => ({
      kind: 'exercise' as const,
      href: `/exercises/${slug}`,
      title: title[locale],
      words: `${topic} ${title.en}`,
    })),
    ...quizzes.map(({ slug, title }) => ({ kind: 'quiz' as const, href: `/quizzes/${slug}`, title, words: '' })),
  ]
}
