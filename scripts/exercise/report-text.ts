import { stripVTControlCharacters } from 'node:util'
import type { GradeReport } from '../../curriculum/types.ts'

/** A verdict as a terminal shows it: each criterion with its points, and why it failed. */
export function reportText({ points, outOf, criteria }: GradeReport): string {
  const lines = criteria.flatMap(({ title, earned, points, passed, yours, expected, why }) => {
    const head = `${passed ? '✔' : '✕'} ${`${earned}/${points}`.padStart(5)}  ${title.en}`
    if (passed) return [head]
    const value = (name: string, text: string | undefined) =>
      text === undefined
        ? []
        : [`           ${name} ${text.replaceAll('\n', `\n           ${' '.repeat(name.length)} `)}`]
    return [head, ...value('yours   ', yours?.en), ...value('expected', expected?.en), ...value('why     ', why?.en)]
  })
  return stripVTControlCharacters([...lines, `  ${points}/${outOf} points`, ''].join('\n'))
}
