/** A box in a lesson's text that lights up by itself once the learner's cluster gets there, and stays lit. */
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { TerminalPage } from './support/terminal.ts'
import { type Language, words } from './support/words.ts'

const languages: readonly Language[] = ['ko', 'en']

for (const language of languages) {
  const say = words(language)

  test.describe(`a learner who reads ${language}`, () => {
    test.use({ locale: language === 'ko' ? 'ko-KR' : 'en-US', viewport: { width: 1440, height: 900 } })

    test('reaches a goal of a lesson without pressing anything', async ({ page }) => {
      await page.goto(`/${language}/lessons/why-services`)
      const terminal = new TerminalPage(page)
      await terminal.ready()
      const box = page.locator('[data-goal="second-door"]')
      const other = page.locator('[data-goal="six-endpoints"]')
      await expect(box.getByText(say('lesson.goalWaits'))).toBeVisible()

      await terminal.run('kubectl expose deployment image-backend --name=photos --port=8080 --target-port=9376')
      await expect(box.getByText(say('lesson.goalReached'))).toBeVisible()
      await expect(box).toHaveAttribute('aria-live', 'polite')
      await expect(other.getByText(say('lesson.goalWaits'))).toBeVisible()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        const { violations } = await new AxeBuilder({ page }).include('[data-goal]').analyze()
        expect(violations.map(({ id }) => ({ colorScheme, id }))).toEqual([])
      }

      await page.reload()
      await expect(box.getByText(say('lesson.goalReached'))).toBeVisible()
    })
  })
}

test('goals are plain text where no script runs', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-US' })
  const page = await context.newPage()
  await page.goto('/en/lessons/why-services')
  await expect(page.getByText('Give the same Pods a second address', { exact: false })).toBeVisible()
  await context.close()
})
