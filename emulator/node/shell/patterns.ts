/** Matches a shell pattern (`*`, `?`, `[a-z]`) without regular expressions, so that no pattern can be slow. */
export function matchesPattern(pattern: string, text: string): boolean {
  let p = 0
  let t = 0
  let starAt = -1
  let starText = 0
  while (t < text.length) {
    const step = p < pattern.length && pattern[p] !== '*' ? matchOne(pattern, p, text[t] ?? '') : undefined
    if (step !== undefined) {
      p = step
      t += 1
    } else if (pattern[p] === '*') {
      starAt = p
      starText = t
      p += 1
    } else if (starAt !== -1) {
      starText += 1
      t = starText
      p = starAt + 1
    } else return false
  }
  while (pattern[p] === '*') p += 1
  return p === pattern.length
}

/** Position in the pattern after one character that matches; undefined if it does not. */
function matchOne(pattern: string, at: number, character: string): number | undefined {
  const head = pattern[at]
  if (head === '?') return at + 1
  if (head === '\\' && at + 1 < pattern.length) return pattern[at + 1] === character ? at + 2 : undefined
  const end = head === '[' ? pattern.indexOf(']', at + 2) : -1
  if (end === -1) return head === character ? at + 1 : undefined
  const body = pattern.slice(at + 1, end)
  const negated = body.startsWith('!') || body.startsWith('^')
  const set = negated ? body.slice(1) : body
  let found = false
  for (let i = 0; i < set.length; i += 1) {
    const from = set[i] ?? ''
    const to = set[i + 1] === '-' && i + 2 < set.length ? (set[i + 2] ?? '') : from
    if (character >= from && character <= to) found = true
    if (to !== from) i += 2
  }
  return found === negated ? undefined : end + 1
}

export function hasPattern(text: string): boolean {
  return /[*?[]/.test(text)
}
