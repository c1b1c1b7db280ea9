/** Every cheat sheet is one page of A4 in both languages, black on white, with nothing of the site around it. */
import { readdirSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { type Language, words } from './support/words.ts'

const languages: readonly Language[] = ['ko', 'en']
const sheets = readdirSync('content/cheat-sheets')

/** A4 in PDF's units, 1/72 inch. */
const A4 = /\/MediaBox \[\s*0 0 59[45](\.\d+)? 84[12](\.\d+)?\s*\]/

for (const language of languages)
  for (const sheet of sheets)
    test(`${sheet} in ${language} is printed on one page`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.goto(`/${language}/cheat-sheets/${sheet}`)
      await page.evaluate(() => document.fonts.ready)
      const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1')
      expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
      expect(pdf).toMatch(A4)

      await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
      await expect(page.locator('body > header, body > footer, .sheet-tools')).toHaveCount(3)
      for (const part of await page.locator('body > header, body > footer, .sheet-tools').all())
        await expect(part).toBeHidden()
      await expect(page.locator('.sheet h1')).toHaveCSS('color', 'rgb(0, 0, 0)')
      const wide = await page
        .locator('.sheet :is(pre, table, figure)')
        .evaluateAll((parts) =>
          parts.filter((part) => part.scrollWidth > part.clientWidth + 1).map((part) => part.textContent),
        )
      expect(wide).toEqual([])
    })

test('the print button prints', async ({ page }) => {
  const say = words('en')
  await page.goto('/en/cheat-sheets')
  await page.locator('main li a').first().click()
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', 'true')
  })
  await page.getByRole('button', { name: say('cheatSheets.print') }).click()
  await expect(page.locator('body')).toHaveAttribute('data-printed', 'true')
})
