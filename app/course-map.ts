import 'server-only'
import type { MapDomain, MapExam, MapRow, MapTrack } from '@/components/course/course-map.ts'
import type { Track } from '@/components/lesson/track-map.tsx'
import { examDomains } from '@/curriculum/domains.ts'
import { listExercises } from '@/curriculum/exercises.ts'
import type { Standing } from '@/curriculum/standing.ts'
import { nextStep, type StepState, stepState } from '@/curriculum/steps.ts'
import { inDomain, named, type Tally, tallyOf } from '@/curriculum/tally.ts'
import type { Locale } from '@/i18n/routing.ts'
import type { Learner } from '@/server/data/learner.ts'
import { standing } from '@/server/data/standing.ts'
import { type CourseStep, courseSteps, loadCourse, stepTo } from './course.ts'

/** The course with one learner's progress in it: what the home page and the course map show. */
export interface CourseMap {
  readonly whole: Tally
  /** Was anything opened, tried or answered? */
  readonly begun: boolean
  /** Undefined when everything is done. */
  readonly next: MapRow | undefined
  readonly tracks: readonly MapTrack[]
  /** Exercises that stand in no track. */
  readonly more: readonly MapRow[]
  readonly exams: readonly MapExam[]
}

export async function loadCourseMap(locale: Locale, learner: Learner): Promise<CourseMap> {
  const [course, exercises, mine] = await Promise.all([loadCourse(locale), listExercises(), standing(learner)])
  const steps = courseSteps(course)
  const loose = exercises
    .map(({ slug, title }) => stepTo('exercise', { slug, title: title[locale] }))
    .filter(({ href }) => !steps.some((step) => step.href === href))
  const all = [...steps, ...loose]
  return {
    whole: tallyOf(mine),
    begun:
      mine.lessons.some(({ state }) => state !== 'new') ||
      mine.exercises.some(({ state }) => state !== 'new') ||
      mine.questions.some(({ state }) => state !== 'new'),
    next: nextIn(all, mine),
    tracks: course.map((track) => mapTrack(track, firstIn(course, track), mine)),
    more: rowsOf(loose, mine),
    exams: (['CKA', 'CKAD'] as const).map((exam) => mapExam(exam, all, mine, locale)),
  }
}

/** What a track is the first to have: each thing stands on the map once, so that the tracks add up to the whole. */
function firstIn(course: readonly Track[], track: Track): readonly CourseStep[] {
  const before = new Set(courseSteps(course.slice(0, course.indexOf(track))).map(({ href }) => href))
  return courseSteps([track]).filter(({ href }) => !before.has(href))
}

function mapTrack(track: Track, own: readonly CourseStep[], mine: Standing): MapTrack {
  const slugs = (kind: CourseStep['kind']) => own.filter((step) => step.kind === kind).map(({ slug }) => slug)
  return {
    slug: track.slug,
    title: track.title,
    summary: track.summary,
    rows: rowsOf(own, mine),
    tally: tallyOf(named(mine, { lessons: slugs('lesson'), exercises: slugs('exercise'), quizzes: slugs('quiz') })),
  }
}

function mapExam(exam: MapExam['exam'], steps: readonly CourseStep[], mine: Standing, locale: Locale): MapExam {
  const domains = examDomains
    .filter((domain) => domain.exam === exam)
    .map(({ id, name, weight }): MapDomain => {
      const part = inDomain(mine, id)
      return { id, name: name[locale], weight, tally: tallyOf(part), next: nextIn(steps, part) }
    })
  return {
    exam,
    domains: domains.filter(({ tally }) => coverage(tally) === 'taught'),
    touched: domains.filter(({ tally }) => coverage(tally) === 'touched'),
    rest: domains.filter(({ tally }) => coverage(tally) === 'none'),
  }
}

/** A domain is taught by lessons and exercises; one that only a few things serve is not. */
function coverage({ lessons, exercises, questions }: Tally): 'taught' | 'touched' | 'none' {
  if (lessons.total > 0 && exercises.total > 0) return 'taught'
  return lessons.total + exercises.total + questions.total > 0 ? 'touched' : 'none'
}

const rowsOf = (steps: readonly CourseStep[], mine: Standing): readonly MapRow[] =>
  steps.flatMap((step) => {
    const state = stepState(step, mine)
    return state === undefined ? [] : [rowOf(step, state)]
  })

function nextIn(steps: readonly CourseStep[], mine: Standing): MapRow | undefined {
  const next = nextStep(steps.flatMap((step) => stepState(step, mine) ?? []))
  const step = steps.find(({ kind, slug }) => kind === next?.kind && slug === next.slug)
  return next && step && rowOf(step, next)
}

const rowOf = ({ kind, href, title }: CourseStep, { state, score }: StepState): MapRow => ({
  kind,
  href,
  title,
  state,
  ...(score && { score }),
})
