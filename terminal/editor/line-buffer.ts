import { graphemes } from './width.ts'

/** Characters a line may hold; more is refused with a bell. */
export const MAX_LINE = 64 * 1024
const MAX_UNDO = 200

interface State {
  readonly text: string
  readonly cursor: number
}

const WORD = /[\p{L}\p{N}\p{M}]/u

/** The text being typed and the place in it; the cursor always stands between graphemes. */
export class LineBuffer {
  #text = ''
  #cursor = 0
  #undo: State[] = []
  #killed = ''

  get text(): string {
    return this.#text
  }

  get cursor(): number {
    return this.#cursor
  }

  get before(): string {
    return this.#text.slice(0, this.#cursor)
  }

  get after(): string {
    return this.#text.slice(this.#cursor)
  }

  /** A new line to edit: nothing to undo. */
  reset(text = ''): void {
    this.#text = text.slice(0, MAX_LINE)
    this.#cursor = this.#text.length
    this.#undo = []
  }

  /** Puts text and cursor in place as one step that can be undone. */
  set(text: string, cursor = text.length): void {
    this.#remember()
    this.#text = text.slice(0, MAX_LINE)
    this.#cursor = this.#snap(Math.min(cursor, this.#text.length))
  }

  /** False if the line is full. */
  insert(text: string): boolean {
    if (this.#text.length + text.length > MAX_LINE) return false
    this.#remember()
    const end = this.#cursor + text.length
    this.#text = this.before + text + this.after
    this.#cursor = this.#snap(end)
    return true
  }

  left(): boolean {
    return this.#go(this.#cursor - (graphemes(this.before).at(-1)?.length ?? 0))
  }

  right(): boolean {
    return this.#go(this.#cursor + (graphemes(this.after)[0]?.length ?? 0))
  }

  home(): void {
    this.#cursor = 0
  }

  end(): void {
    this.#cursor = this.#text.length
  }

  wordLeft(): void {
    this.#cursor = this.#wordStart(WORD)
  }

  wordRight(): void {
    this.#cursor = this.#wordEnd()
  }

  backspace(): boolean {
    const length = graphemes(this.before).at(-1)?.length ?? 0
    return this.#remove(this.#cursor - length, this.#cursor, false)
  }

  delete(): boolean {
    return this.#remove(this.#cursor, this.#cursor + (graphemes(this.after)[0]?.length ?? 0), false)
  }

  killToEnd(): boolean {
    return this.#remove(this.#cursor, this.#text.length, true)
  }

  killToStart(): boolean {
    return this.#remove(0, this.#cursor, true)
  }

  /** Ctrl-W: back to the last blank. */
  killBlankWord(): boolean {
    return this.#remove(this.#wordStart(/\S/), this.#cursor, true)
  }

  /** Alt-Backspace: back over letters and digits. */
  killWordLeft(): boolean {
    return this.#remove(this.#wordStart(WORD), this.#cursor, true)
  }

  killWordRight(): boolean {
    return this.#remove(this.#cursor, this.#wordEnd(), true)
  }

  yank(): boolean {
    return this.#killed !== '' && this.insert(this.#killed)
  }

  /** Ctrl-T: swaps the two characters around the cursor. */
  transpose(): boolean {
    const before = graphemes(this.before)
    const after = graphemes(this.after)
    const second = after.shift() ?? before.pop()
    const first = before.pop()
    if (first === undefined || second === undefined) return false
    const head = before.join('') + second + first
    this.set(head + after.join(''), head.length)
    return true
  }

  /** Alt-U, Alt-L, Alt-C. */
  changeWord(change: (word: string) => string): void {
    const end = this.#wordEnd()
    const head = this.before + change(this.#text.slice(this.#cursor, end))
    this.set(head + this.#text.slice(end), head.length)
  }

  undo(): boolean {
    const state = this.#undo.pop()
    if (state === undefined) return false
    this.#text = state.text
    this.#cursor = state.cursor
    return true
  }

  #go(cursor: number): boolean {
    const moved = cursor !== this.#cursor
    this.#cursor = cursor
    return moved
  }

  #remove(start: number, end: number, keep: boolean): boolean {
    if (start >= end) return false
    this.#remember()
    if (keep) this.#killed = this.#text.slice(start, end)
    this.#text = this.#text.slice(0, start) + this.#text.slice(end)
    this.#cursor = this.#snap(start)
    return true
  }

  #wordStart(wanted: RegExp): number {
    const parts = graphemes(this.before)
    while (parts.length > 0 && !wanted.test(parts.at(-1) ?? '')) parts.pop()
    while (parts.length > 0 && wanted.test(parts.at(-1) ?? '')) parts.pop()
    return parts.join('').length
  }

  #wordEnd(): number {
    const parts = graphemes(this.after)
    let at = 0
    while (at < parts.length && !WORD.test(parts[at] ?? '')) at += 1
    while (at < parts.length && WORD.test(parts[at] ?? '')) at += 1
    return this.#cursor + parts.slice(0, at).join('').length
  }

  /** Joining texts may join graphemes: moves a cursor that would stand inside one behind it. */
  #snap(cursor: number): number {
    let at = 0
    for (const part of graphemes(this.#text)) {
      if (at >= cursor) return at
      at += part.length
    }
    return at
  }

  #remember(): void {
    this.#undo.push({ text: this.#text, cursor: this.#cursor })
    if (this.#undo.length > MAX_UNDO) this.#undo.shift()
  }
}
