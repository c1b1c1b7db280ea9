/** Levenshtein distance, case folded, as cobra's `ld`. */
export function distance(a: string, b: string): number {
  const left = a.toLowerCase()
  const right = b.toLowerCase()
  let previous = Array.from({ length: right.length + 1 }, (_, i) => i)
  for (let i = 1; i <= left.length; i++) {
    const current = [i]
    for (let j = 1; j <= right.length; j++) {
      const cost = left[i - 1] === right[j - 1] ? 0 : 1
      current[j] = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost)
    }
    previous = current
  }
  return previous[right.length] ?? 0
}

/** Names that cobra would suggest for `typed`, in the order given (upstream: cobra's SuggestionsFor, minimum distance 2). */
export function suggestions(typed: string, names: readonly string[]): readonly string[] {
  const lower = typed.toLowerCase()
  return names.filter((name) => distance(typed, name) <= 2 || name.toLowerCase().startsWith(lower))
}
