/** What lies in an exercise's folder: nothing missing, nothing beside, enough right and wrong ways. */
import { ContentError } from '../content-error.ts'
import { exerciseDefinition, exerciseFolder } from '../exercises.ts'
import { filesIn, foldersIn, relativeToProject } from '../files.ts'
import { gatherEach, type Rule } from './gather.ts'

const FILES = ['exercise.yaml', 'task.ko.mdx', 'task.en.mdx', 'explain.ko.mdx', 'explain.en.mdx', 'solution.sh']
const FOLDERS = ['setup', 'files', 'alternatives', 'mistakes']
/** Fewer right ways would let a grader know one only; fewer wrong ones would let it pass anything. */
const AT_LEAST = [
  ['alternatives', 3],
  ['mistakes', 3],
] as const

export const exerciseFiles: Rule = ({ exercises }) =>
  gatherEach(exercises(), (slug) => {
    exerciseDefinition(slug)
    const folder = exerciseFolder(slug) ?? ''
    const name = relativeToProject(folder)
    const [files, folders] = [[...filesIn(folder).keys()], foldersIn(folder)]
    const mistake = (file: string, sentence: string) => new ContentError(`${name}/${file}`, 1, sentence)
    return [
      ...FILES.filter((file) => !files.includes(file)).map((file) => mistake(file, 'this file is missing')),
      ...files
        .filter((file) => !FILES.includes(file))
        .map((file) => mistake(file, `an exercise has ${FILES.join(', ')} and folders`)),
      ...folders
        .filter((one) => !FOLDERS.includes(one))
        .map((one) => mistake(one, `the folders of an exercise are ${FOLDERS.join(', ')}`)),
      ...AT_LEAST.flatMap(([kind, least]) => scriptMistakes(`${folder}/${kind}`, kind, least)),
    ]
  })

function scriptMistakes(folder: string, kind: string, least: number): readonly ContentError[] {
  const scripts = [...filesIn(folder)]
  const at = (name: string, sentence: string) => new ContentError(`${relativeToProject(folder)}${name}`, 1, sentence)
  return [
    ...(scripts.length < least ? [at('', `${least} ${kind} or more are needed, there are ${scripts.length}`)] : []),
    ...scripts.filter(([name]) => !name.endsWith('.sh')).map(([name]) => at(`/${name}`, 'a script ends in .sh')),
    ...scripts
      .filter(([, text]) => !text.split('\n').some((line) => line.trim() !== '' && !line.startsWith('#')))
      .map(([name]) => at(`/${name}`, 'this script does nothing')),
  ]
}
