import { database } from './database.ts'
import { keepLearner, type Learner } from './session.ts'

/** Times are milliseconds since the epoch, so that components may take these objects as they are. */
export interface LessonProgress {
  readonly slug: string
  readonly visitedAt: number
  readonly completedAt: number | undefined
}

export interface ExerciseProgress {
  readonly slug: string
  readonly bestPoints: number
  readonly checks: number
  readonly passedAt: number | undefined
}

export interface QuizProgress {
  readonly slug: string
  readonly answered: number
  readonly correct: number
}

/** All that a learner did; slugs never touched are absent. */
export interface Overview {
  readonly lessons: readonly LessonProgress[]
  readonly exercises: readonly ExerciseProgress[]
  readonly quizzes: readonly QuizProgress[]
}

/** Lessons the learner opened, the latest first. */
export async function lessonProgress(learner: Learner): Promise<readonly LessonProgress[]> {
  const visits = await database().lessonVisit.findMany({
    where: { learnerId: learner.id },
    orderBy: { visitedAt: 'desc' },
  })
  return visits.map(({ lesson, visitedAt, completedAt }) => ({
    slug: lesson,
    visitedAt: visitedAt.getTime(),
    completedAt: completedAt?.getTime(),
  }))
}

/** Notes that a lesson was opened now. The caller vouches for the slug. */
export async function visitLesson(learner: Learner, slug: string): Promise<void> {
  await keepLearner(learner)
  const id = { learnerId: learner.id, lesson: slug }
  await database().lessonVisit.upsert({
    where: { learnerId_lesson: id },
    create: id,
    update: { visitedAt: new Date() },
  })
}

/** Marks a lesson as done; the first time counts. */
export async function completeLesson(learner: Learner, slug: string): Promise<void> {
  await visitLesson(learner, slug)
  await database().lessonVisit.updateMany({
    where: { learnerId: learner.id, lesson: slug, completedAt: null },
    data: { completedAt: new Date() },
  })
}

/** Everything a progress page or the home page shows. */
export async function overview(learner: Learner): Promise<Overview> {
  const where = { learnerId: learner.id }
  const [lessons, attempts, answers] = await Promise.all([
    lessonProgress(learner),
    database().attempt.findMany({ where, orderBy: { startedAt: 'asc' } }),
    database().quizAnswer.groupBy({ by: ['quiz', 'correct'], where, _count: true }),
  ])
  const quizzes = new Map<string, { answered: number; correct: number }>()
  for (const { quiz, correct, _count } of answers) {
    const sum = quizzes.get(quiz) ?? { answered: 0, correct: 0 }
    quizzes.set(quiz, { answered: sum.answered + _count, correct: sum.correct + (correct ? _count : 0) })
  }
  return {
    lessons,
    exercises: attempts.map(({ exercise, bestPoints, checks, passedAt }) => ({
      slug: exercise,
      bestPoints,
      checks,
      passedAt: passedAt?.getTime(),
    })),
    quizzes: [...quizzes].map(([slug, sum]) => ({ slug, ...sum })),
  }
}
