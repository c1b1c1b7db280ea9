import { markAnswer, quizDefinition } from '../../curriculum/quizzes.ts'
import type { Locale, QuestionAnswer, QuestionVerdict } from '../../curriculum/types.ts'
import { database } from './database.ts'
import { keepLearner, type Learner } from './session.ts'

/** What the learner answered so far, by question id. The verdict is worded anew in the page's language. */
export interface QuizState {
  readonly slug: string
  readonly answers: { readonly [question: string]: AnsweredQuestion }
}

export interface AnsweredQuestion {
  readonly answer: QuestionAnswer
  readonly verdict: QuestionVerdict
  readonly tries: number
  readonly firstCorrect: boolean
}

/** The learner's answers to a quiz, with verdicts: what a reload shows again. */
export async function quizState(learner: Learner, slug: string, locale: Locale): Promise<QuizState> {
  const rows = await database().quizAnswer.findMany({ where: { learnerId: learner.id, quiz: slug } })
  // A question may have been taken out of the quiz since.
  const known = new Set(quizDefinition(slug)?.questions.map(({ id }) => id))
  const answers = await Promise.all(
    rows
      .filter(({ question }) => known.has(question))
      .map(async ({ question, answer, tries, firstCorrect }) => {
        const verdict = await markAnswer(slug, question, answer, locale)
        return [question, { answer, verdict, tries, firstCorrect }] as const
      }),
  )
  return { slug, answers: Object.fromEntries(answers) }
}

/** Marks an answer on the server; it is in the database before the verdict is given. */
export async function answerQuestion(
  learner: Learner,
  quiz: string,
  question: string,
  answer: QuestionAnswer,
  locale: Locale,
): Promise<QuestionVerdict> {
  const verdict = await markAnswer(quiz, question, answer, locale)
  await keepLearner(learner)
  const id = { learnerId: learner.id, quiz, question }
  const given = { answer: [...answer], correct: verdict.correct }
  await database().quizAnswer.upsert({
    where: { learnerId_quiz_question: id },
    create: { ...id, ...given, firstCorrect: verdict.correct },
    update: { ...given, tries: { increment: 1 }, answeredAt: new Date() },
  })
  return verdict
}
