import { parseShell } from './parse.ts'

/** Aliases that one line may replace: `b;b`, whose `b` is `c;c`, doubles with each further name. */
const MAX_EXPANSIONS = 1_000
const MAX_LENGTH = 1024 * 1024
const MAX_DEPTH = 100
/** Longer texts, and commands of more lines, are read at once: finding where a command ends means parsing it. */
const MAX_CUT_LENGTH = 16 * 1024
const MAX_CUT_LINES = 64
export const TOO_MANY_ALIASES = `stopped: one line may replace ${MAX_EXPANSIONS} aliases`

/** Words behind which another command begins. */
const OPENING = new Set('if then else elif fi do done while until esac { } ! time coproc'.split(' '))

interface Active {
  readonly name: string
  /** Characters that stand behind the alias's text: they do not change while it is replaced further. */
  readonly behind: number
  /** Its text ends in a blank: the next word is looked up as well. */
  readonly reaches: boolean
}

/**
 * The text with its aliases replaced, as bash does while it reads: the first word of a command, never again inside the
 * text of the same name. Undefined if there is no end to it.
 */
export function expandAliases(text: string, aliases: ReadonlyMap<string, string>): string | undefined {
  if (aliases.size === 0) return text
  try {
    return new Expansion(text, aliases).run()
  } catch (error) {
    if (error instanceof TooManyAliases) return undefined
    throw error
  }
}

/**
 * The pieces that bash would read one after the other: whole commands that end with their line. What one of them calls
 * by another name holds from the next on. A text in which no alias can change stays whole.
 */
