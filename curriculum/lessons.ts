/** The lessons of content/lessons/, in the order of the course's tracks. */

import { ContentError } from './content-error.ts'
import { contentPath, filesIn, relativeToProject } from './files.ts'
import { compileMdx, type Outline } from './mdx.ts'
import { remember } from './remember.ts'
import { lessonFrontmatter, lessonSchema } from './schemas.ts'
import { listTracks } from './tracks.ts'
import type { LessonMeta, Locale } from './types.ts'
import { readYaml } from './yaml-source.ts'

/** Slugs of all lessons, in course order. */
export const lessonSlugs = (): readonly string[] => listTracks().flatMap(({ lessons }) => lessons)

/** lesson.yaml of a lesson, or undefined if there is no such lesson. Throws ContentError. */
export function lessonDefinition(slug: string) {
  if (!lessonSlugs().includes(slug)) return undefined
  return remember(`lesson.yaml/${slug}`, () => readYaml(contentPath('lessons', slug, 'lesson.yaml'), lessonSchema))
}

export interface LoadedLesson extends Outline {
  readonly meta: LessonMeta
  /** For `getMDXComponent`. */
  readonly code: string
}

/** One lesson in one language, compiled; undefined if there is no such lesson. Throws ContentError. */
export async function loadLesson(slug: string, locale: Locale): Promise<LoadedLesson | undefined> {
  const definition = lessonDefinition(slug)
  if (definition === undefined) return undefined
  return remember(`lesson/${slug}/${locale}`, async () => {
    const folder = contentPath('lessons', slug)
    const name = `lesson.${locale}.mdx`
    const file = relativeToProject(`${folder}/${name}`)
    const source = filesIn(folder).get(name)
    if (source === undefined) throw new ContentError(file, undefined, 'this lesson has no text in this language')
    const { code, frontmatter, headings, blocks, components } = await compileMdx(source, file, lessonFrontmatter)
    const { minutes, domains, exercises, quiz } = definition
    const meta: LessonMeta = {
      slug,
      ...frontmatter,
      minutes,
      domains,
      note: listTracks().find((track) => track.lessons.includes(slug))?.note ?? '',
      exercises,
      ...(quiz !== undefined && { quiz }),
    }
    return { meta, code, headings, blocks, components }
  })
}

/** All lessons in course order, without their texts. */
export async function listLessons(locale: Locale): Promise<readonly LessonMeta[]> {
  const lessons = await Promise.all(lessonSlugs().map((slug) => loadLesson(slug, locale)))
  return lessons.flatMap((lesson) => (lesson === undefined ? [] : [lesson.meta]))
}
