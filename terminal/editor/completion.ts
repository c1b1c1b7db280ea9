import { textWidth } from './width.ts'

/** What the word before the cursor can become. */
export interface Completions {
  /** Where the word begins in the line. */
  readonly start: number
  /** Whole words, sorted. */
  readonly candidates: readonly Candidate[]
}

export interface Candidate {
  /** What stands in the line afterwards, quoted as the shell needs it. */
  readonly text: string
  /** What the list shows: a path's last component. */
  readonly label: string
  /** Written behind a lone candidate: a blank, or `/` for a directory and nothing for a prefix. */
  readonly suffix: string
}

/** More candidates than this are listed only when asked. */
export const ASK_ABOVE = 100

export function commonPrefix(texts: readonly string[]): string {
  let prefix = texts[0] ?? ''
  for (const text of texts) {
    while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1)
  }
  return prefix
}

/** Labels in columns, filled downwards as readline does. */
export function inColumns(labels: readonly string[], columns: number): string {
  const width = Math.max(...labels.map(textWidth)) + 2
  const across = Math.max(1, Math.floor(columns / width))
  const down = Math.ceil(labels.length / across)
  const rows = Array.from({ length: down }, (_, row) =>
    Array.from({ length: across }, (_, column) => labels[column * down + row])
      .filter((label) => label !== undefined)
      .map((label, index, all) => (index === all.length - 1 ? label : label + ' '.repeat(width - textWidth(label))))
      .join(''),
  )
  return rows.join('\n')
}
