import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { QuestionVerdict, QuizView } from '../../curriculum/types.ts'
import { begin, moveItem, retry, score } from './quiz-state.ts'

const verdict = (correct: boolean): QuestionVerdict => ({ correct, answer: [], explanation: '' })
const quiz: QuizView = {
  slug: 'q',
  title: 'Q',
  questions: ['a', 'b', 'c'].map((id) => ({ id, prompt: id, kind: 'short' })),
}
const answers = { a: { answer: ['x'], verdict: verdict(true) }, b: { answer: ['y'], verdict: verdict(false) } }

describe('a sitting', () => {
  it('goes on where it was left, and shows the result when all is answered', () => {
    expect(begin(quiz, answers).at).toBe(2)
    expect(begin(quiz, { ...answers, c: answers.a }).at).toBe(3)
  })
  it('counts right answers', () => {
    expect(score(begin(quiz, answers))).toEqual({ correct: 1, total: 3 })
  })
  it('starts over with all questions or only those not yet right', () => {
    const done = begin(quiz, answers)
    expect(retry(quiz, done, 'all')).toMatchObject({ at: 0, answers: {} })
    const wrong = retry(quiz, done, 'wrong')
    expect(wrong.questions.map((question) => question.id)).toEqual(['b', 'c'])
    expect(wrong.answers).toEqual({ a: answers.a })
  })
})

it('moving keeps every item and undoes itself', () => {
  const items = fc.uniqueArray(fc.string(), { minLength: 1 })
  fc.assert(
    fc.property(items, fc.nat(), (list, n) => {
      const item = list[n % list.length] ?? ''
      const down = moveItem(list, item, 1)
      expect([...down].sort()).toEqual([...list].sort())
      if (down !== list) expect(moveItem(down, item, -1)).toEqual(list)
    }),
  )
})
