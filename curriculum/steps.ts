import type { Standing } from './standing.ts'

/** One thing to do: a page of the course. */
export interface Step {
  readonly kind: 'lesson' | 'exercise' | 'quiz'
  readonly slug: string
}

/** How far a learner is with a step. */
export interface StepState extends Step {
  /** A quiz is done when all its answers are right. */
  readonly state: 'new' | 'begun' | 'done'
  /** Is there something in it that was not read, passed or answered yet? */
  readonly open: boolean
  /** Points or right answers so far; absent for lessons and where nothing was tried. */
  readonly score?: { readonly got: number; readonly outOf: number }
  /** When a lesson was opened last, in milliseconds. */
  readonly visitedAt?: number
}

/** The learner's state of a step; undefined where the standing, or the part of one, has nothing of it. */
export function stepState(step: Step, standing: Standing): StepState | undefined {
  return STATES[step.kind](step, standing)
}

/** The states of everything that a standing has. */
export function allStates(standing: Standing): readonly StepState[] {
  const steps: readonly Step[] = [
    ...standing.lessons.map(({ slug }) => ({ kind: 'lesson' as const, slug })),
    ...standing.exercises.map(({ slug }) => ({ kind: 'exercise' as const, slug })),
    ...[...new Set(standing.questions.map(({ quiz }) => quiz))].map((slug) => ({ kind: 'quiz' as const, slug })),
  ]
  return steps.flatMap((step) => stepState(step, standing) ?? [])
}

type StateOf = (step: Step, standing: Standing) => StepState | undefined

const STATES: { readonly [kind in Step['kind']]: StateOf } = {
  lesson(step, { lessons }) {
    const mine = lessons.find(({ slug }) => slug === step.slug)
    if (mine === undefined) return undefined
    const { state, visitedAt } = mine
    return { ...step, state, open: state !== 'done', ...(visitedAt !== undefined && { visitedAt }) }
  },
  exercise(step, { exercises }) {
    const mine = exercises.find(({ slug }) => slug === step.slug)
    if (mine === undefined) return undefined
    const { state, points: got, outOf } = mine
    return { ...step, state, open: state !== 'done', ...(state !== 'new' && { score: { got, outOf } }) }
  },
  quiz(step, { questions }) {
    const mine = questions.filter(({ quiz }) => quiz === step.slug)
    if (mine.length === 0) return undefined
    const got = mine.filter(({ state }) => state === 'right').length
    const open = mine.some(({ state }) => state === 'new')
    if (mine.every(({ state }) => state === 'new')) return { ...step, state: 'new', open }
    return { ...step, state: got === mine.length ? 'done' : 'begun', open, score: { got, outOf: mine.length } }
  },
}

/**
 * What to do next: the lesson that was left open last, else the first step in order with something not tried yet, else
 * the first quiz with a wrong answer; undefined when all is done.
 */
export function nextStep(states: readonly StepState[]): StepState | undefined {
  const visits = states.filter(({ visitedAt }) => visitedAt !== undefined)
  const last = visits.toSorted((a, b) => (b.visitedAt ?? 0) - (a.visitedAt ?? 0))[0]
  if (last?.open) return last
  return states.find(({ open }) => open) ?? states.find(({ state }) => state !== 'done')
}
