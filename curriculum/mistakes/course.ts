/** tracks.yaml, every lesson.yaml, and the exercises and quizzes that lessons name. */
import { ContentError } from '../content-error.ts'
import { exerciseSlugs } from '../exercises.ts'
import { contentPath, readText, relativeToProject } from '../files.ts'
import { lessonDefinition } from '../lessons.ts'
import { quizSlugs } from '../quizzes.ts'
import { lineOf } from '../yaml-source.ts'
import { gatherEach, type Rule } from './gather.ts'

export const course: Rule = ({ lessons }) =>
  gatherEach(lessons(), (slug) => {
    const lesson = lessonDefinition(slug)
    const file = contentPath('lessons', slug, 'lesson.yaml')
    const at = (path: readonly (string | number)[], sentence: string) =>
      new ContentError(relativeToProject(file), lineOf(readText(file), path), sentence)
    const exercises = (lesson?.exercises ?? []).flatMap((name, i, all) => {
      if (!exerciseSlugs().includes(name)) return [at(['exercises', i], `there is no exercise "${name}"`)]
      return all.indexOf(name) < i ? [at(['exercises', i], `the exercise "${name}" is named already`)] : []
    })
    const quiz = lesson?.quiz
    if (quiz === undefined || quizSlugs().includes(quiz)) return exercises
    return [...exercises, at(['quiz'], `there is no quiz "${quiz}"`)]
  })
