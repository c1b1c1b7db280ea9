/** Before any script runs, and where none may: every text is there to be read, in its place, and nothing is a dead end. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { type Language, quiz, textIn, words } from './support/words.ts'

const languages: readonly Language[] = ['ko', 'en']

/** The last heading of a text, as its author wrote it. */
const headingOf = (text: string, language: Language): string =>
  [...readFileSync(`content/${text}.${language}.mdx`, 'utf8').matchAll(/^## (.*)$/gm)].at(-1)?.[1] ?? ''

/** A sentence of each page that a reader without scripts must be able to read. */
const texts = (language: Language, say: (key: string) => string) => ({
  '': say('home.title'),
  '/lessons': { ko: 'NodePort', en: 'NodePort' }[language],
  '/lessons/nodeport': headingOf('lessons/nodeport/lesson', language),
  '/exercises': say('exercises.lead'),
  '/exercises/type-left-to-default': { ko: '디플로이먼트', en: 'Deployment' }[language],
  '/quizzes': say('quizzes.lead'),
  '/quizzes/nodeport': textIn(language, quiz('nodeport').questions[0]?.prompt ?? '').replace(/`/g, ''),
  '/cheat-sheets': say('cheatSheets.lead'),
  '/cheat-sheets/ports': headingOf('cheat-sheets/ports/sheet', language),
  '/search?q=NodePort': 'NodePort',
  '/shortcuts': say('shortcuts.intro'),
})

for (const language of languages) {
  const say = words(language)
  test.describe(`without scripts, in ${language}`, () => {
    test.use({ javaScriptEnabled: false, locale: language === 'ko' ? 'ko-KR' : 'en-US' })

    for (const [path, text] of Object.entries(texts(language, say)))
      test(`/${language}${path} can be read`, async ({ page }) => {
        await page.goto(`/${language}${path}`)
        const main = page.locator('main:visible')
        await expect(main).toHaveCount(1)
        await expect(main.getByRole('heading', { level: 1 })).toBeVisible()
        expect(await main.innerText()).toContain(text)
        const [top, foot] = await Promise.all([main.boundingBox(), page.locator('body > footer').boundingBox()])
        expect(foot?.y ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual((top?.y ?? 0) + (top?.height ?? 0) - 1)
      })
  })
}
