/** Everything that can be found: each passage of a lesson, an exercise's task or a cheat sheet, and each quiz by its title. */
import { setImmediate as breath } from 'node:timers/promises'
import { cheatSheetSlugs } from '../cheat-sheets.ts'
import { exerciseFolder, listExercises } from '../exercises.ts'
import { contentPath, filesIn } from '../files.ts'
import { listLessons } from '../lessons.ts'
import { quizDefinition, quizSlugs } from '../quizzes.ts'
import { cheatSheetFrontmatter } from '../schemas.ts'
import type { Locale, Localised } from '../types.ts'
import { parseYaml } from '../yaml-source.ts'
import { type Passage, passagesOf } from './passages.ts'

export interface SearchDocument {
  readonly id: number
  readonly kind: 'lesson' | 'exercise' | 'quiz' | 'cheat-sheet'
  /** The page, without its language. */
  readonly href: string
  readonly title: Localised
  /** Empty for what stands before the first heading. */
  readonly heading: Localised
  readonly anchor: Localised
  readonly text: Localised
}

type Page = Pick<SearchDocument, 'kind' | 'href' | 'title'>
const LOCALES: readonly Locale[] = ['ko', 'en']

/** All documents. Reading them takes a moment, so others get their turn between two pages. Throws ContentError. */
export async function searchDocuments(): Promise<readonly SearchDocument[]> {
  const pages = [...lessonPages(), ...(await exercisePages()), ...cheatSheetPages(), ...quizPages()]
  const documents: Omit<SearchDocument, 'id'>[] = []
  for (const { source, head, ...page } of pages) {
    documents.push(...documentsOf(page, source, head))
    await breath()
  }
  return documents.map((document, id) => ({ id, ...document }))
}

interface SourcePage extends Page {
  /** MDX, by language. */
  readonly source: Localised
  /** What stands over the text: a summary. */
  readonly head: Localised
}

const nothing: Localised = { ko: '', en: '' }
const both = (of: (locale: Locale) => string): Localised => ({ ko: of('ko'), en: of('en') })

/** Both languages have the same headings, so that the passages of one belong to those of the other. */
function documentsOf(page: Page, source: Localised, head: Localised): readonly Omit<SearchDocument, 'id'>[] {
  const passages: Record<Locale, readonly Passage[]> = { ko: passagesOf(source.ko), en: passagesOf(source.en) }
  const count = Math.max(...LOCALES.map((locale) => passages[locale].length))
  return Array.from({ length: count }, (_, i) => {
    const part = (name: keyof Passage) => both((locale) => passages[locale][i]?.[name] ?? '')
    const text = part('text')
    const whole = i === 0 ? both((locale) => [head[locale], text[locale]].filter(Boolean).join(' ')) : text
    return { ...page, heading: part('heading'), anchor: part('anchor'), text: whole }
  })
}

const textsIn = (folder: string, name: string): Localised => {
  const files = filesIn(folder)
  return both((locale) => files.get(`${name}.${locale}.mdx`) ?? '')
}

function lessonPages(): readonly SourcePage[] {
  const english = new Map(listLessons('en').map((lesson) => [lesson.slug, lesson]))
  return listLessons('ko').flatMap((ko) => {
    const en = english.get(ko.slug)
    if (en === undefined) return []
    const headOf = ({ summary, objectives }: typeof ko) => [summary, objectives.join(' · ')].join(' ')
    return {
      kind: 'lesson',
      href: `/lessons/${ko.slug}`,
      title: { ko: ko.title, en: en.title },
      source: textsIn(contentPath('lessons', ko.slug), 'lesson'),
      head: { ko: headOf(ko), en: headOf(en) },
    }
  })
}

/** What is drawn for each attempt anew stands as `…`. */
async function exercisePages(): Promise<readonly SourcePage[]> {
  return (await listExercises()).map(({ slug, title }) => {
    const task = textsIn(exerciseFolder(slug) ?? '', 'task')
    const source = both((locale) => task[locale].replace(/\$\{\w+\}/g, '…'))
    return { kind: 'exercise', href: `/exercises/${slug}`, title, source, head: nothing }
  })
}

function cheatSheetPages(): readonly SourcePage[] {
  return cheatSheetSlugs().map((slug) => {
    const source = textsIn(contentPath('cheat-sheets', slug), 'sheet')
    const fronts = both((locale) => source[locale].split(/^---$/m)[1] ?? '')
    const of = (locale: Locale) => parseYaml(fronts[locale], `sheet.${locale}.mdx`, cheatSheetFrontmatter)
    return {
      kind: 'cheat-sheet',
      href: `/cheat-sheets/${slug}`,
      title: both((locale) => of(locale).title),
      source,
      head: both((locale) => of(locale).summary),
    }
  })
}

function quizPages(): readonly SourcePage[] {
  return quizSlugs().flatMap((slug) => {
    const title = quizDefinition(slug)?.title
    return title ? { kind: 'quiz', href: `/quizzes/${slug}`, title, source: nothing, head: nothing } : []
  })
}
