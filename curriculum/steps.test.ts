import { expect, it } from 'vitest'
import type { Standing } from './standing.ts'
import { allStates, nextStep, type Step, stepState } from './steps.ts'

const domains = ['cka/services-networking'] as const
const standing = (change: Partial<Standing>): Standing => ({
  lessons: [
    { slug: 'one', domains, state: 'done', visitedAt: 10 },
    { slug: 'two', domains, state: 'new', visitedAt: undefined },
  ],
  exercises: [{ slug: 'task', domains, state: 'begun', points: 3, outOf: 10 }],
  questions: [
    { quiz: 'test', id: 'a', domains, state: 'right' },
    { quiz: 'test', id: 'b', domains, state: 'new' },
  ],
  ...change,
})
const steps: readonly Step[] = [
  { kind: 'lesson', slug: 'one' },
  { kind: 'exercise', slug: 'task' },
  { kind: 'quiz', slug: 'test' },
  { kind: 'lesson', slug: 'two' },
]
const statesIn = (all: Standing) => steps.flatMap((step) => stepState(step, all) ?? [])
const nextIn = (change: Partial<Standing>) => nextStep(statesIn(standing(change)))?.slug

it('tells points, right answers, and what is still open', () => {
  expect(statesIn(standing({})).map(({ state, open, score }) => [state, open, score])).toEqual([
    ['done', false, undefined],
    ['begun', true, { got: 3, outOf: 10 }],
    ['begun', true, { got: 1, outOf: 2 }],
    ['new', true, undefined],
  ])
})

it('knows every lesson, exercise and quiz of a standing once', () => {
  expect(allStates(standing({})).map(({ slug }) => slug)).toEqual(['one', 'two', 'task', 'test'])
})

it('leaves out what a part of the standing does not have', () => {
  expect(statesIn(standing({ questions: [], lessons: [] })).map(({ slug }) => slug)).toEqual(['task'])
})

it('goes on in order, but first with a lesson that was left open', () => {
  expect(nextIn({})).toBe('task')
  expect(
    nextIn({
      lessons: [
        { slug: 'one', domains, state: 'done', visitedAt: 10 },
        { slug: 'two', domains, state: 'begun', visitedAt: 11 },
      ],
    }),
  ).toBe('two')
  expect(
    nextIn({
      lessons: [
        { slug: 'one', domains, state: 'done', visitedAt: 12 },
        { slug: 'two', domains, state: 'begun', visitedAt: 11 },
      ],
    }),
  ).toBe('task')
})

it('comes back to a quiz with a wrong answer last, and ends when all is done', () => {
  const done = {
    lessons: [
      { slug: 'one', domains, state: 'done', visitedAt: 10 },
      { slug: 'two', domains, state: 'done', visitedAt: 11 },
    ],
    exercises: [{ slug: 'task', domains, state: 'done', points: 10, outOf: 10 }],
  } as const
  const answers = (b: 'right' | 'wrong' | 'new') => [
    { quiz: 'test', id: 'a', domains, state: 'right' as const },
    { quiz: 'test', id: 'b', domains, state: b },
  ]
  expect(nextIn({ ...done, questions: answers('new') })).toBe('test')
  expect(nextIn({ questions: answers('wrong'), exercises: done.exercises })).toBe('two')
  expect(nextIn({ ...done, questions: answers('wrong') })).toBe('test')
  expect(nextIn({ ...done, questions: answers('right') })).toBeUndefined()
})
