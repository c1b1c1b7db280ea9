/** Everything that can be wrong with content/, found at once: what the build refuses. One file a sort of mistake. */
import { cheatSheetSlugs } from '../cheat-sheets.ts'
import type { ContentError } from '../content-error.ts'
import { exerciseFolder, exerciseSlugs } from '../exercises.ts'
import { relativeToProject } from '../files.ts'
import { lessonSlugs } from '../lessons.ts'
import { quizSlugs } from '../quizzes.ts'
import { cheatSheets } from './cheat-sheets.ts'
import { course } from './course.ts'
import { exerciseFiles } from './exercise-files.ts'
import { exerciseTexts } from './exercise-texts.ts'
import { gather, type Rule, type Scope } from './gather.ts'
import { interfaceTexts } from './interface-texts.ts'
import { lessonTexts } from './lesson-texts.ts'
import { namedFails } from './named-fails.ts'
import { quizzes } from './quizzes.ts'
import { unwritten } from './unwritten.ts'
import { variables } from './variables.ts'
import { workspaces } from './workspaces.ts'

const rules: readonly Rule[] = [
  course,
  lessonTexts,
  exerciseFiles,
  exerciseTexts,
  namedFails,
  variables,
  workspaces,
  quizzes,
  cheatSheets,
  interfaceTexts,
  unwritten,
]

const everything: Scope = {
  lessons: lessonSlugs,
  exercises: exerciseSlugs,
  quizzes: quizSlugs,
  cheatSheets: cheatSheetSlugs,
}

/**
 * Every mistake in content/, or in what `scope` names, by file and line; each said once. What scripts alone can prove is
 * curriculum/prove.ts's.
 */
export async function findMistakes(scope: Scope = everything): Promise<readonly ContentError[]> {
  const found = new Map<string, ContentError>()
  for (const rule of rules) for (const mistake of await gather(() => rule(scope))) found.set(mistake.message, mistake)
  return [...found.values()].sort(
    (a, b) => a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0) || a.message.localeCompare(b.message),
  )
}

/** Those of one exercise. */
export async function mistakesOfExercise(slug: string): Promise<readonly ContentError[]> {
  const folder = relativeToProject(exerciseFolder(slug) ?? '')
  const found = await findMistakes({
    lessons: () => [],
    exercises: () => [slug],
    quizzes: () => [],
    cheatSheets: () => [],
  })
  return found.filter(({ file }) => file.startsWith(`${folder}/`))
}
