import { expect, type Page } from '@playwright/test'
import { TerminalPage } from './terminal.ts'

/** The exercise "type-left-to-default", opened: its terminal, its check button, and the name drawn for this attempt. */
export async function openExercise(page: Page, address: string, say: (key: string) => string) {
  await page.goto(address)
  const terminal = new TerminalPage(page)
  await terminal.ready()
  const url = page.locator('code', { hasText: /^http:\/\/[a-z]+$/ }).first()
  await expect(url).toBeVisible()
  const app = (await url.innerText()).replace('http://', '')
  return { terminal, app, check: page.getByRole('button', { name: say('exercise.check'), exact: true }) }
}
