/** Texts of exercises: they compile, lead to what exists, and say the same in both languages. */
import { exerciseDefinition, exerciseFolder, loadExerciseText } from '../exercises.ts'
import { relativeToProject } from '../files.ts'
import { gather, gatherEach, type Rule, whatever } from './gather.ts'
import { deadLinks } from './lesson-texts.ts'
import { differences } from './parity.ts'

const LOCALES = ['ko', 'en'] as const
/** Of the values that an attempt may have: what stands in them matters to no rule. */
const SEED = 'mistakes'

export const exerciseTexts: Rule = ({ exercises }) =>
  gatherEach(exercises(), async (slug) => {
    if ((await whatever(() => exerciseDefinition(slug))) === undefined) return []
    const folder = relativeToProject(exerciseFolder(slug) ?? '')
    return gatherEach(['task', 'explain'] as const, async (kind) => {
      const texts = await gatherEach(LOCALES, async (locale) => {
        const name = `${kind}.${locale}.mdx` as const
        const { uses } = await loadExerciseText(slug, name, SEED)
        return deadLinks(uses, `${folder}/${name}`)
      })
      const [ko, en] = await Promise.all(
        LOCALES.map((locale) => whatever(() => loadExerciseText(slug, `${kind}.${locale}.mdx`, SEED))),
      )
      const file = `${folder}/${kind}.en.mdx`
      return [...texts, ...(await gather(() => (ko && en ? differences(ko, en, file, `${kind}.ko.mdx`) : [])))]
    })
  })
