/** The cheat sheets of content/cheat-sheets/, each one printed page, in the order of content/cheat-sheets.yaml. */
import { ContentError } from './content-error.ts'
import { contentPath, filesIn, foldersIn, readText, relativeToProject } from './files.ts'
import { lessonSlugs } from './lessons.ts'
import { compileMdx } from './mdx.ts'
import type { Outline } from './mdx-outline.ts'
import { remember } from './remember.ts'
import { type CheatSheetDefinition, cheatSheetFrontmatter, cheatSheetsSchema } from './schemas.ts'
import type { CheatSheetMeta, Locale, WorkspaceSpec } from './types.ts'
import { lineOf, parseYaml } from './yaml-source.ts'

const FILE = 'content/cheat-sheets.yaml'

const definitions = (): readonly CheatSheetDefinition[] =>
  remember('cheat-sheets.yaml', () =>
    cheatSheetsOf(readText(contentPath('cheat-sheets.yaml')), foldersIn(contentPath('cheat-sheets')), lessonSlugs()),
  )

/** The sheets of a text, given the names of the sheets' folders and of the lessons. Throws ContentError where they disagree. */
export function cheatSheetsOf(
  source: string,
  folders: readonly string[],
  lessons: readonly string[],
): readonly CheatSheetDefinition[] {
  const sheets = parseYaml(source, FILE, cheatSheetsSchema)
  for (const [i, sheet] of sheets.entries()) {
    if (!folders.includes(sheet.slug))
      throw new ContentError(FILE, lineOf(source, [i]), `there is no folder content/cheat-sheets/${sheet.slug}`)
    if (sheets.findIndex(({ slug }) => slug === sheet.slug) < i)
      throw new ContentError(FILE, lineOf(source, [i]), `the sheet ${sheet.slug} is already in the list`)
    for (const [j, lesson] of sheet.lessons.entries())
      if (!lessons.includes(lesson))
        throw new ContentError(FILE, lineOf(source, [i, 'lessons', j]), `there is no lesson ${lesson}`)
  }
  const forgotten = folders.find((folder) => !sheets.some(({ slug }) => slug === folder))
  if (forgotten !== undefined) throw new ContentError(FILE, 1, `the list lacks the sheet ${forgotten}`)
  return sheets
}

/** Slugs of all sheets, in order. Throws ContentError. */
export const cheatSheetSlugs = (): readonly string[] => definitions().map(({ slug }) => slug)

export interface LoadedCheatSheet extends Outline {
  readonly meta: CheatSheetMeta
  /** For `getMDXComponent`. */
  readonly code: string
}

/** One sheet in one language, compiled; undefined if there is no such sheet. Throws ContentError. */
export async function loadCheatSheet(slug: string, locale: Locale): Promise<LoadedCheatSheet | undefined> {
  const definition = definitions().find((sheet) => sheet.slug === slug)
  if (definition === undefined) return undefined
  return remember(`cheat-sheet/${slug}/${locale}`, async () => {
    const { source, file } = sheetText(slug, locale)
    const { frontmatter, ...compiled } = await compileMdx(source, file, cheatSheetFrontmatter)
    return { meta: { ...definition, ...frontmatter }, ...compiled }
  })
}

/** What stands at the head of every sheet, in order. Throws ContentError. */
export const listCheatSheets = (locale: Locale): readonly CheatSheetMeta[] =>
  remember(`cheat-sheets/${locale}`, () =>
    definitions().map((definition) => {
      const { source, file } = sheetText(definition.slug, locale)
      const [, head = ''] = source.split(/^---$/m)
      return { ...definition, ...parseYaml(head, file, cheatSheetFrontmatter) }
    }),
  )

function sheetText(slug: string, locale: Locale): { readonly source: string; readonly file: string } {
  const folder = contentPath('cheat-sheets', slug)
  const name = `sheet.${locale}.mdx`
  const file = relativeToProject(`${folder}/${name}`)
  const source = filesIn(folder).get(name)
  if (source === undefined) throw new ContentError(file, 1, 'this cheat sheet has no text in this language')
  return { source, file }
}

/**
 * The cluster in which a sheet's commands run when tests prove them: root on the control plane, with what `setup/`
 * holds, and the sheet's own titled blocks as files.
 */
export function cheatSheetWorkspace({ meta, blocks }: LoadedCheatSheet): WorkspaceSpec {
  const files = blocks.flatMap((block) => {
    const title = /title=(\S+)/.exec(block.meta)?.[1]
    return title === undefined ? [] : [[title, block.text] as const]
  })
  return {
    blueprint: 'default',
    machine: 'controlplane',
    user: 'root',
    install: meta.install,
    files: Object.fromEntries(files),
    manifests: [...filesIn(contentPath('cheat-sheets', meta.slug, 'setup')).values()],
  }
}
