/** One thing that a learner did on the keyboard. */
export type Key =
  /** Characters to insert. */
  | { readonly kind: 'text'; readonly text: string }
  /** Text between the marks of a bracketed paste. */
  | { readonly kind: 'paste'; readonly text: string }
  /** `ctrl-a`, `alt-b`, `left`, `ctrl-left`, `enter`, `tab`, `backspace`, `delete`, `home`, … */
  | { readonly kind: 'key'; readonly name: string }

const FINAL: ReadonlyMap<string, string> = new Map([
  ['A', 'up'],
  ['B', 'down'],
  ['C', 'right'],
  ['D', 'left'],
  ['F', 'end'],
  ['H', 'home'],
  ['Z', 'shift-tab'],
])
const TILDE: ReadonlyMap<string, string> = new Map([
  ['1', 'home'],
  ['2', 'insert'],
  ['3', 'delete'],
  ['4', 'end'],
  ['5', 'page-up'],
  ['6', 'page-down'],
  ['7', 'home'],
  ['8', 'end'],
])
const CONTROL: ReadonlyMap<string, string> = new Map([
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\t', 'tab'],
  ['\u007f', 'backspace'],
  ['\b', 'backspace'],
])

const ESCAPE = '\u001b'
const PASTE_START = `${ESCAPE}[200~`
const PASTE_END = `${ESCAPE}[201~`
/** Longer than any sequence a keyboard sends: what follows is no key. */
const LONGEST_SEQUENCE = 32

/** Turns what xterm sends into keys; sequences may be split over several chunks. */
export class KeyDecoder {
  #pending = ''
  #pasted: string | undefined

  decode(data: string): Key[] {
    const keys: Key[] = []
    this.#pending += data
    while (this.#pending !== '') {
      const key = this.#pasted === undefined ? this.#next() : this.#paste(this.#pasted)
      if (key === undefined) break
      if (key !== 'nothing') keys.push(key)
    }
    return keys
  }

  /** The next key, `nothing` for what is no key, undefined when more must come. */
  #next(): Key | 'nothing' | undefined {
    const first = this.#pending.charAt(0)
    if (first === ESCAPE) return this.#escape()
    const control = CONTROL.get(first)
    if (control !== undefined) return this.#take(1, { kind: 'key', name: control })
    if (first < ' ') return this.#take(1, { kind: 'key', name: controlName(first) })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: text ends where control characters begin
    const text = /^[^\u0000-\u001f\u007f]+/.exec(this.#pending)?.[0] ?? first
    return this.#take(text.length, { kind: 'text', text })
  }

  #escape(): Key | 'nothing' | undefined {
    const text = this.#pending
    if (text.startsWith(PASTE_START)) {
      this.#pasted = ''
      return this.#take(PASTE_START.length, 'nothing')
    }
    if (text.length === 1) return undefined
    const second = text.charAt(1)
    if (second === '[' || second === 'O') return this.#sequence()
    if (second === ESCAPE) return this.#take(1, 'nothing')
    const control = CONTROL.get(second)
    const name = control ?? (second < ' ' ? controlName(second) : second.toLowerCase())
    return this.#take(2, { kind: 'key', name: `alt-${name}` })
  }

  #sequence(): Key | 'nothing' | undefined {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
    const match = /^\u001b(?:\[([0-9;?<>=]*)([@-~])|O([0-9;]*)([@-~]))/.exec(this.#pending)
    if (match === null) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
      const isOpen = /^\u001b(?:\[[0-9;?<>=]*|O[0-9;]*)$/.test(this.#pending) && this.#pending.length < LONGEST_SEQUENCE
      return isOpen ? undefined : this.#take(2, 'nothing')
    }
    const parameters = (match[1] ?? match[3] ?? '').split(';')
    const final = match[2] ?? match[4] ?? ''
    const base = final === '~' ? TILDE.get(parameters[0] ?? '') : FINAL.get(final)
    if (base === undefined) return this.#take(match[0].length, 'nothing')
    return this.#take(match[0].length, { kind: 'key', name: modifierPrefix(parameters[1]) + base })
  }

  #paste(before: string): Key | undefined {
    const end = this.#pending.indexOf(PASTE_END)
    if (end < 0) {
      // The end mark itself may be split: keep what could be its beginning.
      const kept = overlap(this.#pending, PASTE_END)
      this.#pasted = before + this.#pending.slice(0, this.#pending.length - kept)
      this.#pending = this.#pending.slice(this.#pending.length - kept)
      return undefined
    }
    const text = before + this.#pending.slice(0, end)
    this.#pasted = undefined
    return this.#take(end + PASTE_END.length, { kind: 'paste', text })
  }

  #take<T>(length: number, value: T): T {
    this.#pending = this.#pending.slice(length)
    return value
  }
}

function controlName(character: string): string {
  return `ctrl-${String.fromCharCode(character.charCodeAt(0) + 0x40).toLowerCase()}`
}

/** xterm's second parameter: 1 + shift + 2·alt + 4·ctrl. */
function modifierPrefix(parameter: string | undefined): string {
  const bits = Number(parameter ?? '1') - 1
  if ((bits & 4) !== 0) return 'ctrl-'
  return (bits & 2) !== 0 ? 'alt-' : ''
}

/** Length of the longest end of `text` that `mark` begins with. */
function overlap(text: string, mark: string): number {
  for (let length = Math.min(text.length, mark.length - 1); length > 0; length -= 1) {
    if (mark.startsWith(text.slice(text.length - length))) return length
  }
  return 0
}
