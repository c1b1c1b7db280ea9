/** No kind of page, and nothing that opens on one, has an axe violation in either theme, or a line wider than a phone. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { openExercise } from './support/exercise.ts'
import { TerminalPage } from './support/terminal.ts'
import { type Language, words } from './support/words.ts'

const languages: readonly Language[] = ['ko', 'en']
const pages = [
  '',
  '/lessons',
  '/lessons/nodeport',
  '/exercises',
  '/exercises/nodeport-for-a-pod',
  '/quizzes',
  '/quizzes/nodeport',
  '/search',
  '/search?q=NodePort',
  '/search?q=qqqq',
  '/shortcuts',
  '/cheat-sheets',
  '/cheat-sheets/ports',
  '/shared/nothing-here',
  '/nothing-here',
]

const DESK = 1280
const PHONE = 390
const VIEWS = [
  [DESK, 'light'],
  [PHONE, 'light'],
  [PHONE, 'dark'],
  [DESK, 'dark'],
] as const

/** Looks at the page as it stands, at a desk and on a phone, by day and by night. */
async function expectAccessible(
  page: Page,
  views: readonly (typeof VIEWS)[number][] = VIEWS,
  except: readonly string[] = [],
) {
  for (const [width, colorScheme] of views) {
    await page.setViewportSize({ width, height: 844 })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Colours follow the scheme one frame later.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
    // The guards around an open menu pass the focus on at once.
    const axe = new AxeBuilder({ page }).exclude('[data-base-ui-focus-guard]').disableRules([...except])
    const { violations } = await axe.analyze()
    expect(
      violations.map(({ id, nodes }) => ({
        width,
        colorScheme,
        id,
        where: nodes.map((node) => node.target.join(' ')),
      })),
    ).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  }
}

for (const language of languages)
  for (const path of pages)
    test(`/${language}${path} is accessible`, async ({ page }) => {
      await page.goto(`/${language}${path}`)
      await page.waitForLoadState('networkidle')
      // Colours are the same in both languages: the second is looked at where its words may be too long.
      await expectAccessible(page, language === 'ko' ? VIEWS : VIEWS.slice(1, 2))
    })

test.describe('what opens and what comes later is accessible', () => {
  const say = words('ko')
  const workspace = async (page: Page, path: string) => {
    await page.goto(`/ko${path}`)
    await new TerminalPage(page).ready()
  }
  const openFromMenu = async (page: Page, item: string) => {
    await page.getByRole('button', { name: say('terminal.menu') }).click()
    await page.getByRole('menuitem', { name: say(`terminal.${item}`) }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
  }

  for (const item of ['checkpoints', 'share', 'kubeconfig', 'shortcuts', 'reset'])
    test(`the dialog "${item}" of a workspace`, async ({ page }) => {
      await workspace(page, '/lessons/nodeport')
      await openFromMenu(page, item)
      await expectAccessible(page)
    })

  test('the menu of a terminal', async ({ page }) => {
    await workspace(page, '/lessons/nodeport')
    await page.getByRole('button', { name: say('terminal.menu') }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    // A menu belongs to its button; no landmark has to hold it.
    await expectAccessible(page, VIEWS, ['region'])
  })

  test('the editor', async ({ page }) => {
    await workspace(page, '/lessons/nodeport')
    await new TerminalPage(page).focus()
    await page.keyboard.type('vi service-definition.yml\n')
    await expect(page.locator('.cm-content')).toContainText('nodePort: 30008')
    await expectAccessible(page)
  })

  test('a shared state', async ({ page }) => {
    await workspace(page, '/lessons/nodeport')
    await openFromMenu(page, 'share')
    await page.getByRole('button', { name: say('share.create') }).click()
    await page.goto(await page.getByRole('dialog').locator('code').first().innerText())
    await new TerminalPage(page).ready()
    await expectAccessible(page)
  })

  test('an exercise that was checked, with its hints, its solution and a report', async ({ page }) => {
    const { check } = await openExercise(page, '/ko/exercises/type-left-to-default', say)
    await check.click()
    await expect(page.getByText(say('exercise.yours')).first()).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: say('report.open') }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await expectAccessible(page)
  })

  test('a question that was answered wrongly, and the result', async ({ page }) => {
    await page.goto('/ko/quizzes/nodeport')
    await page.getByRole('radio').nth(1).check()
    await page.getByRole('button', { name: say('quiz.answer'), exact: true }).click()
    await expect(page.getByText(say('quiz.answer'), { exact: true })).toBeHidden()
    await expectAccessible(page)
    const steps = page.getByRole('navigation', { name: say('quiz.questionList') }).getByRole('button')
    await steps.last().click()
    await page.getByRole('button', { name: say('quiz.summary') }).click()
    await expectAccessible(page)
  })

  test('search', async ({ page }) => {
    await page.goto('/ko/exercises')
    await page.waitForLoadState('networkidle')
    await page.keyboard.press('/')
    await page.getByRole('dialog').getByRole('searchbox').fill('NodePort')
    await expect(page.getByRole('dialog').getByRole('link').first()).toBeVisible()
    await expectAccessible(page)
  })
})
