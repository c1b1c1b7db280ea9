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

  /** Clears the screen, types a line, presses Enter, waits for the prompt, and gives what was printed between. */
  async run(line: string, prompt?: RegExp): Promise<string> {
    await this.focus()
    await this.#page.keyboard.press('Control+l')
    await this.#page.keyboard.type(line)
    await this.#page.keyboard.press('Enter')
    await this.ready(prompt)
    return (await this.screen()).split('\n').slice(1, -1).join('\n')
  }
}
