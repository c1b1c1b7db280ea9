import { ASK_ABOVE, type Completions, commonPrefix, inColumns } from './editor/completion.ts'
import { HistoryWalk } from './editor/history.ts'
import type { Key } from './editor/keys.ts'
import { layoutText, moveCursor, type Position } from './editor/layout.ts'
import { LineBuffer } from './editor/line-buffer.ts'
import { HistorySearch } from './editor/search.ts'
import { graphemeWidth, visible, withoutSequences } from './editor/width.ts'

export interface EditorScreen {
  write(data: string): void
  readonly size: () => { readonly columns: number }
}

/** What a key led to. */
export type Outcome =
  | { readonly kind: 'editing' }
  | { readonly kind: 'submit'; readonly line: string }
  /** Ctrl-C: the line is thrown away. */
  | { readonly kind: 'interrupt' }
  /** Ctrl-D on an empty line. */
  | { readonly kind: 'end' }
  /** Tab: `apply` wants what the line can become. */
  | { readonly kind: 'complete'; readonly text: string; readonly cursor: number }

const EDITING: Outcome = { kind: 'editing' }
const BELL = '\u0007'
const CLEAR_BELOW = '\u001b[J'
const CLEAR_SCREEN = '\u001b[H\u001b[2J'

/** Readline for one prompt at a time: keys in, a drawn line out. Knows nothing of shells. */
export class LineEditor {
  readonly #screen: EditorScreen
  readonly #buffer = new LineBuffer()
  #history = new HistoryWalk([])
  #search: HistorySearch | undefined
  #prompt = ''
  #origin: Position = { row: 0, column: 0 }
  /** Where the screen's cursor stands, counted from the row in which the prompt began. */
  #cursor: Position = { row: 0, column: 0 }
  #tabs = 0
  #question: readonly string[] | undefined
  #wordsBack = 0
  #inserted = ''

  constructor(screen: EditorScreen) {
    this.#screen = screen
  }

  get text(): string {
    return this.#buffer.text
  }

  /** Cells between the edges of the screen and the cursor, for tests and for output that comes in between. */
  get cursor(): Position {
    return this.#cursor
  }

  /** Shows a prompt, behind `column` cells that a program left in the row. */
  begin(prompt: string, history: readonly string[], column = 0): void {
    this.#buffer.reset()
    this.#history = new HistoryWalk(history)
    this.#search = undefined
    this.#question = undefined
    this.#tabs = 0
    this.#wordsBack = 0
    this.#prompt = prompt
    this.#origin = { row: 0, column: column % this.#columns }
    this.#cursor = this.#origin
    this.#draw()
  }

