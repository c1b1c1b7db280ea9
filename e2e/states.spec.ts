/** What a learner sees when there is nothing, not yet, no connection, or a fault; provoked one by one. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { type Language, words } from './support/words.ts'

const languages: readonly Language[] = ['ko', 'en']

/** How far things moved by themselves, as browsers count it (0: nothing moved). */
const watchShifts = (page: Page) =>
  page.addInitScript(() => {
    const seen = { shift: 0 }
    Object.assign(window, { seen })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if ('value' in entry && !('hadRecentInput' in entry && entry.hadRecentInput)) seen.shift += Number(entry.value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
const violationsOn = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)
const shiftOf = (page: Page) => page.evaluate(() => Number(Reflect.get(Reflect.get(window, 'seen'), 'shift')))

/** What the server sends when it fails while it draws: the row of the page that holds this text is an error. */
const withoutPage = (rows: string, text: string): string =>
  rows
    .split('\n')
    .map((row) => (row.includes(text) ? row.replace(/^([0-9a-f]+):.*$/, '$1:E{"digest":"provoked"}') : row))
    .join('\n')

for (const language of languages) {
  const say = words(language)

  test.describe(`in ${language}`, () => {
    test('offline, the open page stays and says so; back online, links work again', async ({ page, context }) => {
      await page.goto(`/${language}/quizzes`)
      await page.waitForLoadState('networkidle')
      await context.setOffline(true)
      await expect(page.getByText(say('offline.text'))).toBeVisible()
      expect(await violationsOn(page)).toEqual([])
      await page.getByRole('link', { name: say('site.exercises') }).click()
      await expect(page.getByText(say('offline.link'))).toBeVisible()
      await expect(page).toHaveURL(new RegExp(`/${language}/quizzes$`))
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await context.setOffline(false)
      await expect(page.getByText(say('offline.link'))).toBeHidden()
      await page.getByRole('link', { name: say('site.exercises') }).click()
      await expect(page).toHaveURL(new RegExp(`/${language}/exercises$`))
    })

    test('an address that leads nowhere offers search, which finds', async ({ page }) => {
      const response = await page.goto(`/${language}/lessons/no-such-lesson`)
      expect(response?.status()).toBe(404)
      await expect(page.getByRole('heading', { name: say('notFound.title') })).toBeVisible()
      await page.getByRole('main').getByRole('searchbox').fill('NodePort')
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(/\/search\?q=NodePort/)
      await expect(page.getByRole('main').getByRole('link').first()).toBeVisible()
    })

    test('a search that finds nothing says what to do', async ({ page }) => {
      await page.goto(`/${language}/search?q=qqqq`)
      await expect(page.getByRole('main').getByRole('status')).toContainText('qqqq')
    })

    test('a page that cannot be drawn says so, and draws itself once it can', async ({ page }) => {
      await page.goto(`/${language}/shortcuts`)
      await page.waitForLoadState('networkidle')
      await page.route(/\/quizzes\?.*_rsc=/, async (route) => {
        const response = await route.fetch()
        await route.fulfill({ response, body: withoutPage(await response.text(), say('quizzes.lead')) })
      })
      await page
        .getByRole('link', { name: say('site.quizzes') })
        .first()
        .click()
      await expect(page.getByRole('heading', { name: say('error.title') })).toBeVisible()
      expect(await violationsOn(page)).toEqual([])
      await page.unroute(/\/quizzes\?.*_rsc=/)
      await page.getByRole('button', { name: say('error.retry') }).click()
      await expect(page.getByRole('heading', { name: say('quizzes.title'), level: 1 })).toBeVisible()
    })
  })
}

for (const [list, title] of [
  ['exercises', 'exercises.title'],
  ['quizzes', 'quizzes.title'],
] as const)
  test(`while ${list} are on their way, their shape is there, and nothing moves when they come`, async ({ page }) => {
    const say = words('en')
    await watchShifts(page)
    await page.goto('/en/shortcuts')
    await page.waitForLoadState('networkidle')
    let arrive = () => {}
    const held = new Promise<void>((resolve) => {
      arrive = resolve
    })
    await page.route(new RegExp(`/en/${list}\\?.*_rsc=`), async (route) => {
      if (!route.request().headers()['next-router-prefetch']) await held
      await route.continue()
    })
    await page
      .getByRole('link', { name: say(`site.${list}`) })
      .first()
      .click()
    await expect(page.locator('main[data-loading]')).toBeVisible()
    await expect(page.getByText(say('site.loading'))).toBeAttached()
    arrive()
    await expect(page.getByRole('heading', { name: say(title), level: 1 })).toBeVisible()
    await expect(page.locator('main[data-loading]')).toHaveCount(0)
    expect(await shiftOf(page)).toBeLessThan(0.02)
  })
