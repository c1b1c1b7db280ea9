/** Every page that can be reached by links, in both languages: it answers, its anchors exist, and nothing is logged as an error. */
import { expect, type Page, test } from '@playwright/test'
import type { Language } from './support/words.ts'

const languages: readonly Language[] = ['ko', 'en']

/** What a page's links name, as the browser resolves them; those of other sites left out. */
async function linksOf(page: Page): Promise<readonly URL[]> {
  const found = await page
    .locator('a[href]')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))
  const here = new URL(page.url()).origin
  return [...new Set(found)].map((href) => new URL(href)).filter(({ origin }) => origin === here)
}

for (const language of languages)
  test(`every page in ${language} answers, and every anchor is there`, async ({ page }) => {
    test.setTimeout(600_000)
    const wrong: string[] = []
    const seen = new Set([`/${language}`])
    const anchors = new Set<string>()
    const ids = new Map<string, ReadonlySet<string>>()
    let now = ''
    page.on('console', (message) => message.type() === 'error' && wrong.push(`${now}: ${message.text()}`))
    page.on('pageerror', (error) => wrong.push(`${now}: ${error.message}`))
    for (const address of seen) {
      now = address
      const response = await page.goto(address, { waitUntil: 'domcontentloaded' })
      if (response?.status() !== 200) wrong.push(`${address}: ${response?.status()}`)
      await expect(page.locator('main#content h1')).toHaveCount(1)
      ids.set(address, new Set(await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id))))
      for (const { pathname, search, hash } of await linksOf(page)) {
        if (pathname.startsWith(`/${language}`)) seen.add(`${pathname}${search}`)
        if (hash) anchors.add(`${pathname}${search} ${decodeURIComponent(hash.slice(1))}`)
      }
    }
    for (const anchor of anchors) {
      const [address = '', id = ''] = anchor.split(' ')
      if (address.startsWith(`/${language}`) && !ids.get(address)?.has(id)) wrong.push(`no #${id} on ${address}`)
    }
    expect(wrong).toEqual([])
    expect(seen.size).toBeGreaterThan(60)
  })