  press(key: Key): Outcome {
    if (this.#question !== undefined) return this.#answer(this.#question, key)
    if (key.kind !== 'key' || key.name !== 'tab') this.#tabs = 0
    if (key.kind !== 'key' || key.name !== 'alt-.') this.#wordsBack = 0
    if (this.#search !== undefined) return this.#searching(this.#search, key)
    if (key.kind !== 'key') return this.#insert(key.text)
    return this.#control(key.name)
  }

  /** What Tab found. One Tab completes what is certain, a second one lists what is left. */
  apply({ start, candidates }: Completions): Outcome {
    const [only, ...others] = candidates
    if (only === undefined) return this.#bell()
    const typed = this.#buffer.before.slice(start)
    if (others.length === 0) return this.#complete(start, only.text + only.suffix)
    const prefix = commonPrefix(candidates.map(({ text }) => text))
    if (prefix.length > typed.length || (prefix !== typed && prefix !== '')) return this.#complete(start, prefix)
    if (this.#tabs < 2) return this.#bell()
    const labels = candidates.map(({ label }) => label)
    if (labels.length <= ASK_ABOVE) return this.#list(labels)
    this.#toEnd()
    this.#screen.write(`\r\nDisplay all ${labels.length} possibilities? (y or n)`)
    this.#question = labels
    return EDITING
  }

  /** Takes the line off the screen, for output of a job; `show` brings it back. */
  hide(): void {
    this.#screen.write(moveCursor(this.#cursor, this.#origin) + CLEAR_BELOW)
    this.#cursor = this.#origin
  }

  show(column = 0): void {
    this.#origin = { row: 0, column: column % this.#columns }
    this.#cursor = this.#origin
    this.#draw()
  }

  /** The screen got another width and wrapped its rows anew. */
  resized(): void {
    const { cursor } = this.#layout()
    this.#cursor = cursor
    this.#draw()
  }

  get #columns(): number {
    return Math.max(2, this.#screen.size().columns)
  }

  #insert(text: string): Outcome {
    const before = this.#buffer.text
    const atEnd = this.#buffer.after === ''
    if (!this.#buffer.insert(text)) return this.#bell()
    if (atEnd && this.#buffer.text === before + text && this.#fits(text)) {
      this.#screen.write(text)
      this.#cursor = { row: this.#cursor.row, column: this.#cursor.column + graphemeWidth(text) }
      return EDITING
    }
    return this.#draw()
  }

  /** One plain character that stays in its row needs no new drawing. */
  #fits(text: string): boolean {
    if (text.length !== 1 || text < ' ' || visible(text) !== text || /\p{M}/u.test(text)) return false
    return this.#cursor.column + graphemeWidth(text) < this.#columns && this.#buffer.before.at(-2) !== '\u200d'
  }

  #control(name: string): Outcome {
    switch (name) {
      case 'enter':
        return this.#leave({ kind: 'submit', line: this.#buffer.text }, '\r\n')
      case 'ctrl-c':
        return this.#leave({ kind: 'interrupt' }, '^C\r\n')
      case 'ctrl-d':
        if (this.#buffer.text === '') return { kind: 'end' }
        return this.#after(this.#buffer.delete())
      case 'tab':
        this.#tabs += 1
        return { kind: 'complete', text: this.#buffer.text, cursor: this.#buffer.cursor }
      case 'ctrl-l':
        this.#screen.write(CLEAR_SCREEN)
        this.#origin = { row: 0, column: 0 }
        this.#cursor = this.#origin
        return this.#draw()
      case 'ctrl-r':
        this.#search = new HistorySearch(this.#history, this.#buffer.text)
        return this.#draw()
      case 'alt-.':
      case 'alt-_':
        return this.#lastWord()
      default: {
        const edit = EDITS.get(name)
        if (edit !== undefined) return this.#after(edit(this.#buffer) !== false)
        const walk = WALKS.get(name)
        return walk === undefined ? EDITING : this.#recall(walk(this.#history, this.#buffer.text))
      }
    }
  }

  #recall(line: string | undefined): Outcome {
    if (line === undefined) return this.#bell()
    this.#buffer.reset(line)
    return this.#draw()
  }

  #lastWord(): Outcome {
    const word = this.#history.lastWord(this.#wordsBack)
    if (word === undefined) return this.#bell()
    if (this.#wordsBack > 0) {
      const head = this.#buffer.before.slice(0, -this.#inserted.length || undefined)
      this.#buffer.set(head + this.#buffer.after, head.length)
    }
    this.#wordsBack += 1
    this.#inserted = word
    this.#buffer.insert(word)
    return this.#draw()
  }

  #searching(search: HistorySearch, key: Key): Outcome {
    if (key.kind !== 'key') search.type(key.text)
    else if (key.name === 'ctrl-r') search.older()
    else if (key.name === 'ctrl-s') search.newer()
    else if (key.name === 'backspace') search.erase()
    else {
      this.#search = undefined
      const cancelled = key.name === 'ctrl-g' || key.name === 'ctrl-c'
      if (cancelled) this.#buffer.reset(search.original)
      else this.#buffer.set(search.match, search.cursor)
      if (key.name === 'ctrl-g') return this.#draw()
      if (key.name === 'enter') {
        this.#draw()
        return this.#control('enter')
      }
      this.#draw()
      return this.#control(key.name)
    }
    return this.#draw()
  }

