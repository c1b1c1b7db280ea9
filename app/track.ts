import 'server-only'
import type { TrackEntry } from '@/components/lesson/track-map.tsx'
import { listExercises } from '@/curriculum/exercises.ts'
import { listLessons } from '@/curriculum/lessons.ts'
import { listQuizzes } from '@/curriculum/quizzes.ts'
import type { Locale } from '@/i18n/routing.ts'

/** Lessons in order, each with its exercises and quiz. */
export async function loadTrack(locale: Locale): Promise<readonly TrackEntry[]> {
  const [lessons, exercises, quizzes] = await Promise.all([listLessons(locale), listExercises(), listQuizzes(locale)])
  const titles = new Map(exercises.map(({ slug, title }) => [slug, title[locale]]))
  return lessons.map((lesson) => {
    const quiz = quizzes.find(({ slug }) => slug === lesson.quiz)
    return {
      lesson,
      exercises: lesson.exercises.flatMap((slug) => {
        const title = titles.get(slug)
        return title === undefined ? [] : [{ slug, title }]
      }),
      ...(quiz && { quiz: { slug: quiz.slug, title: quiz.title, questions: quiz.questions } }),
    }
  })
}
