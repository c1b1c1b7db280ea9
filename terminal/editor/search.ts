import type { HistoryWalk } from './history.ts'

/** Ctrl-R: looks backwards through the history for what is typed. */
export class HistorySearch {
  readonly #history: HistoryWalk
  readonly #original: string
  #query = ''
  #match: string
  #at: number | undefined
  #failed = false

  constructor(history: HistoryWalk, original: string) {
    this.#history = history
    this.#original = original
    this.#match = original
  }

  get prompt(): string {
    return `(${this.#failed ? 'failed ' : ''}reverse-i-search)\`${this.#query}': `
  }

  get match(): string {
    return this.#match
  }

  get original(): string {
    return this.#original
  }

  /** Where in the match the query stands. */
  get cursor(): number {
    return this.#query === '' ? this.#match.length : Math.max(0, this.#match.indexOf(this.#query))
  }

  type(text: string): void {
    this.#query += text
    this.#find(this.#at === undefined ? undefined : this.#at + 1)
  }

  erase(): void {
    this.#query = this.#query.slice(0, -1)
    this.#find(undefined)
  }

  older(): void {
    if (this.#query !== '') this.#find(this.#at)
  }

  newer(): void {
    if (this.#at === undefined) return
    const found = this.#history.searchForward(this.#query, this.#at)
    this.#failed = found === undefined
    if (found !== undefined) this.#take(found)
  }

  #find(before: number | undefined): void {
    const found = this.#query === '' ? undefined : this.#history.search(this.#query, before)
    this.#failed = found === undefined && this.#query !== ''
    if (found !== undefined) this.#take(found)
  }

  #take({ line, at }: { readonly line: string; readonly at: number }): void {
    this.#match = line
    this.#at = at
  }
}
