/** Texts of lessons: they compile, lead to what exists, and say the same in both languages. */
import { ContentError } from '../content-error.ts'
import { exerciseSlugs } from '../exercises.ts'
import { contentPath, filesIn, relativeToProject } from '../files.ts'
import { loadLesson } from '../lessons.ts'
import type { MdxUse } from '../mdx-components.ts'
import { quizSlugs } from '../quizzes.ts'
import type { Locale } from '../types.ts'
import { gather, gatherEach, type Rule, whatever } from './gather.ts'
import { differences } from './parity.ts'

const LOCALES: readonly Locale[] = ['ko', 'en']
const FILES = ['lesson.yaml', ...LOCALES.map((locale) => `lesson.${locale}.mdx`)]

export const lessonTexts: Rule = ({ lessons }) =>
  gatherEach(lessons(), async (slug) => {
    const fileOf = (name: string) => relativeToProject(contentPath('lessons', slug, name))
    const strays = [...filesIn(contentPath('lessons', slug)).keys()].filter((name) => !FILES.includes(name))
    const texts = await gatherEach(LOCALES, async (locale) => {
      const lesson = await loadLesson(slug, locale)
      return deadLinks(lesson?.uses ?? [], fileOf(`lesson.${locale}.mdx`))
    })
    const [ko, en] = await Promise.all(LOCALES.map((locale) => whatever(() => loadLesson(slug, locale))))
    return [
      ...strays.map((name) => new ContentError(fileOf(name), 1, `a lesson has ${FILES.join(', ')}, files/ and setup/`)),
      ...texts,
      ...(await gather(() => (ko && en ? differences(ko, en, fileOf('lesson.en.mdx'), 'lesson.ko.mdx') : []))),
    ]
  })

/** `<ExerciseLink>` and `<QuizLink>` to what there is not. */
export function deadLinks(uses: readonly MdxUse[], file: string): readonly ContentError[] {
  const known = new Map([
    ['ExerciseLink', { what: 'exercise', slugs: exerciseSlugs() }],
    ['QuizLink', { what: 'quiz', slugs: quizSlugs() }],
  ])
  return uses.flatMap(({ name, line, attributes }) => {
    const target = known.get(name)
    const slug = attributes.find(([key]) => key === 'slug')?.[1]
    if (target === undefined || typeof slug !== 'string' || target.slugs.includes(slug)) return []
    return [new ContentError(file, line, `there is no ${target.what} "${slug}"`)]
  })
}
