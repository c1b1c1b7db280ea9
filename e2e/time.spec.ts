/** Steps back and forward, a reset and its undo, a checkpoint, and a link opened by somebody else, in both languages. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { openExercise } from './support/exercise.ts'
import { TerminalPage } from './support/terminal.ts'
import { type Language, words } from './support/words.ts'

const languages: readonly Language[] = ['ko', 'en']

for (const language of languages) {
  const say = words(language)

  /** Waits until the terminal has said a line, and stands at a prompt again. */
  async function said(terminal: TerminalPage, text: string): Promise<void> {
    await expect.poll(() => terminal.screen()).toContain(text)
    await terminal.ready()
  }

  /** Each item opens a dialog. A press just as the menu opens may be taken for the one that opened it. */
  async function openMenu(page: Page, item: string): Promise<void> {
    await expect(async () => {
      await page.getByRole('button', { name: say('terminal.menu'), exact: true }).click({ timeout: 2000 })
      await page.getByRole('menuitem', { name: say(item), exact: true }).click({ timeout: 2000 })
      await expect(page.getByRole('dialog')).toBeVisible({ timeout: 5000 })
    }).toPass()
  }

  async function openLesson(page: Page) {
    await page.goto(`/${language}/lessons/nodeport`)
    const terminal = new TerminalPage(page)
    await terminal.ready()
    return {
      terminal,
      undo: page.getByRole('button', { name: say('steps.undo'), exact: true }),
      redo: page.getByRole('button', { name: say('steps.redo'), exact: true }),
    }
  }

  test.describe(`a learner who reads ${language} and changes their mind`, () => {
    test.use({ locale: language === 'ko' ? 'ko-KR' : 'en-US', viewport: { width: 1440, height: 900 } })

    test('takes a deletion back, does it again, by button and by chord', async ({ page }) => {
      const { terminal, undo, redo } = await openLesson(page)
      await expect(undo).toBeDisabled()
      await expect(redo).toBeDisabled()
      await terminal.run('kubectl create service clusterip web --tcp=80')
      await terminal.run('kubectl delete service web')
      await expect(undo).toHaveAttribute('title', /kubectl delete service web/)
      await undo.click()
      await said(terminal, ': kubectl delete service web')
      expect(await terminal.run('kubectl get service web -o name')).toBe('service/web')
      await redo.click()
      await said(terminal, ': kubectl delete service web')
      expect(await terminal.run('kubectl get service web')).toContain('NotFound')
      await page.keyboard.press('Control+Shift+Z')
      await said(terminal, ': kubectl delete service web')
      expect(await terminal.run('kubectl get service web -o name')).toBe('service/web')
      await page.keyboard.press('Control+Shift+Y')
      await expect(redo).toBeDisabled()
      await page.reload()
      await terminal.ready()
      await undo.click()
      await said(terminal, '↶')
      expect(await terminal.run('kubectl get service web -o name')).toBe('service/web')
    })

    test('resets after one question, and undoes that', async ({ page }) => {
      const { terminal, undo } = await openLesson(page)
      await terminal.run('kubectl create configmap precious')
      await terminal.run('echo mine > note.txt')
      await openMenu(page, 'terminal.reset')
      await page.getByRole('button', { name: say('reset.confirm'), exact: true }).click()
      await expect(page.getByText(say('workspace.noticeReset')).first()).toBeVisible()
      await said(terminal, '↺')
      expect(await terminal.run('kubectl get configmap precious')).toContain('NotFound')
      await undo.click()
      await expect(page.getByRole('button', { name: say('reset.undo') })).toHaveCount(0)
      await said(terminal, '↶')
      expect(await terminal.run('kubectl get configmap precious -o name; cat note.txt')).toBe(
        'configmap/precious\nmine',
      )
    })

    test('keeps a grade when the work it was given for is undone', async ({ page }) => {
      const { terminal, app, check } = await openExercise(page, `/${language}/exercises/type-left-to-default`, say)
      await terminal.run(`kubectl expose deployment ${app} --port=80`)
      await check.click()
      await expect(page.getByText(say('exercise.full'))).toBeVisible()
      await page.getByRole('button', { name: say('steps.undo'), exact: true }).click()
      await said(terminal, `: kubectl expose deployment ${app}`)
      expect(await terminal.run(`kubectl get service ${app}`)).toContain('NotFound')
      await page.reload()
      await expect(page.getByText(say('exercise.full'))).toBeVisible()
      await check.click()
      await expect(page.getByText(say('exercise.full'))).toBeHidden()
      await page.goto(`/${language}/exercises`)
      await expect(page.getByText(say('exercises.passed')).first()).toBeVisible()
    })

    test('saves a checkpoint and comes back to it another day', async ({ page }) => {
      const { terminal } = await openLesson(page)
      await terminal.run('kubectl create configmap early')
      await openMenu(page, 'terminal.checkpoints')
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(say('checkpoints.name')).fill('A')
      await dialog.getByRole('button', { name: say('checkpoints.save'), exact: true }).click()
      await expect(dialog.getByRole('listitem')).toHaveCount(1)
      await page.keyboard.press('Escape')
      await terminal.run('kubectl delete configmap early')
      await page.reload()
      await terminal.ready()
      await openMenu(page, 'terminal.checkpoints')
      await dialog.getByRole('button', { name: say('checkpoints.goTo').replace('{name}', 'A') }).click()
      await expect(dialog).toHaveCount(0)
      await said(terminal, '↺')
      expect(await terminal.run('kubectl get configmap early -o name')).toBe('configmap/early')
      await openMenu(page, 'terminal.checkpoints')
      await dialog.getByRole('button', { name: say('checkpoints.delete').replace('{name}', 'A') }).click()
      await expect(dialog.getByText(say('checkpoints.none'))).toBeVisible()
    })

    test('sends a link that somebody else opens as a copy', async ({ page, browser }) => {
      const { terminal } = await openLesson(page)
      await terminal.run('kubectl create configmap sent')
      await openMenu(page, 'terminal.share')
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: say('share.create') }).click()
      const address = await dialog.locator('code').first().innerText()
      expect(address).toMatch(/\/shared\/[\w-]{22}$/)

      const other = await browser.newContext({ locale: language === 'ko' ? 'ko-KR' : 'en-US' })
      const visitor = await other.newPage()
      await visitor.goto(address)
      await expect(visitor).toHaveURL(new RegExp(`/${language}/shared/`))
      await expect(visitor.getByRole('heading', { level: 1, name: say('shared.title') })).toBeVisible()
      const copy = new TerminalPage(visitor)
      await copy.ready()
      expect(await copy.screen()).not.toContain('kubectl create')
      const { violations } = await new AxeBuilder({ page: visitor }).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(' '))])).toEqual([])
      expect(await copy.run('kubectl delete configmap sent')).toContain('configmap "sent" deleted')
      await page.keyboard.press('Escape')
      expect(await terminal.run('kubectl get configmap sent -o name')).toBe('configmap/sent')

      await openMenu(page, 'terminal.share')
      await dialog.getByRole('button', { name: say('share.delete'), exact: true }).click()
      await expect(dialog.locator('code')).toHaveCount(0)
      const late = await (await browser.newContext({ locale: language === 'ko' ? 'ko-KR' : 'en-US' })).newPage()
      expect((await late.goto(address))?.status()).toBe(404)
      await expect(late.getByText(say('shared.goneText'))).toBeVisible()
      await visitor.reload()
      await expect(visitor.getByText(say('shared.expired'))).toBeVisible()
      await other.close()
    })
  })
}
