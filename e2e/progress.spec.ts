/** What a learner did is there on another day: on the course map, at home and on every page, after the server restarted. */
import { type Browser, expect, type Page, test } from '@playwright/test'
import { openExercise } from './support/exercise.ts'
import { OwnServer } from './support/server.ts'
import { type Language, quiz, textIn, words } from './support/words.ts'

const languages: readonly Language[] = ['ko', 'en']
const DAYS = 3 * 24 * 60 * 60 * 1000
const localeOf = (language: Language) => ({ locale: language === 'ko' ? 'ko-KR' : 'en-US' })

/** The first question of a quiz, answered right. */
async function answerFirst(page: Page, language: Language, address: string, slug: string): Promise<void> {
  const say = words(language)
  await page.goto(address)
  const first = quiz(slug).questions[0]
  for (const option of first?.options ?? [])
    if (option.correct) await page.getByLabel(textIn(language, option.text), { exact: true }).check()
  await page.getByRole('button', { name: say('quiz.answer'), exact: true }).click()
  await expect(page.getByText(say('quiz.right'), { exact: true }).first()).toBeVisible()
}

/** A row of the course map. */
const rowOf = (page: Page, href: string) => page.locator('li', { has: page.locator(`a[href$="${href}"]`) }).last()

for (const language of languages) {
  const say = words(language)

  test.describe(`a learner who reads ${language}`, () => {
    test('finds all of it again days later', async ({ browser }) => {
      test.setTimeout(240_000)
      const server = new OwnServer()
      const at = (path: string) => `${server.origin}/${language}${path}`
      try {
        await server.start()
        const state = await firstDay(browser, at)
        await server.stop('SIGTERM')
        await server.start()
        await otherDay(browser, at, state)
      } finally {
        await server.remove()
      }
    })

    test('sees on a new map where to begin, and what each exam asks for', async ({ page }) => {
      await page.goto(`/${language}`)
      await page.getByRole('link', { name: say('home.seeMap') }).click()
      await expect(page.getByRole('heading', { level: 1, name: say('map.title') })).toBeVisible()
      await expect(page.getByText(say('map.nothingYet'))).toBeVisible()
      await expect(page.getByText(say('map.weight', { exam: 'CKA', weight: 30 }))).toBeVisible()
      await page
        .getByRole('link', { name: say('map.domainExercises') })
        .nth(1)
        .click()
      await expect(page).toHaveURL(/exercises\?domain=cka\/troubleshooting|exercises\?domain=cka%2Ftroubleshooting/)
      const cards = page.locator('main li', { has: page.getByRole('heading') })
      await expect(cards.first()).toBeVisible()
      for (const card of await cards.allInnerTexts())
        expect(card).toContain(language === 'ko' ? 'CKA 문제 해결' : 'CKA Troubleshooting')
      await page.getByRole('link', { name: say('site.course'), exact: true }).click()
      await page.getByRole('link', { name: say('map.start') }).click()
      await expect(page).toHaveURL(/lessons\/why-services/)
    })
  })

  /** Reads a lesson, passes an exercise, answers a question; gives the browser's cookies. */
  async function firstDay(browser: Browser, at: (path: string) => string) {
    const context = await browser.newContext({ ...localeOf(language), viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await page.goto(at('/lessons/why-services'))
    await page.getByRole('button', { name: say('lesson.finish') }).click()
    await expect(page.getByText(say('lesson.finished'))).toBeVisible()

    const { terminal, app, check } = await openExercise(page, at('/exercises/type-left-to-default'), say)
    await terminal.run(`kubectl expose deployment ${app} --port=80`)
    await check.click()
    await expect(page.getByText(say('exercise.full'))).toBeVisible()

    await answerFirst(page, language, at('/quizzes/nodeport'), 'nodeport')
    const state = await context.storageState()
    await context.close()
    return state
  }

  async function otherDay(
    browser: Browser,
    at: (path: string) => string,
    storageState: Awaited<ReturnType<typeof firstDay>>,
  ): Promise<void> {
    const context = await browser.newContext({ ...localeOf(language), storageState })
    const page = await context.newPage()
    await page.clock.setSystemTime(Date.now() + DAYS)

    await page.goto(at('/lessons'))
    await expect(page.getByText(say('map.nothingYet'))).toBeHidden()
    await page.locator('details:not([open]) > summary').evaluateAll((all) => {
      for (const summary of all) if (summary instanceof HTMLElement) summary.click()
    })
    await expect(rowOf(page, '/lessons/why-services')).toContainText(say('map.state.done'))
    await expect(rowOf(page, '/exercises/type-left-to-default')).toContainText(say('map.state.done'))
    const questions = quiz('nodeport').questions.length
    await expect(rowOf(page, '/quizzes/nodeport')).toContainText(say('map.right', { got: 1, outOf: questions }))
    await expect(rowOf(page, '/lessons/endpoints')).toContainText(say('map.state.new'))
    await expectNumbers(page.getByRole('region', { name: say('map.whole') }))
    await expectNumbers(
      page
        .getByRole('region', { name: say('map.exam.CKA') })
        .locator('li')
        .first(),
    )

    await page.goto(at(''))
    await expect(page.getByRole('link', { name: say('home.continue') })).toBeVisible()

    await page.goto(at('/lessons/why-services'))
    await expect(page.getByText(say('lesson.finished'))).toBeVisible()
    await page.goto(at('/exercises'))
    await expect(page.getByText(say('exercises.passed'), { exact: true })).toHaveCount(1)
    await page.goto(at('/exercises/type-left-to-default'))
    await expect(page.getByText(say('exercise.full'))).toBeVisible()
    await page.goto(at('/quizzes/nodeport'))
    await page.getByRole('button', { name: say('quiz.previous') }).click()
    await expect(page.getByText(say('quiz.right'), { exact: true }).first()).toBeVisible()
    await context.close()
  }

  /** One lesson read, one exercise passed, one question answered, and that right. */
  async function expectNumbers(part: ReturnType<Page['locator']>): Promise<void> {
    const starting = (key: string, values: Record<string, number>) =>
      say(key, values).split(/\{(?:total|outOf)\}/)[0] ?? ''
    await expect(part).toContainText(starting('map.lessonsRead', { done: 1 }))
    await expect(part).toContainText(starting('map.exercisesPassed', { done: 1 }))
    await expect(part).toContainText(starting('map.questionsAnswered', { answered: 1 }))
    await expect(part).toContainText(say('map.share', { share: 100 }))
  }
}

test('the map and its links are there without scripts', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-US' })
  const page = await context.newPage()
  const say = words('en')
  await page.goto('/en')
  await page.getByRole('link', { name: say('site.course'), exact: true }).click()
  await expect(page.getByText(say('map.nothingYet'))).toBeVisible()
  await expect(page.getByRole('link', { name: 'Pods come and go, a Service stays' }).first()).toBeVisible()
  await context.close()
})
