/** content/ui: every text of the interface is there in both languages. */
import { z } from 'zod'
import { ContentError } from '../content-error.ts'
import { contentPath, readText, relativeToProject } from '../files.ts'
import { lineOf, parseYaml } from '../yaml-source.ts'
import { gatherEach, type Rule } from './gather.ts'

type Tree = { readonly [key: string]: string | Tree }
const tree: z.ZodType<Tree> = z.record(
  z.string(),
  z.lazy(() => z.union([z.string().regex(/\S/, 'is empty'), tree])),
)

const PAIRS = [
  ['ko.json', 'en.json'],
  ['en.json', 'ko.json'],
  ['trace.ko.json', 'trace.en.json'],
  ['trace.en.json', 'trace.ko.json'],
] as const

export const interfaceTexts: Rule = () =>
  gatherEach(PAIRS, ([one, other]) => {
    const source = textOf(one)
    const [mine, theirs] = [parse(one), parse(other)].map(
      (texts) => new Map(leaves(texts).map((path) => [path.join('.'), path])),
    )
    return [...(theirs ?? [])]
      .filter(([key]) => mine?.has(key) !== true)
      .map(
        ([key, path]) =>
          new ContentError(nameOf(one), lineOf(source, path), `the text ${key} of ${other} is missing here`),
      )
  })

const nameOf = (name: string) => relativeToProject(contentPath('ui', name))
const textOf = (name: string) => readText(contentPath('ui', name))
const parse = (name: string): Tree => parseYaml(textOf(name), nameOf(name), tree)

const leaves = (texts: Tree): readonly (readonly string[])[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key]] : leaves(value).map((path) => [key, ...path]),
  )
