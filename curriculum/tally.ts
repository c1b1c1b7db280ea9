import type { DomainId } from './domains.ts'
import type { Standing } from './standing.ts'

/** Progress in numbers. */
export interface Tally {
  readonly lessons: { readonly done: number; readonly total: number }
  readonly exercises: {
    readonly done: number
    readonly total: number
    /** Sums of the best checks, and of all that there is to get. */
    readonly points: number
    readonly outOf: number
  }
  readonly questions: { readonly answered: number; readonly right: number; readonly total: number }
}

const count = <T>(all: readonly T[], holds: (one: T) => boolean): number => all.filter(holds).length
const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((total, one) => total + of(one), 0)

/** Counts a standing, or a part of one. */
export function tallyOf({ lessons, exercises, questions }: Standing): Tally {
  return {
    lessons: { done: count(lessons, ({ state }) => state === 'done'), total: lessons.length },
    exercises: {
      done: count(exercises, ({ state }) => state === 'done'),
      total: exercises.length,
      points: sum(exercises, ({ points }) => points),
      outOf: sum(exercises, ({ outOf }) => outOf),
    },
    questions: {
      answered: count(questions, ({ state }) => state !== 'new'),
      right: count(questions, ({ state }) => state === 'right'),
      total: questions.length,
    },
  }
}

/** What of a standing serves an exam domain. */
export function inDomain(standing: Standing, domain: DomainId): Standing {
  const serves = ({ domains }: { readonly domains: readonly DomainId[] }) => domains.includes(domain)
  return {
    lessons: standing.lessons.filter(serves),
    exercises: standing.exercises.filter(serves),
    questions: standing.questions.filter(serves),
  }
}

interface Names {
  readonly lessons: readonly string[]
  readonly exercises: readonly string[]
  readonly quizzes: readonly string[]
}

/** What of a standing is named; each thing once, however often it is. */
export function named(standing: Standing, { lessons, exercises, quizzes }: Names): Standing {
  return {
    lessons: standing.lessons.filter(({ slug }) => lessons.includes(slug)),
    exercises: standing.exercises.filter(({ slug }) => exercises.includes(slug)),
    questions: standing.questions.filter(({ quiz }) => quizzes.includes(quiz)),
  }
}
