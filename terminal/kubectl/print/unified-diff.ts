/** `diff -u` of two texts: hunks with three lines of context; '' if they are equal. */
export function unifiedDiff(before: string, after: string): string {
  const edits = editScript(linesOf(before), linesOf(after))
  const changed = edits.flatMap((edit, i) => (edit.mark === ' ' ? [] : [i]))
  if (changed.length === 0) return ''
  const hunks: { start: number; end: number }[] = []
  for (const i of changed) {
    const last = hunks[hunks.length - 1]
    if (last && i - CONTEXT <= last.end + CONTEXT + 1) last.end = i
    else hunks.push({ start: i, end: i })
  }
  return hunks
    .map(({ start, end }) => hunkText(edits, Math.max(0, start - CONTEXT), Math.min(edits.length - 1, end + CONTEXT)))
    .join('')
}

const CONTEXT = 3
interface Edit {
  readonly mark: ' ' | '-' | '+'
  readonly text: string
}
const linesOf = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

/** Longest common subsequence, removals before additions. */
function editScript(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const width = after.length + 1
  const lengths = new Uint32Array((before.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      lengths[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const edits: Edit[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      edits.push({ mark: ' ', text: before[i] ?? '' })
      i++
      j++
    } else if (i < before.length && (j >= after.length || at(i + 1, j) >= at(i, j + 1)))
      edits.push({ mark: '-', text: before[i++] ?? '' })
    else edits.push({ mark: '+', text: after[j++] ?? '' })
  }
  return edits
}

function hunkText(edits: readonly Edit[], start: number, end: number): string {
  const count = (list: readonly Edit[], without: '-' | '+') => list.filter((edit) => edit.mark !== without).length
  const inside = edits.slice(start, end + 1)
  const range = (skipped: '-' | '+') => {
    const length = count(inside, skipped)
    const first = count(edits.slice(0, start), skipped) + (length === 0 ? 0 : 1)
    return length === 1 ? String(first) : `${first},${length}`
  }
  return `@@ -${range('+')} +${range('-')} @@\n${inside.map(({ mark, text }) => `${mark}${text}\n`).join('')}`
}
