/** Unified diffs without file names, as the API server puts them into messages. */

interface Edit {
  readonly kind: ' ' | '-' | '+'
  readonly text: string
}

const CONTEXT = 3

/** `@@ -100,6 +100,13 @@` and the lines around each change. Equal texts give an empty string. */
export function unifiedDiff(before: readonly string[], after: readonly string[]): string {
  const edits = editScript(before, after)
  const hunks = hunksOf(edits)
  return hunks.map(({ from, to }) => hunkText(edits, from, to)).join('')
}

/** What both begin and end with stays; in between the longest common subsequence does. */
function editScript(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const limit = Math.min(before.length, after.length)
  let head = 0
  while (head < limit && before[head] === after[head]) head++
  let tail = 0
  while (tail < limit - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  const same = (lines: readonly string[]): Edit[] => lines.map((text) => ({ kind: ' ', text }))
  return [
    ...same(before.slice(0, head)),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...same(before.slice(before.length - tail)),
  ]
}

function middle(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const width = after.length + 1
  const lengths = new Uint32Array((before.length + 1) * width)
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      lengths[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const edits: Edit[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    const [left, right] = [before[i], after[j]]
    if (left !== undefined && left === right) {
      edits.push({ kind: ' ', text: left })
      i++
      j++
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      edits.push({ kind: '-', text: left })
      i++
    } else if (right !== undefined) {
      edits.push({ kind: '+', text: right })
      j++
    }
  }
  return edits
}

function hunksOf(edits: readonly Edit[]): readonly { readonly from: number; readonly to: number }[] {
  const hunks: { from: number; to: number }[] = []
  for (const [index, { kind }] of edits.entries()) {
    if (kind === ' ') continue
    const from = Math.max(0, index - CONTEXT)
    const to = Math.min(edits.length, index + CONTEXT + 1)
    const last = hunks[hunks.length - 1]
    if (last && from <= last.to) last.to = to
    else hunks.push({ from, to })
  }
  return hunks
}

function hunkText(edits: readonly Edit[], from: number, to: number): string {
  const count = (start: number, end: number, other: '-' | '+'): number =>
    edits.slice(start, end).filter(({ kind }) => kind !== other).length
  const range = (other: '-' | '+'): string => {
    const length = count(from, to, other)
    const first = count(0, from, other) + (length === 0 ? 0 : 1)
    return length === 1 ? String(first) : `${first},${length}`
  }
  const body = edits.slice(from, to).map(({ kind, text }) => `${kind}${text}\n`)
  return `@@ -${range('+')} +${range('-')} @@\n${body.join('')}`
}
