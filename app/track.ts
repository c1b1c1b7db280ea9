import 'server-only'
import type { NextStep } from '@/components/lesson/next-step.tsx'
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

/** Everything there is to do, in the order of the track. */
export function trackSteps(track: readonly TrackEntry[]): readonly NextStep[] {
  return track.flatMap(({ lesson, exercises, quiz }) => [
    { href: `/lessons/${lesson.slug}`, title: lesson.title },
    ...exercises.map(({ slug, title }) => ({ href: `/exercises/${slug}`, title })),
    ...(quiz ? [{ href: `/quizzes/${quiz.slug}`, title: quiz.title }] : []),
  ])
}

/** What comes after a page of the track; undefined after the last. */
export function stepAfter(track: readonly TrackEntry[], href: string): NextStep | undefined {
  const steps = trackSteps(track)
  const at = steps.findIndex((step) => step.href === href)
  return at < 0 ? undefined : steps[at + 1]
}
