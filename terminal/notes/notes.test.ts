/** Five notes of people who learn, replayed command by command. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { isAsPrinted, type Note, type Played, replayNote } from './replay-note.ts'

const FOLDER = import.meta.dirname
const names = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'))

describe.each(names)('note %s', async (file) => {
  const note = load(readFileSync(join(FOLDER, file), 'utf8')) as Note
  const played = await replayNote(file, note)

  it.each(played.map((one, i) => [i + 1, one.line.split('\n')[0], one] as const))('%i: %s', (_, __, one) => {
    expect(problem(one)).toBeUndefined()
  })

  it('corrects what is wrong, and only that', () => {
    for (const [i, { step }] of played.entries()) {
      if (step.instead !== undefined) expect(played[i - 1]?.step).toMatchObject({ wrong: expect.any(String) })
      if (step.shows !== undefined) expect(step).toMatchObject({ wrong: expect.any(String) })
    }
  })
})

/** What a step prints and ends with, beside what it should, if it differs. */
function problem({ step, expected, printed, code }: Played): object | undefined {
  const asPrinted = expected === undefined || isAsPrinted(expected, printed)
  const asShown = step.shows === undefined || !isAsPrinted(step.shows, printed)
  return asPrinted && asShown && code === (step.code ?? 0) ? undefined : { printed, code, expected }
}
