import type { DomainId } from './domains.ts'

/** Where a learner stands in the course as its content is now: everything there is, touched or not, and nothing else. */
export interface Standing {
  readonly lessons: readonly LessonStanding[]
  readonly exercises: readonly ExerciseStanding[]
  readonly questions: readonly QuestionStanding[]
}

export interface LessonStanding {
  readonly slug: string
  readonly domains: readonly DomainId[]
  /** Begun by opening it, done when its reader says so. */
  readonly state: 'new' | 'begun' | 'done'
  /** When it was opened last, in milliseconds. */
  readonly visitedAt: number | undefined
}

export interface ExerciseStanding {
  readonly slug: string
  readonly domains: readonly DomainId[]
  /** Begun by the first check, done by one with all points. */
  readonly state: 'new' | 'begun' | 'done'
  /** Of the best check. */
  readonly points: number
  readonly outOf: number
}

export interface QuestionStanding {
  readonly quiz: string
  readonly id: string
  readonly domains: readonly DomainId[]
  /** How the last answer went. */
  readonly state: 'new' | 'wrong' | 'right'
}
