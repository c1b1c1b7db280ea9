/** An exercise's goal beside the present: its marks go as the learner gets there; what fails a check says what and why. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { openExercise } from './support/exercise.ts'
import { TerminalPage } from './support/terminal.ts'
import { type Language, words } from './support/words.ts'

const languages: readonly Language[] = ['ko', 'en']

async function expectNoViolations(page: Page, where: string) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).include(where).analyze()
    expect(violations.map(({ id, nodes }) => ({ colorScheme, id, at: nodes.map((node) => node.target) }))).toEqual([])
  }
}

for (const language of languages) {
  const say = words(language)
  const goalOf = (page: Page) => page.getByRole('region', { name: say('goal.title'), exact: true })

  test.describe(`a learner who reads ${language}`, () => {
    test.use({ locale: language === 'ko' ? 'ko-KR' : 'en-US', viewport: { width: 1440, height: 900 } })

    test('sees the goal beside the present, and its marks go', async ({ page }) => {
      const { terminal, app, check } = await openExercise(page, `/${language}/exercises/type-left-to-default`, say)
      const service = goalOf(page).getByRole('button', { name: new RegExp(`^${app}.*:80`) })
      await expect(service).toContainText(say('goal.missing'))
      await expect(goalOf(page).getByRole('button')).toHaveCount(2)
      await expectNoViolations(page, '.pane-cluster')

      await terminal.run(`kubectl expose deployment ${app} --port=8080`)
      await expect(service).toContainText(say('goal.differs'))
      await service.focus()
      const cluster = page.getByRole('region', { name: say('workspace.cluster'), exact: true })
      await expect(cluster.getByRole('listitem').filter({ hasText: '8080' })).toBeVisible()

      await check.click()
      const criterion = page
        .getByRole('listitem')
        .filter({ hasText: say('exercise.failed') })
        .first()
      const difference = criterion.getByRole('list', { name: say('exercise.diff') })
      await expect(difference.getByText(say('exercise.diff_differs'))).toBeVisible()
      await expect(difference).toContainText(`${say('exercise.yours')}8080 → 8080/TCP`)
      await expect(difference).toContainText(`${say('exercise.expected')}80 → 80/TCP`)
      await expect(criterion.getByText('targetPort')).toBeVisible()
      await page
        .getByRole('button', { name: say('exercise.diedHere') })
        .first()
        .click()
      await expect(cluster.getByText(say('trace.cause'))).toBeVisible()
      await expectNoViolations(page, 'main')

      await terminal.run(`kubectl delete service ${app}`)
      await expect(service).toContainText(say('goal.missing'))
      await terminal.run(`kubectl expose deployment ${app} --port=80`)
      await expect(page.getByText(say('goal.reached'))).toBeVisible()
      await expect(service).not.toContainText(say('goal.missing'))
      await expect(service).not.toContainText(say('goal.differs'))
      await expectNoViolations(page, '.pane-cluster')
    })

    test('reads the goal as a list', async ({ page }) => {
      await openExercise(page, `/${language}/exercises/type-left-to-default`, say)
      await page.getByRole('button', { name: say('topology.list'), exact: true }).click()
      const goal = goalOf(page)
      await expect(goal.getByRole('heading', { name: say('goal.toReach') })).toBeVisible()
      await expect(
        goal
          .getByRole('listitem')
          .filter({ hasText: say('goal.missing') })
          .first(),
      ).toBeVisible()
      await expect(goal.getByRole('heading', { name: say('goal.stays') })).toBeVisible()
      await expectNoViolations(page, '.pane-cluster')
    })

    test('is told when a picture cannot show the goal', async ({ page }) => {
      await page.goto(`/${language}/exercises/look-ups-into-files`)
      await new TerminalPage(page).ready()
      await expect(page.getByText(say('goal.noPicture'))).toBeVisible()
      await expect(goalOf(page)).toBeHidden()
    })

    test('switches between now and the goal on a phone', async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 })
      await openExercise(page, `/${language}/exercises/type-left-to-default`, say)
      await page.getByRole('button', { name: say('workspace.cluster'), exact: true }).click()
      const present = page.getByRole('region', { name: say('topology.pane'), exact: true })
      await expect(present).toBeVisible()
      await page
        .getByRole('group', { name: say('goal.switch') })
        .getByRole('button')
        .last()
        .click()
      await expect(goalOf(page).getByText(say('goal.missing'))).toBeVisible()
      await expect(present).toBeHidden()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
      await expectNoViolations(page, '.workspace-pane')
    })
  })
}
