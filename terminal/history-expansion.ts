export type Expansion =
  | { readonly kind: 'same' }
  | { readonly kind: 'expanded'; readonly line: string }
  | { readonly kind: 'missing'; readonly event: string }

const EVENT = /!(?:(!)|(\$)|(-?\d+)|(\*)|([A-Za-z][\w-]*))/g

/** `!!`, `!$`, `!*`, `!n`, `!-n`, `!word` outside single quotes, as bash replaces them before it runs a line. */
export function expandHistory(line: string, history: readonly string[]): Expansion {
  if (!line.includes('!')) return { kind: 'same' }
  let missing: string | undefined
  let changed = false
  const parts = line.split(/('[^']*')/)
  const expanded = parts.map((part) => {
    if (part.startsWith("'")) return part
    return part.replace(EVENT, (whole: string, ...groups: readonly (string | number | undefined)[]) => {
      const at = groups.find((group): group is number => typeof group === 'number') ?? 0
      // `\!`, `$!` and `[!a]` are something else.
      if (/[\\$[=]$/.test(part.slice(0, at))) return whole
      const text = lookUp(whole.slice(1), history)
      if (text === undefined) missing ??= whole
      else changed = true
      return text ?? whole
    })
  })
  if (missing !== undefined) return { kind: 'missing', event: missing }
  return changed ? { kind: 'expanded', line: expanded.join('') } : { kind: 'same' }
}

function lookUp(event: string, history: readonly string[]): string | undefined {
  const last = history.at(-1)
  if (event === '!') return last
  if (event === '$') return last?.trim().split(/\s+/).at(-1)
  if (event === '*') return last?.trim().split(/\s+/).slice(1).join(' ')
  if (/^-?\d+$/.test(event)) return Number(event) < 0 ? history.at(Number(event)) : history[Number(event) - 1]
  return history.findLast((line) => line.startsWith(event))
}
