/** The lessons of content/lessons/, in the order of the course's tracks. */

import { ContentError } from './content-error.ts'
import { contentPath, filesIn, relativeToProject } from './files.ts'
import { checkGoalBoxes } from './goal-boxes.ts'
import { compileMdx } from './mdx.ts'
import type { Outline } from './mdx-outline.ts'
import { remember } from './remember.ts'
import { lessonFrontmatter, lessonSchema } from './schemas.ts'
import { listTracks } from './tracks.ts'
import type { LessonMeta, Locale } from './types.ts'
import { parseYaml, readYaml } from './yaml-source.ts'

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
  const text = lessonText(slug, locale)
  if (text === undefined) return undefined
  return remember(`lesson/${slug}/${locale}`, async () => {
    const { frontmatter: _, ...compiled } = await compileMdx(text.source, text.file, lessonFrontmatter)
    const yaml = relativeToProject(contentPath('lessons', slug, 'lesson.yaml'))
    checkGoalBoxes(lessonDefinition(slug)?.goals ?? [], yaml, compiled.goals, text.file)
    return { meta: metaOf(slug, text), ...compiled }
  })
}

/** All lessons in course order, without their texts: only what stands at the head of each is read. Throws ContentError. */
export const listLessons = (locale: Locale): readonly LessonMeta[] =>
  remember(`lessons/${locale}`, () =>
    lessonSlugs().flatMap((slug) => {
      const text = lessonText(slug, locale)
      return text === undefined ? [] : [metaOf(slug, text)]
    }),
  )

interface LessonText {
  readonly source: string
  /** Relative to the project. */
  readonly file: string
}

function lessonText(slug: string, locale: Locale): LessonText | undefined {
  if (!lessonSlugs().includes(slug)) return undefined
  const folder = contentPath('lessons', slug)
  const name = `lesson.${locale}.mdx`
  const file = relativeToProject(`${folder}/${name}`)
  const source = filesIn(folder).get(name)
  if (source === undefined) throw new ContentError(file, 1, 'this lesson has no text in this language')
  return { source, file }
}

function metaOf(slug: string, { source, file }: LessonText): LessonMeta {
  const definition = lessonDefinition(slug)
  const track = listTracks().find(({ lessons }) => lessons.includes(slug))
  if (definition === undefined || track === undefined) throw new Error(`no lesson ${slug}`)
  const { minutes, domains, exercises, quiz } = definition
  const [, head = ''] = source.split(/^---$/m)
  return {
    slug,
    ...parseYaml(head, file, lessonFrontmatter),
    minutes,
    domains,
    note: track.note,
    exercises,
    ...(quiz !== undefined && { quiz }),
  }
}
