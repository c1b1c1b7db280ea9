/** Variables of exercises: each that is used is declared, each that is declared is used. */
import { ContentError } from '../content-error.ts'
import { exerciseDefinition, exerciseFolder } from '../exercises.ts'
import { filesIn, foldersIn, readText, relativeToProject } from '../files.ts'
import { lineOf } from '../yaml-source.ts'
import { gatherEach, type Rule, whatever } from './gather.ts'

export const variables: Rule = ({ exercises }) =>
  gatherEach(exercises(), async (slug) => {
    const definition = await whatever(() => exerciseDefinition(slug))
    const folder = exerciseFolder(slug)
    if (definition === undefined || folder === undefined) return []
    const declared = Object.keys(definition.variables)
    const texts = textsBelow(folder)
    const used = new Set(texts.flatMap(([, text]) => usesIn(text).map(({ name }) => name)))
    const yaml = `${folder}/exercise.yaml`
    return [
      ...texts.flatMap(([file, text]) => unknownIn(file, text, declared)),
      ...declared
        .filter((name) => !used.has(name))
        .map((name) => {
          const line = lineOf(readText(yaml), ['variables', name])
          return new ContentError(relativeToProject(yaml), line, `nothing uses the variable "${name}"`)
        }),
    ]
  })

/** Path and text of each file of a folder and of the folders in it. */
const textsBelow = (folder: string): readonly (readonly [string, string])[] =>
  ['', ...foldersIn(folder).map((name) => `/${name}`)].flatMap((part) =>
    [...filesIn(`${folder}${part}`)].map(([name, text]) => [`${folder}${part}/${name}`, text] as const),
  )

/** `${name}` with its line. */
const usesIn = (text: string): readonly { readonly name: string; readonly line: number }[] =>
  [...text.matchAll(/\$\{(\w+)\}/g)].map((found) => ({
    name: found[1] ?? '',
    line: text.slice(0, found.index).split('\n').length,
  }))

/** Capitals are the shell's own (`${HOME}`), and so is what a script sets. */
function unknownIn(file: string, text: string, declared: readonly string[]): readonly ContentError[] {
  const known = declared.length > 0 ? `it has ${declared.join(', ')}` : 'it has none'
  return usesIn(text)
    .filter(({ name }) => !declared.includes(name) && !/^[A-Z_0-9]+$/.test(name) && !setsItself(file, text, name))
    .map(
      ({ name, line }) =>
        new ContentError(relativeToProject(file), line, `the exercise has no variable "${name}"; ${known}`),
    )
}

const setsItself = (file: string, text: string, name: string): boolean =>
  file.endsWith('.sh') && new RegExp(`\\b(${name}=|for ${name} |read (\\S+ )*${name}\\b)`).test(text)
