/** No kind of page has an axe violation, in either theme, or a line that is wider than a phone. */
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import type { Language } from './support/words.ts'

const pages = [
  '',
  '/lessons',
  '/lessons/nodeport',
  '/exercises',
  '/exercises/nodeport-for-a-pod',
  '/quizzes',
  '/quizzes/nodeport',
  '/nothing-here',
]
const languages: readonly Language[] = ['ko', 'en']

for (const language of languages)
  for (const path of pages) {
    test(`/${language}${path} is accessible`, async ({ page }) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.goto(`/${language}${path}`)
        await page.waitForLoadState('networkidle')
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(
          violations.map(({ id, nodes }) => ({ colorScheme, id, where: nodes.map((node) => node.target.join(' ')) })),
        ).toEqual([])
      }
    })

    test(`/${language}${path} fits a phone`, async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 })
      await page.goto(`/${language}${path}`)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    })
  }