  #answer(labels: readonly string[], key: Key): Outcome {
    const answer = key.kind === 'text' ? key.text.charAt(0).toLowerCase() : key.kind === 'key' ? key.name : ''
    if (!['y', ' ', 'n', 'ctrl-c', 'ctrl-g', 'backspace', 'enter'].includes(answer)) return this.#bell()
    this.#question = undefined
    this.#tabs = 0
    this.#screen.write('\r\n')
    if (answer === 'y' || answer === ' ') this.#screen.write(listing(labels, this.#columns))
    this.show()
    return EDITING
  }

  #list(labels: readonly string[]): Outcome {
    this.#toEnd()
    this.#screen.write(`\r\n${listing(labels, this.#columns)}`)
    this.show()
    return EDITING
  }

  #complete(start: number, text: string): Outcome {
    const head = this.#buffer.text.slice(0, start) + text
    this.#buffer.set(head + this.#buffer.after, head.length)
    this.#tabs = 0
    return this.#draw()
  }

  #after(changed: boolean): Outcome {
    return changed ? this.#draw() : this.#bell()
  }

  #bell(): Outcome {
    this.#screen.write(BELL)
    return EDITING
  }

  #leave(outcome: Outcome, ending: string): Outcome {
    this.#toEnd()
    this.#screen.write(ending)
    return outcome
  }

  #toEnd(): void {
    const { end } = this.#layout()
    this.#screen.write(moveCursor(this.#cursor, end))
    this.#cursor = end
  }

  #layout(): ReturnType<typeof layoutText> & { readonly prompt: string } {
    const prompt = this.#search?.prompt ?? this.#prompt
    const plain = withoutSequences(prompt)
    const start = layoutText(plain, plain.length, this.#columns, this.#origin).end
    const text = this.#search?.match ?? this.#buffer.text
    const cursor = this.#search?.cursor ?? this.#buffer.cursor
    return { ...layoutText(text, cursor, this.#columns, start), prompt }
  }

  #draw(): Outcome {
    const { output, cursor, end, prompt } = this.#layout()
    const back = moveCursor(this.#cursor, this.#origin)
    this.#screen.write(`${back}${CLEAR_BELOW}${prompt}${output}${moveCursor(end, cursor)}`)
    this.#cursor = cursor
    return EDITING
  }
}

function listing(labels: readonly string[], columns: number): string {
  return `${inColumns(labels, columns).replaceAll('\n', '\r\n')}\r\n`
}

type Edit = (buffer: LineBuffer) => boolean | undefined

const moves = (move: (buffer: LineBuffer) => void): Edit => {
  return (buffer) => {
    move(buffer)
    return true
  }
}

const EDITS: ReadonlyMap<string, Edit> = new Map<string, Edit>([
  ['left', (buffer) => buffer.left()],
  ['ctrl-b', (buffer) => buffer.left()],
  ['right', (buffer) => buffer.right()],
  ['ctrl-f', (buffer) => buffer.right()],
  ['home', moves((buffer) => buffer.home())],
  ['ctrl-a', moves((buffer) => buffer.home())],
  ['end', moves((buffer) => buffer.end())],
  ['ctrl-e', moves((buffer) => buffer.end())],
  ['alt-b', moves((buffer) => buffer.wordLeft())],
  ['ctrl-left', moves((buffer) => buffer.wordLeft())],
  ['alt-left', moves((buffer) => buffer.wordLeft())],
  ['alt-f', moves((buffer) => buffer.wordRight())],
  ['ctrl-right', moves((buffer) => buffer.wordRight())],
  ['alt-right', moves((buffer) => buffer.wordRight())],
  ['backspace', (buffer) => buffer.backspace()],
  ['ctrl-h', (buffer) => buffer.backspace()],
  ['delete', (buffer) => buffer.delete()],
  ['ctrl-k', moves((buffer) => buffer.killToEnd())],
  ['ctrl-u', moves((buffer) => buffer.killToStart())],
  ['ctrl-w', (buffer) => buffer.killBlankWord()],
  ['alt-backspace', (buffer) => buffer.killWordLeft()],
  ['alt-d', (buffer) => buffer.killWordRight()],
  ['ctrl-delete', (buffer) => buffer.killWordRight()],
  ['ctrl-y', (buffer) => buffer.yank()],
  ['ctrl-t', (buffer) => buffer.transpose()],
  ['ctrl-_', (buffer) => buffer.undo()],
  ['alt-u', moves((buffer) => buffer.changeWord((word) => word.toUpperCase()))],
  ['alt-l', moves((buffer) => buffer.changeWord((word) => word.toLowerCase()))],
  ['alt-c', moves((buffer) => buffer.changeWord((word) => word.replace(/\p{L}/u, (letter) => letter.toUpperCase())))],
])

const WALKS: ReadonlyMap<string, (history: HistoryWalk, text: string) => string | undefined> = new Map([
  ['up', (history: HistoryWalk, text: string) => history.older(text)],
  ['ctrl-p', (history: HistoryWalk, text: string) => history.older(text)],
  ['down', (history: HistoryWalk, text: string) => history.newer(text)],
  ['ctrl-n', (history: HistoryWalk, text: string) => history.newer(text)],
  ['alt-<', (history: HistoryWalk, text: string) => history.oldest(text)],
  ['alt->', (history: HistoryWalk, text: string) => history.newest(text)],
])
