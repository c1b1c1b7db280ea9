import { ContentError } from '../content-error.ts'
import type { Outline } from '../mdx-outline.ts'

/** What code says besides its comments, which are in the reader's language. */
const withoutComments = (text: string): string => text.replace(/^#.*\n| +# .*$/gm, '')

/** Where two languages of one text first part: headings, components, code blocks. `file` is the second's, `other` the first's name. */
export function differences(one: Outline, two: Outline, file: string, other: string): readonly ContentError[] {
  const part = (
    what: string,
    ours: readonly string[],
    theirs: readonly string[],
    lines: readonly (number | undefined)[],
  ): readonly ContentError[] => {
    const length = Math.max(ours.length, theirs.length)
    const at = Array.from({ length }, (_, i) => i).find((i) => ours[i] !== theirs[i])
    if (at === undefined) return []
    const line = lines[at] ?? lines.at(-1) ?? 1
    return [
      new ContentError(file, line, `${other} has ${say(theirs[at])} as its ${what} ${at + 1}, not ${say(ours[at])}`),
    ]
  }
  const depths = ({ headings }: Outline) => headings.map(({ depth }) => '#'.repeat(depth))
  const blocks = (outline: Outline) =>
    outline.blocks.map(({ language, meta, text }) => `${language} ${meta}\n${withoutComments(text)}`)
  return [
    ...part('heading', depths(two), depths(one), two.lines.headings),
    ...part(
      'component',
      two.components,
      one.components,
      two.uses.map(({ line }) => line),
    ),
    ...part('code block', blocks(two), blocks(one), two.lines.blocks),
  ]
}

const say = (text: string | undefined): string => (text === undefined ? 'none' : JSON.stringify(text.slice(0, 80)))
