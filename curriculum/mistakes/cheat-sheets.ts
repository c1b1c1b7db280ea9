/** Cheat sheets: they compile, lead to what exists, and say the same in both languages. */

import { loadCheatSheet } from '../cheat-sheets.ts'
import { ContentError } from '../content-error.ts'
import { contentPath, filesIn, relativeToProject } from '../files.ts'
import { gather, gatherEach, type Rule, whatever } from './gather.ts'
import { deadLinks } from './lesson-texts.ts'
import { differences } from './parity.ts'

const LOCALES = ['ko', 'en'] as const
const FILES = LOCALES.map((locale) => `sheet.${locale}.mdx`)

export const cheatSheets: Rule = ({ cheatSheets }) =>
  gatherEach(cheatSheets(), async (slug) => {
    const fileOf = (name: string) => relativeToProject(contentPath('cheat-sheets', slug, name))
    const strays = [...filesIn(contentPath('cheat-sheets', slug)).keys()].filter((name) => !FILES.includes(name))
    const texts = await gatherEach(LOCALES, async (locale) => {
      const sheet = await loadCheatSheet(slug, locale)
      return deadLinks(sheet?.uses ?? [], fileOf(`sheet.${locale}.mdx`))
    })
    const [ko, en] = await Promise.all(LOCALES.map((locale) => whatever(() => loadCheatSheet(slug, locale))))
    return [
      ...strays.map((name) => new ContentError(fileOf(name), 1, `a cheat sheet has ${FILES.join(' and ')}`)),
      ...texts,
      ...(await gather(() => (ko && en ? differences(ko, en, fileOf('sheet.en.mdx'), 'sheet.ko.mdx') : []))),
    ]
  })
