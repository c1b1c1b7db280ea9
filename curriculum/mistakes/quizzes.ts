/** Quizzes: their lesson exists, and what a command prints is among the options. */
import { ContentError } from '../content-error.ts'
import { contentPath, filesIn, readText, relativeToProject } from '../files.ts'
import { lessonSlugs } from '../lessons.ts'
import { optionsSaying, printedBy, quizDefinition } from '../quizzes.ts'
import { lineOf } from '../yaml-source.ts'
import { gatherEach, type Rule } from './gather.ts'

export const quizzes: Rule = async ({ quizzes }) => [
  ...[...filesIn(contentPath('quizzes')).keys()]
    .filter((name) => !/^[a-z0-9-]+\.yaml$/.test(name))
    .map((name) => new ContentError(`content/quizzes/${name}`, 1, 'a quiz is a file <slug>.yaml')),
  ...(await gatherEach(quizzes(), (slug) => mistakesOf(slug))),
]

async function mistakesOf(slug: string): Promise<readonly ContentError[]> {
  const quiz = quizDefinition(slug)
  if (quiz === undefined) return []
  const file = contentPath('quizzes', `${slug}.yaml`)
  const at = (path: readonly (string | number)[], sentence: string) =>
    new ContentError(relativeToProject(file), lineOf(readText(file), path), sentence)
  const noLesson = (lesson: string, path: readonly (string | number)[]) =>
    lessonSlugs().includes(lesson) ? [] : [at(path, `there is no lesson "${lesson}"`)]
  const found = [...noLesson(quiz.lesson, ['lesson'])]
  for (const [i, question] of quiz.questions.entries()) {
    if (question.kind !== 'output') continue
    const unknown = noLesson(question.lesson, ['questions', i, 'lesson'])
    found.push(...unknown)
    if (unknown.length > 0) continue
    const printed = await printedBy(question)
    const right = optionsSaying(question, printed)
    if (right.length === 1) continue
    const sentence = right.length === 0 ? 'the answer is not among the options' : 'two options are the answer'
    found.push(at(['questions', i, 'options'], `${sentence}: the command prints ${JSON.stringify(printed.trim())}`))
  }
  return found
}
