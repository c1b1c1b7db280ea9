/**
 * What a terminal printed lately, each character with its number since the terminal began. A page says up to which number
 * it has shown everything and gets the rest; what is no longer kept is replaced by a cleared screen and all that is.
 */
export interface OutputBuffer {
  /** Number of the last character printed. */
  readonly end: number
  append(text: string): void
  /** What comes after `seen`, no further than `limit`: undefined if there is nothing new. */
  after(seen: number, limit?: number): { readonly seq: number; readonly data: string } | undefined
  /** Everything kept. */
  text(): string
}

/** RIS: clears screen, scrollback and modes of the terminal in the page. */
const CLEAR = '\x1bc'

/** Keeps at least the last `limit` characters, beginning at the start of a line. */
export function createOutputBuffer(limit: number, start = 0, initial = ''): OutputBuffer {
  let chunks: string[] = initial ? [initial] : []
  let kept = initial.length
  let end = start + initial.length
  const text = () => {
    if (chunks.length > 1) chunks = [chunks.join('')]
    return chunks[0] ?? ''
  }
  const trim = () => {
    const whole = text()
    const from = whole.length - limit
    const line = whole.indexOf('\n', from)
    const rest = whole.slice(line >= 0 && line < whole.length - 1 ? line + 1 : from)
    chunks = [rest]
    kept = rest.length
  }
  return {
    get end() {
      return end
    },
    append(addition) {
      if (!addition) return
      chunks.push(addition)
      kept += addition.length
      end += addition.length
      if (kept > limit * 2) trim()
    },
    after(seen, limit = end) {
      if (seen === limit || (seen > limit && seen <= end)) return undefined
      const whole = text()
      const oldest = end - whole.length
      const shown = whole.slice(0, Math.max(0, limit - oldest))
      const known = seen >= oldest && seen < end
      return {
        seq: limit,
        data: known ? shown.slice(seen - oldest) : seen === 0 && oldest === 0 ? shown : CLEAR + shown,
      }
    },
    text,
  }
}
