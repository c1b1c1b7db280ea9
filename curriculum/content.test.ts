import { describe, expect, it } from 'vitest'
import { exerciseDefinition, exerciseSlugs, loadExerciseTask, loadExplanation } from './exercises.ts'
import { lessonDefinition, lessonSlugs, loadLesson } from './lessons.ts'
import { loadQuiz, markAnswer, printedBy, quizDefinition, quizSlugs } from './quizzes.ts'
import type { Locale } from './types.ts'

const locales: readonly Locale[] = ['ko', 'en']

describe.each(lessonSlugs())('lesson %s', (slug) => {
  it('has the same headings, components and code blocks in both languages', async () => {
    const [ko, en] = await Promise.all(locales.map((locale) => loadLesson(slug, locale)))
    expect(ko?.headings.map((heading) => heading.depth)).toEqual(en?.headings.map((heading) => heading.depth))
    expect(en?.headings.length).toBeGreaterThan(0)
    expect(en?.blocks.length).toBeGreaterThan(0)
    expect(ko?.blocks).toEqual(en?.blocks)
    expect(ko?.components).toEqual(en?.components)
  })

  it('names exercises and a quiz that exist', () => {
    const lesson = lessonDefinition(slug)
    for (const exercise of lesson?.exercises ?? []) expect(exerciseSlugs()).toContain(exercise)
    if (lesson?.quiz !== undefined) expect(quizSlugs()).toContain(lesson.quiz)
  })
})

describe.each(exerciseSlugs())('texts of exercise %s', (slug) => {
  it.each(locales)('compile in %s with every variable filled in', async (locale) => {
    const task = await loadExerciseTask(slug, locale, 'seed-1')
    const explanation = await loadExplanation(slug, locale, 'seed-1')
    for (const name of Object.keys(exerciseDefinition(slug)?.variables ?? {})) {
      expect(task?.taskCode).not.toContain(`\${${name}}`)
      expect(explanation).not.toContain(`\${${name}}`)
    }
  })
})

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

  it('has exactly one option that is what the emulator prints, for every question about output', async () => {
    for (const question of questions) {
      if (question.kind !== 'output') continue
      const { answer } = await markAnswer(slug, question.id, [], 'en')
      expect({ id: question.id, answer, printed: await printedBy(question) }).toMatchObject({
        answer: [expect.any(String)],
      })
    }
  })
})
