/** A learner says what is wrong with a task, reads before what is kept, and gets a number after. */
import { expect, test } from '@playwright/test'
import { openExercise } from './support/exercise.ts'
import { type Language, words } from './support/words.ts'

const languages: readonly Language[] = ['ko', 'en']

for (const language of languages) {
  const say = words(language)

  test.describe(`a learner who reads ${language}`, () => {
    test.use({ locale: language === 'ko' ? 'ko-KR' : 'en-US', viewport: { width: 1440, height: 900 } })

    test('reports a problem with a task and goes on', async ({ page }) => {
      const { terminal } = await openExercise(page, `/${language}/exercises/type-left-to-default`, say)
      await terminal.run('kubectl create configmap before-the-report')
      const open = page.getByRole('button', { name: say('report.open') })
      await open.click()
      const dialog = page.getByRole('dialog', { name: say('report.open') })
      for (const kept of ['report.keptCluster', 'report.keptCommands', 'report.keptVerdict'])
        await expect(dialog.getByText(say(kept))).toBeVisible()
      const send = dialog.getByRole('button', { name: say('report.send') })
      await expect(send).toBeDisabled()

      const problem = dialog.getByRole('textbox', { name: say('report.label') })
      await problem.fill('80?')
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
      await open.click()
      await expect(problem).toHaveValue('80?')

      await send.click()
      const [before = '', after = ''] = say('report.receipt').split('{number}')
      await expect(dialog.getByText(new RegExp(`^${before}\\d+${after}$`))).toBeVisible()
      await dialog.getByRole('button', { name: say('report.done') }).click()
      expect(await terminal.run('kubectl get configmap before-the-report -o name')).toBe('configmap/before-the-report')
      await open.click()
      await expect(problem).toHaveValue('')
    })

    test('keeps what was written when it cannot be sent', async ({ page }) => {
      await openExercise(page, `/${language}/exercises/type-left-to-default`, say)
      await page.getByRole('button', { name: say('report.open') }).click()
      const dialog = page.getByRole('dialog', { name: say('report.open') })
      const problem = dialog.getByRole('textbox', { name: say('report.label') })
      await problem.fill('443?')
      await page.context().setOffline(true)
      await dialog.getByRole('button', { name: say('report.send') }).click()
      await expect(dialog.getByRole('alert')).toHaveText(say('report.failed'))
      await expect(problem).toHaveValue('443?')
      await page.context().setOffline(false)
      await dialog.getByRole('button', { name: say('report.send') }).click()
      await expect(dialog.getByRole('status')).toBeVisible()
    })
  })
}
