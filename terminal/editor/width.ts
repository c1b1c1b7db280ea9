import stringWidth from 'string-width'

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
const PLAIN = /^[\x20-\x7e]*$/

/** What a reader sees as one character: a letter with its accents, a Hangul syllable, an emoji with its modifiers. */
export function graphemes(text: string): string[] {
  if (PLAIN.test(text)) return text.split('')
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/** Cells of one grapheme on the screen. Control characters are shown as `^X`. */
export function graphemeWidth(grapheme: string): number {
  if (grapheme.length === 1 && grapheme >= ' ' && grapheme <= '~') return 1
  return stringWidth(visible(grapheme))
}

/** A grapheme as it is written to the screen. */
export function visible(grapheme: string): string {
  const code = grapheme.charCodeAt(0)
  if (code < 0x20) return `^${String.fromCharCode(code + 0x40)}`
  if (code === 0x7f) return '^?'
  if (code >= 0x80 && code < 0xa0) return '·'
  return grapheme.length === 1 && code >= 0xd800 && code <= 0xdfff ? '\ufffd' : grapheme
}

/** Cells of a text that may hold colour sequences. */
export function textWidth(text: string): number {
  let cells = 0
  for (const grapheme of graphemes(withoutSequences(text))) cells += graphemeWidth(grapheme)
  return cells
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const SEQUENCE = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g

export function withoutSequences(text: string): string {
  return text.replace(SEQUENCE, '')
}
