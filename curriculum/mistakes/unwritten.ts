/** Places that `npm run exercise -- new` left for their author. */
import { ContentError } from '../content-error.ts'
import { contentPath, filesIn, foldersIn, relativeToProject } from '../files.ts'
import type { Rule } from './gather.ts'

/** Stands before what is still to be written. */
export const UNWRITTEN = '✎'

export const unwritten: Rule = async () =>
  filesBelow(contentPath()).flatMap(([file, text]) =>
    text.split('\n').flatMap((line, i) => {
      const found = line.indexOf(UNWRITTEN)
      if (found < 0) return []
      const what = line
        .slice(found + UNWRITTEN.length)
        .trim()
        .replace(/['"}\s]+$/, '')
      return [new ContentError(relativeToProject(file), i + 1, `still to be written: ${what}`)]
    }),
  )

const filesBelow = (folder: string): readonly (readonly [string, string])[] => [
  ...[...filesIn(folder)].map(([name, text]) => [`${folder}/${name}`, text] as const),
  ...foldersIn(folder).flatMap((name) => filesBelow(`${folder}/${name}`)),
]
