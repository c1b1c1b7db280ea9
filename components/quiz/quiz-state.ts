import type { QuestionAnswer, QuestionVerdict, QuestionView, QuizView } from '../../curriculum/types.ts'

export interface Answered {
  readonly answer: QuestionAnswer
  readonly verdict: QuestionVerdict
}

/** One sitting: the questions of this round, where it stands, and what is answered. */
export interface Sitting {
  readonly questions: readonly QuestionView[]
  /** The question shown; past the last one is the result. */
  readonly at: number
  readonly answers: { readonly [question: string]: Answered | undefined }
}

export interface QuizActions {
  /** Marks an answer on the server; rejects if it could not be sent. */
  answer(quiz: string, question: string, answer: QuestionAnswer): Promise<QuestionVerdict>
}

/** Goes on at the first question without an answer, or at the result when there is none. */
export function begin(quiz: QuizView, answers: Sitting['answers']): Sitting {
  const open = quiz.questions.findIndex((question) => !answers[question.id])
  return { questions: quiz.questions, at: open === -1 ? quiz.questions.length : open, answers }
}

export function score(sitting: Sitting): { readonly correct: number; readonly total: number } {
  const correct = sitting.questions.filter((question) => sitting.answers[question.id]?.verdict.correct).length
  return { correct, total: sitting.questions.length }
}

/** A new round over all questions, or over those not yet right; their old answers are set aside. */
export function retry(quiz: QuizView, sitting: Sitting, which: 'all' | 'wrong'): Sitting {
  const again = quiz.questions.filter((question) => which === 'all' || !sitting.answers[question.id]?.verdict.correct)
  const kept = Object.entries(sitting.answers).filter(([id]) => !again.some((question) => question.id === id))
  return { questions: which === 'all' ? quiz.questions : again, at: 0, answers: Object.fromEntries(kept) }
}

/** A list with one item moved by a place; at the ends it stays. */
export function moveItem(items: readonly string[], item: string, by: -1 | 1): readonly string[] {
  const from = items.indexOf(item)
  const to = from + by
  if (from === -1 || to < 0 || to >= items.length) return items
  const next = items.filter((other) => other !== item)
  next.splice(to, 0, item)
  return next
}
