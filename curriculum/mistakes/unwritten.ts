/** Places that `npm run exercise -- new` left for their author. */
import { ContentError } from '../content-error.ts'
import { contentPath, filesIn, foldersIn, relativeToProject } from '../files.ts'
import type { Rule } from './gather.ts'

/** Stands before what is still to be written. */
const MARK = /✎ *([^"✎\n]*)/g
const SENTENCE = 'still to be written: '

export const unwritten: Rule = async () =>
  filesBelow(contentPath()).flatMap(([file, text]) =>
    text
      .split('\n')
      .flatMap((line, i) =>
        [...line.matchAll(MARK)].map(
          ([, what]) => new ContentError(relativeToProject(file), i + 1, `${SENTENCE}${what?.trim()}`),
        ),
      ),
  )

export const isUnwritten = ({ message }: ContentError): boolean => message.includes(SENTENCE)

const filesBelow = (folder: string): readonly (readonly [string, string])[] => [
  ...[...filesIn(folder)].map(([name, text]) => [`${folder}/${name}`, text] as const),
  ...foldersIn(folder).flatMap((name) => filesBelow(`${folder}/${name}`)),
]
