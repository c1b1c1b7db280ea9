/** A test as it is written in its file. */
export interface TestTitle {
  readonly title: string
  /** The title with the `describe` around it: what the runner prints. */
  readonly full: string
}

const CALL = /^( *)(describe|it|test)(?:\.\w+)*\(\s*(?:(['"`])((?:\\.|(?!\3).)*)\3)?/gm
/** The title of a test with a table comes after the table: `it.each([…])('title'`. */
const TABLE = /^( *)(?:(?:it|test)\.each\b[^\n]*?|\][^\n]*?)\)\(\s*(['"`])((?:\\.|(?!\2).)*)\2/gm

/** Titles of the tests in a file's text, in its order; tests are found by their form, not by running them. */
export function testTitles(text: string): readonly TestTitle[] {
  const groups: { readonly at: number; readonly depth: number; readonly title: string }[] = []
  const tests: { readonly at: number; readonly depth: number; readonly title: string }[] = []
  for (const match of text.matchAll(CALL)) {
    const [, indent = '', word, , title] = match
    if (title === undefined) continue
    const found = { at: match.index, depth: indent.length, title: unescaped(title) }
    if (word === 'describe') groups.push(found)
    else tests.push(found)
  }
  for (const match of text.matchAll(TABLE))
    tests.push({ at: match.index, depth: match[1]?.length ?? 0, title: unescaped(match[3] ?? '') })
  return tests
    .sort((a, b) => a.at - b.at)
    .map(({ at, depth, title }) => {
      const around = depth === 0 ? undefined : groups.findLast((group) => group.at < at && group.depth < depth)
      return { title, full: around === undefined ? title : `${around.title} › ${title}` }
    })
}

function unescaped(literal: string): string {
  return literal.replace(/\\(.)/g, '$1')
}
