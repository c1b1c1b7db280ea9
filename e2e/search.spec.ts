/** Search over the texts in both languages: by keyboard, without scripts, without a connection. */
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { type Language, words } from './support/words.ts'

const cases = {
  ko: {
    query: '노드포트의 범위',
    heading: '노드포트의 범위',
    page: '/lessons/nodeport#',
    part: '파드',
    foreign: 'headless',
  },
  en: {
    query: 'targetPort name',
    heading: 'targetPort can be a name',
    page: '/lessons/service-definition#',
    part: 'endpoint',
    foreign: '셀렉터',
  },
} as const satisfies Record<Language, unknown>

for (const language of ['ko', 'en'] as const) {
  const say = words(language)
  const wanted = cases[language]

  test.describe(`a learner who reads ${language}`, () => {
    test.use({ locale: language === 'ko' ? 'ko-KR' : 'en-US' })

    test('finds a heading by keyboard and goes there', async ({ page }) => {
      await page.goto(`/${language}/quizzes`)
      await page.waitForLoadState('networkidle')
      await page.keyboard.press('/')
      const dialog = page.getByRole('dialog', { name: say('search.title') })
      await expect(dialog.getByRole('searchbox')).toBeFocused()
      await expect(dialog.getByText(say('search.empty'))).toBeVisible()
      await page.keyboard.type(wanted.query)
      const first = dialog.getByRole('listitem').first()
      await expect(first).toContainText(wanted.heading)
      await expect(first.locator('mark').first()).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze()
      expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.target.join(' ')) }))).toEqual([])

      await page.keyboard.press('ArrowDown')
      await expect(first.getByRole('link')).toBeFocused()
      await page.keyboard.press('ArrowUp')
      await expect(dialog.getByRole('searchbox')).toBeFocused()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL((url) => `${url.pathname}${url.hash}`.startsWith(`/${language}${wanted.page}`))
      await expect(page.getByRole('heading', { name: wanted.heading })).toBeInViewport()
      await expect(dialog).toBeHidden()
    })

    test('finds parts of words, and words of the other language', async ({ page }) => {
      await page.goto(`/${language}/search?q=${encodeURIComponent(wanted.part)}`)
      await expect(page.locator('main mark').first()).toHaveText(new RegExp(wanted.part, 'i'))
      await page.getByRole('searchbox').fill(wanted.foreign)
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(/search\?q=/)
      const other = language === 'ko' ? 'en' : 'ko'
      await expect(page.locator(`main p[lang="${other}"] mark`).first()).toHaveText(new RegExp(wanted.foreign, 'i'))
    })

    test('is told when there is nothing, and when there is no connection', async ({ page, context }) => {
      await page.goto(`/${language}`)
      await page.getByRole('link', { name: say('search.open'), exact: true }).click()
      const dialog = page.getByRole('dialog', { name: say('search.title') })
      await dialog.getByRole('searchbox').fill('zeppelin')
      await expect(dialog.getByText(say('search.none', { query: 'zeppelin' }))).toBeVisible()
      await context.setOffline(true)
      await dialog.getByRole('searchbox').fill(wanted.part)
      await expect(dialog.getByText(say('search.offline'))).toBeVisible()
      await context.setOffline(false)
      await dialog.getByRole('button', { name: say('search.again') }).click()
      await expect(dialog.locator('mark').first()).toBeVisible()
      await dialog.getByRole('link', { name: say('search.all') }).click()
      await expect(page).toHaveURL(/search\?q=/)
      await expect(page.getByRole('searchbox')).toHaveValue(wanted.part)
    })

    test('finds the list of shortcuts as a page', async ({ page }) => {
      await page.goto(`/${language}/quizzes`)
      await page
        .getByRole('contentinfo')
        .getByRole('link', { name: say('site.shortcutsLink') })
        .click()
      await expect(page.getByRole('heading', { level: 1, name: say('shortcuts.title') })).toBeVisible()
      const places = await page.locator('main h2').allInnerTexts()
      await page.keyboard.press('?')
      const dialog = page.getByRole('dialog', { name: say('shortcuts.title') })
      await expect(dialog.locator('h3')).toHaveText(places)
      await dialog.getByRole('link', { name: say('shortcuts.asPage') }).click()
      await expect(dialog).toBeHidden()
    })
  })

  test(`search works without scripts (${language})`, async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: language })
    const page = await context.newPage()
    await page.goto(`/${language}`)
    await page.getByRole('link', { name: say('search.open'), exact: true }).click()
    await page.getByRole('searchbox').fill(wanted.query)
    await page.getByRole('button', { name: say('search.go') }).click()
    await expect(page.getByRole('listitem').filter({ hasText: wanted.heading }).first()).toBeVisible()
    await context.close()
  })
}

test('an address that leads nowhere offers search', async ({ page }) => {
  const say = words('en')
  await page.goto('/en/nothing-here')
  await page.getByRole('main').getByRole('searchbox').fill(cases.en.query)
  await page.getByRole('button', { name: say('search.go') }).click()
  await expect(page.getByRole('listitem').filter({ hasText: cases.en.heading }).first()).toBeVisible()
})

test('what is no query is refused or answered with nothing', async ({ request }) => {
  const status = async (query: string) => (await request.get(`/api/search${query}`)).status()
  expect(await status('?q=port&locale=en')).toBe(200)
  expect(await status('?q=&locale=ko')).toBe(200)
  expect(await status('')).toBe(400)
  expect(await status('?q=port&locale=fr')).toBe(400)
  expect(await status(`?q=${'a'.repeat(101)}&locale=en`)).toBe(400)
  const flood = await Promise.all(Array.from({ length: 120 }, () => status('?q=port&locale=en')))
  expect(flood).toContain(429)
  expect(flood.filter((code) => code !== 200 && code !== 429)).toEqual([])
})
