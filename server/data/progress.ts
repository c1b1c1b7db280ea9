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

export interface QuizAnswerProgress {
  readonly quiz: string
  readonly question: string
  /** Was the last answer right? */
  readonly correct: boolean
}

/** All that a learner did; what was never touched is absent, what content no longer has may be there. */
export interface Overview {
  readonly lessons: readonly LessonProgress[]
  readonly exercises: readonly ExerciseProgress[]
  readonly answers: readonly QuizAnswerProgress[]
}

/** Lessons the learner opened, the latest first. */
async function lessonProgress(learner: Learner): Promise<readonly LessonProgress[]> {
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

/** All that is kept of a learner's progress; pages show it against the course as it is now (standing.ts). */
export async function overview(learner: Learner): Promise<Overview> {
  const where = { learnerId: learner.id }
  const [lessons, attempts, answers] = await Promise.all([
    lessonProgress(learner),
    database().attempt.findMany({
      where,
      select: { exercise: true, bestPoints: true, checks: true, passedAt: true },
    }),
    database().quizAnswer.findMany({ where, select: { quiz: true, question: true, correct: true } }),
  ])
  return {
    lessons,
    exercises: attempts.map(({ exercise, bestPoints, checks, passedAt }) => ({
      slug: exercise,
      bestPoints,
      checks,
      passedAt: passedAt?.getTime(),
    })),
    answers,
  }
}
