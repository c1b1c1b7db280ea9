/** Walks through earlier lines; what was being typed is kept at the end, and edits on the way are kept too. */
export class HistoryWalk {
  readonly #lines: readonly string[]
  readonly #edited = new Map<number, string>()
  #at: number

  constructor(lines: readonly string[]) {
    this.#lines = lines
    this.#at = lines.length
  }

  older(current: string): string | undefined {
    return this.#go(this.#at - 1, current)
  }

  newer(current: string): string | undefined {
    return this.#go(this.#at + 1, current)
  }

  oldest(current: string): string | undefined {
    return this.#at === 0 ? undefined : this.#go(0, current)
  }

  newest(current: string): string | undefined {
    return this.#at === this.#lines.length ? undefined : this.#go(this.#lines.length, current)
  }

  /** The nearest older line that holds `text`, from `before` back. */
  search(text: string, before = this.#lines.length): { readonly line: string; readonly at: number } | undefined {
    for (let at = before - 1; at >= 0; at -= 1) {
      const line = this.#lines[at]
      if (line?.includes(text) === true) return { line, at }
    }
    return undefined
  }

  /** The nearest newer line that holds `text`. */
  searchForward(text: string, after: number): { readonly line: string; readonly at: number } | undefined {
    const at = this.#lines.findIndex((line, index) => index > after && line.includes(text))
    const line = this.#lines[at]
    return line === undefined ? undefined : { line, at }
  }

  /** Last word of the n-th newest line: Alt-. */
  lastWord(back: number): string | undefined {
    return this.#lines
      .at(-1 - back)
      ?.trim()
      .split(/\s+/)
      .at(-1)
  }

  #go(at: number, current: string): string | undefined {
    if (at < 0 || at > this.#lines.length) return undefined
    this.#edited.set(this.#at, current)
    this.#at = at
    return this.#edited.get(at) ?? this.#lines[at] ?? ''
  }
}

/** Adds a line as bash does with HISTCONTROL=ignoreboth, Ubuntu's default. */
export function rememberLine(lines: string[], line: string, limit: number): void {
  if (line.trim() === '' || line.startsWith(' ') || lines.at(-1) === line) return
  lines.push(line)
  if (lines.length > limit) lines.splice(0, lines.length - limit)
}
