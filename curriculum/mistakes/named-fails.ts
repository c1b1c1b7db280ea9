/** The first line of a mistake, `# fails: id id`, names criteria that there are. */
import { ContentError } from '../content-error.ts'
import { exerciseDefinition, exerciseFolder } from '../exercises.ts'
import { filesIn, relativeToProject } from '../files.ts'
import { failsOf } from '../prove.ts'
import { gatherEach, type Rule, whatever } from './gather.ts'

export const namedFails: Rule = ({ exercises }) =>
  gatherEach(exercises(), async (slug) => {
    const definition = await whatever(() => exerciseDefinition(slug))
    if (definition === undefined) return []
    const known = definition.checks.map(({ id }) => id)
    const folder = `${exerciseFolder(slug)}/mistakes`
    return [...filesIn(folder)].flatMap(([name, script]) => {
      const at = (sentence: string) => new ContentError(`${relativeToProject(folder)}/${name}`, 1, sentence)
      const ids = failsOf(script)
      if (ids === undefined) return [at('the first line names what fails: "# fails: id id"')]
      return ids.flatMap((id, i) => {
        if (!known.includes(id)) return [at(`exercise.yaml has no check "${id}"; it has ${known.join(', ')}`)]
        return ids.indexOf(id) < i ? [at(`"${id}" is named twice`)] : []
      })
    })
  })
