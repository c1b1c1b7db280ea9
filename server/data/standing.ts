import { listExercises } from '../../curriculum/exercises.ts'
import { lessonDefinition, lessonSlugs } from '../../curriculum/lessons.ts'
import { questionDomains, quizSlugs } from '../../curriculum/quizzes.ts'
import type { Standing } from '../../curriculum/standing.ts'
import { type Overview, overview } from './progress.ts'
import type { Learner } from './session.ts'

/** A learner's standing, for every page that shows progress: the same numbers everywhere. */
export const standing = async (learner: Learner): Promise<Standing> => standingOf(await overview(learner))

/** As standing, for what was read from the database already. */
export async function standingOf(did: Overview): Promise<Standing> {
  const lessons = new Map(did.lessons.map((one) => [one.slug, one]))
  const exercises = new Map(did.exercises.map((one) => [one.slug, one]))
  const answers = new Map(did.answers.map(({ quiz, question, correct }) => [`${quiz}/${question}`, correct]))
  return {
    lessons: lessonSlugs().map((slug) => {
      const visit = lessons.get(slug)
      const state = visit === undefined ? 'new' : visit.completedAt === undefined ? 'begun' : 'done'
      return { slug, domains: lessonDefinition(slug)?.domains ?? [], state, visitedAt: visit?.visitedAt }
    }),
    exercises: (await listExercises()).map(({ slug, domains, points: outOf }) => {
      const { bestPoints = 0, checks = 0, passedAt } = exercises.get(slug) ?? {}
      const state = passedAt !== undefined ? 'done' : checks > 0 ? 'begun' : 'new'
      return { slug, domains, state, points: Math.min(bestPoints, outOf), outOf }
    }),
    questions: quizSlugs().flatMap((quiz) =>
      [...questionDomains(quiz)].map(([id, domains]) => {
        const correct = answers.get(`${quiz}/${id}`)
        return { quiz, id, domains, state: correct === undefined ? 'new' : correct ? 'right' : 'wrong' } as const
      }),
    ),
  }
}
