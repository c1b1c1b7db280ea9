/** Every link leads somewhere: those in texts of both languages, their anchors, and those that the interface writes itself. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { cheatSheetSlugs, loadCheatSheet } from './cheat-sheets.ts'
import { exerciseSlugs } from './exercises.ts'
import { lessonSlugs, loadLesson } from './lessons.ts'
import { quizSlugs } from './quizzes.ts'
import type { Locale } from './types.ts'

const ROUTES = 'app/[locale]'
const slugs: Readonly<Record<string, () => readonly string[]>> = {
  lessons: lessonSlugs,
  exercises: exerciseSlugs,
  quizzes: quizSlugs,
  'cheat-sheets': cheatSheetSlugs,
}

/** `/lessons/[slug]` for every page that the site draws; the one for addresses that lead nowhere is none. */
function routes(folder = ROUTES): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  const own = entries.some(({ name }) => name === 'page.tsx') ? [folder.slice(ROUTES.length) || '/'] : []
  const deeper = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('[...'))
  return [...own, ...deeper.flatMap(({ name }) => routes(`${folder}/${name}`))]
}

const pages = new Set(
  routes().flatMap((route) => {
    const [, section = ''] = route.split('/')
    const all = slugs[section]
    return route.endsWith('/[slug]') && all !== undefined ? all().map((slug) => route.replace('[slug]', slug)) : [route]
  }),
)

/** Ids of the headings of a page that content writes; undefined for others. */
async function headingIds(page: string, locale: Locale): Promise<readonly string[] | undefined> {
  const [, section, slug = ''] = page.split('/')
  const text =
    section === 'lessons'
      ? await loadLesson(slug, locale)
      : section === 'cheat-sheets'
        ? await loadCheatSheet(slug, locale)
        : undefined
  return text?.headings.map(({ id }) => id)
}

const filesUnder = (folder: string, ending: RegExp): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))

interface Written {
  readonly file: string
  readonly line: number
  readonly href: string
}

const LINKING: Readonly<Record<string, string>> = { ExerciseLink: '/exercises/', QuizLink: '/quizzes/' }

/** Links of a text in Markdown, of the components that are links, and of quizzes' explanations. Code is no link. */
function linksOf(file: string): readonly Written[] {
  const source = readFileSync(file, 'utf8').replace(/^```[\s\S]*?^```|`[^`\n]*`/gm, (code) =>
    code.replace(/[^\n]/g, ' '),
  )
  return [...source.matchAll(/\]\((?<to>[^)\s]+)[^)]*\)|<(?<name>\w+Link)\s+slug="(?<slug>[^"]*)"/g)].map((match) => {
    const { to, name = '', slug } = match.groups ?? {}
    const line = source.slice(0, match.index).split('\n').length
    return { file, line, href: to ?? `${LINKING[name]}${slug}` }
  })
}

const textLinks = filesUnder('content', /\.(mdx|yaml)$/).flatMap(linksOf)
const localeOf = (file: string): Locale => (/\.ko\./.test(file) ? 'ko' : 'en')

describe('links in texts', () => {
  it('are there, so that what follows proves something', () => {
    expect(textLinks.filter(({ href }) => href.startsWith('/exercises/')).length).toBeGreaterThan(40)
    expect(pages).toContain('/lessons/nodeport')
  })

  it('lead to pages of the site without a language in front, or to https addresses', () => {
    const wrong = textLinks.filter(({ href }) => {
      const [page = '', anchor] = href.split('#')
      if (href.startsWith('https://')) return !URL.canParse(href)
      return page === '' ? anchor === undefined : !pages.has(page)
    })
    expect(wrong).toEqual([])
  })

  it('name headings that are there, in their own language', async () => {
    const wrong: Written[] = []
    for (const link of textLinks.filter(({ href }) => /^[/#].*#|^#/.test(href))) {
      const [page = '', anchor = ''] = link.href.split('#')
      const own = link.file.replace(/^content/, '').replace(/\/[^/]*$/, '')
      const ids = await headingIds(page || own, localeOf(link.file))
      if (!ids?.includes(decodeURIComponent(anchor))) wrong.push(link)
    }
    expect(wrong).toEqual([])
  })
})

describe('links of the interface', () => {
  const sources = [...filesUnder('app', /\.tsx?$/), ...filesUnder('components', /\.tsx?$/)].filter(
    (file) => !/\.test\./.test(file),
  )
  const texts = new Map(sources.map((file) => [file, readFileSync(file, 'utf8')]))
  const links = [...texts].flatMap(([file, text]) =>
    [...text.matchAll(/\bhref(?:=\{?|: )(?:"(\/[^"]*|#[^"]*)"|'(\/[^']*)'|`(\/[^`]*)`)/g)].map((match) => ({
      file,
      href: match[1] ?? match[2] ?? match[3] ?? '',
    })),
  )

  it('are there', () => {
    expect(links.map(({ href }) => href)).toContain('/lessons')
    expect(links.length).toBeGreaterThan(15)
  })

  it('lead to pages that there are', () => {
    const known = [...pages].map((page) => page.split('/'))
    /** A `${…}` may be any slug. */
    const leads = (href: string): boolean => {
      const parts = (href.split(/[?#]/)[0] ?? '').split('/')
      return known.some(
        (page) =>
          page.length === parts.length && page.every((part, i) => part === parts[i] || /\$\{/.test(parts[i] ?? '')),
      )
    }
    expect(links.filter(({ href }) => !href.startsWith('#') && !leads(href))).toEqual([])
  })

  it('name places that a component draws', () => {
    const anchors = links.flatMap(({ file, href }) => {
      const anchor = href.split('#')[1]
      return anchor === undefined || anchor.includes('${') ? [] : [{ file, anchor }]
    })
    const drawn = [...texts.values()].join('\n')
    expect(anchors.filter(({ anchor }) => !drawn.includes(`id="${anchor}"`))).toEqual([])
  })
})

describe('links between documents', () => {
  it('lead to files that there are', () => {
    const documents = ['README.md', 'emulator/README.md', ...filesUnder('docs', /\.md$/)]
    const broken = documents.flatMap((document) => {
      const text = readFileSync(document, 'utf8').replace(/```[\s\S]*?```|`[^`\n]*`/g, '')
      return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
        .map((match) => path.join(path.dirname(document), match[1] ?? ''))
        .filter((file) => !existsSync(file))
    })
    expect(broken).toEqual([])
  })
})
