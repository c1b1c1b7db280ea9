/** Everything that can be wrong with content/, found at once: what the build refuses. One file a sort of mistake. */
import type { ContentError } from '../content-error.ts'
import { course } from './course.ts'
import { exerciseFiles } from './exercise-files.ts'
import { exerciseTexts } from './exercise-texts.ts'
import { gather, type Rule } from './gather.ts'
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
  interfaceTexts,
  unwritten,
]

/** Every mistake in content/, by file and line; each said once. What alone scripts can prove is `curriculum/prove.ts`'s. */
export async function findMistakes(): Promise<readonly ContentError[]> {
  const found = new Map<string, ContentError>()
  for (const rule of rules) for (const mistake of await gather(rule)) found.set(mistake.message, mistake)
  return [...found.values()].sort(
    (a, b) => a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0) || a.message.localeCompare(b.message),
  )
}
