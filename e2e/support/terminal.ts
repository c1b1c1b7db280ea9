import { expect, type Page } from '@playwright/test'

/** The terminal of a page as a learner sees and uses it: real keystrokes in, the screen's text out. */
export class TerminalPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** All rows now on the screen, without the blanks at their ends. */
  async screen(): Promise<string> {
    const rows = await this.#page.locator('.xterm-rows > div').allInnerTexts()
    return rows
      .map((row) => row.replace(/\u00a0/g, ' ').trimEnd())
      .join('\n')
      .trimEnd()
  }

  /** Waits until the last row is a prompt with nothing typed on it. */
  async ready(prompt: RegExp = /[$#]$/): Promise<void> {
    await expect
      .poll(async () => (await this.screen()).split('\n').at(-1)?.trimEnd() ?? '', { timeout: 30_000 })
      .toMatch(prompt)
  }

  async focus(): Promise<void> {
    await this.#page.locator('.xterm-helper-textarea').first().focus()
  }

  /** Clears the screen, types a line, presses Enter, waits for the prompt behind its output, and gives that output. */
  async run(line: string, prompt = /[$#]$/): Promise<string> {
    await this.focus()
    await this.#page.keyboard.press('Control+l')
    await expect.poll(() => this.screen()).toMatch(/^\S+[$#]$/)
    await this.#page.keyboard.type(line)
    await expect.poll(async () => this.#folded(await this.screen())).toContain(this.#folded(line))
    await this.#page.keyboard.press('Enter')
    await expect
      .poll(async () => (await this.screen()).split('\n').slice(1).at(-1) ?? '', { timeout: 30_000 })
      .toMatch(prompt)
    const shown = (await this.screen()).split('\n')
    return shown.slice(this.#rowsOf(shown, line), -1).join('\n')
  }

  /** How many rows the prompt and the typed line take: a long line wraps. */
  #rowsOf(shown: readonly string[], line: string): number {
    const end = this.#folded(line)
    let rows = 1
    while (rows < shown.length && !this.#folded(shown.slice(0, rows).join('')).endsWith(end)) rows++
    return rows
  }

  #folded(text: string): string {
    return text.replace(/\s+/g, '')
  }
}
