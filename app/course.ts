import 'server-only'
import type { NextStep } from '@/components/lesson/next-step.tsx'
import type { Track, TrackEntry } from '@/components/lesson/track-map.tsx'
import { listExercises } from '@/curriculum/exercises.ts'
import { listLessons } from '@/curriculum/lessons.ts'
import { listQuizzes } from '@/curriculum/quizzes.ts'
import type { Step } from '@/curriculum/steps.ts'
import { listTracks } from '@/curriculum/tracks.ts'
import type { Locale } from '@/i18n/routing.ts'

/** The whole course, in the order to take it. */
export async function loadCourse(locale: Locale): Promise<readonly Track[]> {
  const [lessons, exercises, quizzes] = await Promise.all([listLessons(locale), listExercises(), listQuizzes(locale)])
  const titles = new Map(exercises.map(({ slug, title }) => [slug, title[locale]]))
  const entries = new Map(
    lessons.map((lesson) => {
      const quiz = quizzes.find(({ slug }) => slug === lesson.quiz)
      const entry: TrackEntry = {
        lesson,
        exercises: lesson.exercises.flatMap((slug) => {
          const title = titles.get(slug)
          return title === undefined ? [] : [{ slug, title }]
        }),
        ...(quiz && { quiz: { slug: quiz.slug, title: quiz.title, questions: quiz.questions } }),
      }
      return [lesson.slug, entry]
    }),
  )
  return listTracks().map(({ slug, title, summary, lessons }) => ({
    slug,
    title: title[locale],
    summary: summary[locale],
    entries: lessons.flatMap((lesson) => entries.get(lesson) ?? []),
  }))
}

/** The track in which a lesson stands. Throws if the course does not have it. */
export function trackOf(course: readonly Track[], lesson: string): Track {
  const track = course.find(({ entries }) => entries.some((entry) => entry.lesson.slug === lesson))
  if (!track) throw new Error(`No track has the lesson ${lesson}.`)
  return track
}

export interface CourseStep extends Step, NextStep {}

/** Everything that the tracks have to do, each page once, in the order of the course. */
export function courseSteps(course: readonly Track[]): readonly CourseStep[] {
  const steps = course.flatMap(({ entries }) => entries.flatMap(entrySteps))
  return [...new Map(steps.map((step) => [step.href, step])).values()]
}

const entrySteps = ({ lesson, exercises, quiz }: TrackEntry): readonly CourseStep[] => [
  stepTo('lesson', lesson),
  ...exercises.map((exercise) => stepTo('exercise', exercise)),
  ...(quiz ? [stepTo('quiz', quiz)] : []),
]

const FOLDERS = { lesson: 'lessons', exercise: 'exercises', quiz: 'quizzes' } as const

/** The step that a page of the course is. */
export const stepTo = (
  kind: Step['kind'],
  { slug, title }: { readonly slug: string; readonly title: string },
): CourseStep => ({
  kind,
  slug,
  title,
  href: `/${FOLDERS[kind]}/${slug}`,
})

/** What comes after a page of the course; undefined after the last. */
export function stepAfter(course: readonly Track[], href: string): NextStep | undefined {
  const steps = courseSteps(course)
  const at = steps.findIndex((step) => step.href === href)
  return at < 0 ? undefined : steps[at + 1]
}

/** A list's entries under the tracks whose pages they are, in the order of the list; those of no track come last. */
export function groupByTrack<T extends { readonly slug: string }>(
  course: readonly Track[],
  kind: Step['kind'],
  entries: readonly T[],
): readonly { readonly track: Track | undefined; readonly entries: readonly T[] }[] {
  const trackFor = (slug: string) =>
    course.find((track) => courseSteps([track]).some((step) => step.kind === kind && step.slug === slug))
  const tracks = new Map(entries.map((entry) => [entry, trackFor(entry.slug)]))
  return [...course, undefined].flatMap((track) => {
    const own = entries.filter((entry) => tracks.get(entry) === track)
    return own.length === 0 ? [] : [{ track, entries: own }]
  })
}
