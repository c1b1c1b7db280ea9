import { isBreak } from './characters.ts'
import type { Mark } from './tokens.ts'

/** A cursor over text that counts lines and columns as libyaml does. */
export class Reader {
  readonly text: string
  index = 0
  line = 0
  column = 0

  constructor(text: string) {
    this.text = text.startsWith('\ufeff') ? text.slice(1) : text
  }

  /** The character `ahead` of the cursor; '' past the end. */
  peek(ahead = 0): string {
    return this.text[this.index + ahead] ?? ''
  }
  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.index)
  }
  mark(): Mark {
    return { index: this.index, line: this.line, column: this.column }
  }
  skip(count = 1): void {
    this.index += count
    this.column += count
  }
  /** Takes one line break, CR LF as one; gives it normalised to LF. */
  takeBreak(): string {
    const c = this.peek()
    if (!isBreak(c)) return ''
    this.index += c === '\r' && this.peek(1) === '\n' ? 2 : 1
    this.line++
    this.column = 0
    return c === '\u2028' || c === '\u2029' ? c : '\n'
  }
}
