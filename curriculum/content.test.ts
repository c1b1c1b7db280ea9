import { describe, expect, it } from 'vitest'
import { findMistakes } from './mistakes/index.ts'
import { loadQuiz, markAnswer, quizDefinition, quizSlugs } from './quizzes.ts'

it('has no mistakes', async () => {
  expect((await findMistakes()).map(({ message }) => message)).toEqual([])
}, 300_000)

describe.each(quizSlugs())('quiz %s', (slug) => {
  const quiz = quizDefinition(slug)
  const questions = quiz?.questions ?? []

  it('has at least eight questions of four kinds', () => {
    expect(questions.length).toBeGreaterThanOrEqual(8)
    expect(new Set(questions.map((q) => q.kind)).size).toBeGreaterThanOrEqual(4)
  })

  it('sends no answers and no explanations to the page', async () => {
    const view = JSON.stringify(await loadQuiz(slug, 'en'))
    expect(view).not.toContain('correct')
    for (const question of questions) expect(view).not.toContain(JSON.stringify(question.explanation.en).slice(1, -1))
  })

  it.each(questions.map((question) => question.id))(
    'marks the right answer to %s as right and another as wrong',
    async (id) => {
      const verdict = await markAnswer(slug, id, [], 'ko')
      expect(verdict.correct).toBe(false)
      expect(verdict.answer.length).toBeGreaterThan(0)
      expect((await markAnswer(slug, id, verdict.answer, 'en')).correct).toBe(true)
      expect((await markAnswer(slug, id, [...verdict.answer, 'another'].reverse(), 'en')).correct).toBe(false)
    },
  )
})
