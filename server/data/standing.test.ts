import { expect, it } from 'vitest'
import { listExercises } from '../../curriculum/exercises.ts'
import { lessonSlugs } from '../../curriculum/lessons.ts'
import { quizDefinition } from '../../curriculum/quizzes.ts'
import { inDomain, named, tallyOf } from '../../curriculum/tally.ts'
import type { Overview } from './progress.ts'
import { standingOf } from './standing.ts'

const nobody: Overview = { lessons: [], exercises: [], answers: [] }

it('a newcomer has everything before them', async () => {
  const tally = tallyOf(await standingOf(nobody))
  const exercises = await listExercises()
  expect(tally.lessons).toEqual({ done: 0, total: lessonSlugs().length })
  expect(tally.exercises).toMatchObject({ done: 0, total: exercises.length, points: 0 })
  expect(tally.exercises.outOf).toBe(exercises.reduce((sum, { points }) => sum + points, 0))
  expect(tally.questions).toMatchObject({ answered: 0, right: 0 })
  expect(tally.questions.total).toBeGreaterThanOrEqual(120)
})

const did: Overview = {
  lessons: [
    { slug: 'nodeport', visitedAt: 2, completedAt: 2 },
    { slug: 'endpoints', visitedAt: 1, completedAt: undefined },
    { slug: 'a-lesson-that-was-removed', visitedAt: 1, completedAt: 1 },
  ],
  exercises: [
    { slug: 'type-left-to-default', bestPoints: 999, checks: 3, passedAt: 1 },
    { slug: 'two-ports', bestPoints: 2, checks: 1, passedAt: undefined },
    { slug: 'blue-to-green', bestPoints: 0, checks: 0, passedAt: undefined },
    { slug: 'an-exercise-that-was-removed', bestPoints: 10, checks: 1, passedAt: 1 },
  ],
  answers: [
    { quiz: 'nodeport', question: 'default-type', correct: true },
    { quiz: 'nodeport', question: 'refused-or-timed-out', correct: false },
    { quiz: 'nodeport', question: 'a-question-that-was-removed', correct: true },
  ],
}

it('counts what was done, by what there still is', async () => {
  const standing = await standingOf(did)
  const exercises = new Map(standing.exercises.map((one) => [one.slug, one]))
  const points = (exercises.get('type-left-to-default')?.outOf ?? 0) + 2
  expect(exercises.get('blue-to-green')?.state).toBe('new')
  const tally = tallyOf(standing)
  expect(tally.lessons.done).toBe(1)
  expect(tally.exercises).toMatchObject({ done: 1, points })
  expect(tally.questions).toMatchObject({ answered: 2, right: 1 })
})

it('counts a domain and a track by themselves', async () => {
  const standing = await standingOf(did)
  expect(tallyOf(inDomain(standing, 'cka/troubleshooting')).questions).toMatchObject({ answered: 1, right: 0 })
  expect(tallyOf(inDomain(standing, 'cka/storage')).questions.total).toBe(0)
  const track = tallyOf(named(standing, { lessons: ['nodeport'], exercises: [], quizzes: ['nodeport', 'nodeport'] }))
  expect(track.lessons).toEqual({ done: 1, total: 1 })
  expect(track.exercises.total).toBe(0)
  expect(track.questions).toEqual({ answered: 2, right: 1, total: quizDefinition('nodeport')?.questions.length })
})
