/** Says of a value whether the text mentions it, as a word of its own. */
export type Said = (value: string) => boolean

/**
 * What a task's text tells. `*` and `/` go without saying; port 80 is told by a URL that names no port; case does not
 * matter, so `headless` is told by "Headless Service".
 */
export function saidIn(text: string): Said {
  const plain = text.toLowerCase()
  return (value) => {
    if (value === '*' || value === '/' || value === '') return true
    if (value === '80' && /\bhttp:\/\/[a-z0-9.-]+(?![a-z0-9.:-])/.test(plain)) return true
    const escaped = value.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return new RegExp(`(?<![a-z0-9-])${escaped}(?![a-z0-9-]|\\.[a-z0-9])`).test(plain)
  }
}