export function commandLines(text: string): readonly string[] {
  if (text.length > MAX_CUT_LENGTH || !/\n./.test(text)) return [text]
  if (!/(^|[\s;&|({])(alias|unalias|source|eval|\.)\s/.test(text)) return [text]
  const pieces: string[] = []
  let piece = ''
  let lines = 0
  for (const line of text.split(/(?<=\n)/)) {
    piece += line
    lines += 1
    if (lines > MAX_CUT_LINES || parseShell(piece).kind === 'incomplete') continue
    pieces.push(piece)
    piece = ''
    lines = 0
  }
  return piece === '' ? pieces : [...pieces, piece]
}

class TooManyAliases extends Error {}

class Expansion {
  readonly #aliases: ReadonlyMap<string, string>
  #text: string
  #at = 0
  #count = 0
  #depth = 0
  #active: Active[] = []
  #reached = false
  #hereDocuments: { readonly delimiter: string; readonly tabs: boolean }[] = []

  constructor(text: string, aliases: ReadonlyMap<string, string>) {
    this.#text = text
    this.#aliases = aliases
  }

  run(): string {
    while (this.#at < this.#text.length) this.#commands()
    return this.#text
  }

  /** Commands up to the end or the `)` that closes them. */
  #commands(): void {
    this.#depth += 1
    // Deeper than anybody nests: the rest stays as it is.
    if (this.#depth > MAX_DEPTH) this.#at = this.#text.length
    const cases: ('word' | 'in' | 'body')[] = []
    let first = true
    while (this.#at < this.#text.length) {
      this.#leave()
      const c = this.#text.charAt(this.#at)
      if (c === '\\' && this.#text.charAt(this.#at + 1) === '\n') this.#at += 2
      else if (c === ' ' || c === '\t') this.#at += 1
      else if (c === '#') this.#skipTo('\n', 0)
      else if (c === '\n') {
        this.#at += 1
        this.#skipHereDocuments()
        first = true
      } else if (c === '<' || c === '>' || this.#looking('&>')) this.#redirection()
      else if (this.#looking('((')) this.#balanced()
      else if (c === '(') {
        this.#at += 1
        this.#commands()
        first = true
      } else if (c === ')') {
        this.#at += 1
        break
      } else if (this.#looking(';;') || this.#looking(';&')) {
        this.#match(/;[;&]+/y)
        if (cases.at(-1) === 'body') this.#pattern()
        first = true
      } else if (';&|'.includes(c)) {
        this.#at += 1
        first = true
      } else first = this.#commandWord(first, cases)
    }
    this.#depth -= 1
  }

  /** One word; whether the next one may name a command. */
  #commandWord(first: boolean, cases: ('word' | 'in' | 'body')[]): boolean {
    const start = this.#at
    const before = this.#text.length
    this.#word()
    const word = this.#text.slice(start, this.#at)
    if (/^\d+$/.test(word) && /[<>]/.test(this.#text.charAt(this.#at))) return first
    const reached = this.#reached
    this.#reached = false
    const unchanged = this.#text.length === before
    if ((first || reached) && unchanged && this.#replace(word, start)) return first
    if (cases.at(-1) === 'word') cases[cases.length - 1] = 'in'
    else if (cases.at(-1) === 'in' && word === 'in') {
      cases[cases.length - 1] = 'body'
      this.#pattern()
      return true
    }
    if (!first) return false
    if (word === '[[') return this.#condition()
    if (word === 'case') cases.push('word')
    if (word === 'esac') cases.pop()
    if (word === 'function') {
      this.#match(/[ \t]*/y)
      this.#word()
      return true
    }
    return OPENING.has(word) || /^[A-Za-z_]\w*(\[[^\]]*\])?\+?=/.test(word)
  }

  /** Puts the alias's text where its name stands, to be read from its start. */
  #replace(name: string, start: number): boolean {
    const value = this.#aliases.get(name)
    if (value === undefined || this.#active.some((active) => active.name === name)) return false
    this.#count += 1
    const behind = this.#text.length - this.#at
    if (this.#count > MAX_EXPANSIONS || this.#text.length + value.length > MAX_LENGTH) throw new TooManyAliases()
    this.#text = this.#text.slice(0, start) + value + this.#text.slice(this.#at)
    this.#at = start
    this.#active.push({ name, behind, reaches: /[ \t]$/.test(value) })
    return true
  }

  /** Forgets the aliases whose text is read. */
  #leave(): void {
    let last = this.#active.at(-1)
    while (last !== undefined && this.#text.length - this.#at <= last.behind) {
      this.#reached = last.reaches
      this.#active.pop()
      last = this.#active.at(-1)
    }
  }

  /** From the start of a word to its end. */
  #word(): void {
    const start = this.#at
    while (this.#at < this.#text.length) {
      const c = this.#text.charAt(this.#at)
      if (c === '(' && this.#at > start && '=?*+@!'.includes(this.#text.charAt(this.#at - 1))) this.#balanced()
      else if (/[\s;&|()<>]/.test(c)) break
      else this.#part(c)
    }
    if (this.#at === start) this.#at += 1
  }

  #part(c: string): void {
    if (c === '\\') this.#at += 2
    else if (c === "'") this.#skipTo("'", 1)
    else if (c === '"') this.#until('"')
    else if (c === '`') this.#backquoted()
    else if (this.#looking('$((')) {
      this.#at += 1
      this.#balanced()
    } else if (this.#looking('$(')) {
      this.#at += 2
      this.#nested()
    } else if (this.#looking('${')) {
      this.#at += 1
      this.#until('}')
    } else if (this.#looking("$'")) this.#match(/\$'(?:[^'\\]|\\[\s\S])*'?/y)
    else this.#at += 1
  }

  /** `"…"` and `${…}` with what is substituted in them. */
  #until(end: '"' | '}'): void {
    this.#at += 1
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) this.#at = this.#text.length
    while (this.#at < this.#text.length && this.#text.charAt(this.#at) !== end) {
      const c = this.#text.charAt(this.#at)
      if (c === "'" && end === '"') this.#at += 1
      else this.#part(c)
    }
    this.#depth -= 1
    this.#at += 1
  }

  /** The commands of `$(…)`, whose here-documents are their own. */
  #nested(): void {
    const outer = this.#hereDocuments
    this.#hereDocuments = []
    this.#commands()
    this.#hereDocuments = outer
  }

  /** Backquotes: what stands in them is read as a text of its own, unless backslashes make another text of it. */
  #backquoted(): void {
    const start = this.#at + 1
    this.#match(/`(?:[^`\\]|\\[\s\S])*/y)
    const inner = this.#text.slice(start, this.#at)
    if (!inner.includes('\\')) {
      const busy = new Set(this.#active.map(({ name }) => name))
      const known = new Map([...this.#aliases].filter(([name]) => !busy.has(name)))
      const expansion = new Expansion(inner, known)
      expansion.#count = this.#count
      const expanded = expansion.run()
      this.#count = expansion.#count
      if (expanded !== inner) this.#text = this.#text.slice(0, start) + expanded + this.#text.slice(this.#at)
      this.#at = start + expanded.length
    }
    this.#at += 1
  }

  #redirection(): void {
    if (/[<>]\(/y.test(this.#text.slice(this.#at, this.#at + 2))) {
      this.#at += 2
      this.#nested()
      return
    }
    const operator = this.#match(/&>>?|<<<|<<-?|[<>][<>&|]?/y)
    this.#match(/[ \t]*/y)
    const start = this.#at
    if (/[^\s;&|()<>]/.test(this.#text.charAt(start))) this.#word()
    if (operator !== '<<' && operator !== '<<-') return
    const delimiter = this.#text.slice(start, this.#at).replace(/['"\\]/g, '')
    this.#hereDocuments.push({ delimiter, tabs: operator === '<<-' })
  }

  #skipHereDocuments(): void {
    for (const { delimiter, tabs } of this.#hereDocuments) {
      let line: string | undefined
      while (this.#at < this.#text.length && line !== delimiter) {
        const text = this.#match(/[^\n]*/y)
        line = tabs ? text.replace(/^\t+/, '') : text
        this.#at += 1
      }
    }
    this.#hereDocuments = []
  }

  /** `pattern)` of a case. */
  #pattern(): void {
    this.#match(/\s*/y)
    if (/esac\b/y.test(this.#text.slice(this.#at, this.#at + 5))) return
    if (this.#looking('(')) this.#at += 1
    while (this.#at < this.#text.length && this.#text.charAt(this.#at) !== ')') this.#part(this.#text.charAt(this.#at))
    this.#at += 1
  }

  /** What stands in `[[ … ]]` names no command. */
  #condition(): boolean {
    while (this.#at < this.#text.length && !this.#looking(']]')) this.#part(this.#text.charAt(this.#at))
    this.#at += 2
    return false
  }

  /** Parentheses of arithmetic, an array or a pattern. */
  #balanced(): void {
    let open = 0
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) this.#at = this.#text.length
    do {
      const c = this.#text.charAt(this.#at)
      if (c === '(') open += 1
      if (c === ')') open -= 1
      if (c === '(' || c === ')') this.#at += 1
      else this.#part(c)
    } while (open > 0 && this.#at < this.#text.length)
    this.#depth -= 1
  }

  #looking(text: string): boolean {
    return this.#text.startsWith(text, this.#at)
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }

  /** To the next `end`, or past it. */
  #skipTo(end: string, past: 0 | 1): void {
    const found = this.#text.indexOf(end, this.#at + past)
    this.#at = found < 0 ? this.#text.length : found + past
  }
}
