/** A request that dies: the drawing walks it to the cause, `trace` tells it, and a reload shows it again. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { TerminalPage } from './support/terminal.ts'
import { type Language, words } from './support/words.ts'

const cases: readonly { readonly language: Language; readonly cause: RegExp; readonly told: RegExp }[] = [
  { language: 'en', cause: /Service web selects app=web, and no Pod/, told: /Cause: Service web selects app=web/ },
  { language: 'ko', cause: /web 서비스의 셀렉터는 app=web인데/, told: /원인: 파드가 선택되지 않았어요/ },
]

const FAILING = 'curl -sS http://192.168.1.2:30080'

/** A lesson with a Service whose selector fits no Pod, before anything was sent to it. */
async function openLesson(page: Page, language: Language): Promise<TerminalPage> {
  await page.goto(`/${language}/lessons/nodeport`)
  const terminal = new TerminalPage(page)
  await terminal.ready()
  await terminal.run('kubectl create deployment webapp --image=nginx')
  await terminal.run('kubectl create service nodeport web --tcp=80:80 --node-port=30080')
  return terminal
}

for (const { language, cause, told } of cases) {
  const say = words(language)
  const clusterOf = (page: Page) => page.getByRole('region', { name: say('workspace.cluster'), exact: true })

  test.describe(`a learner who reads ${language}`, () => {
    test.use({ locale: language === 'ko' ? 'ko-KR' : 'en-US', viewport: { width: 1440, height: 900 } })

    test('walks a failed request to its cause', async ({ page }) => {
      const terminal = await openLesson(page, language)
      expect(await terminal.run(FAILING)).toContain('curl: (7)')

      const cluster = clusterOf(page)
      await expect(cluster.getByText(say('trace.cause'))).toBeVisible()
      await expect(cluster.getByText(cause).last()).toBeVisible()

      expect((await terminal.run(`trace ${FAILING}`)).replace(/\s+/g, ' ')).toMatch(told)

      await page.reload()
      await terminal.ready()
      await expect(cluster.getByText(cause).last()).toBeVisible()
    })

    test('steps through it by keyboard alone', async ({ page }) => {
      const terminal = await openLesson(page, language)
      await terminal.run(FAILING)
      const cluster = clusterOf(page)
      const sentence = cluster.getByText(say('trace.cause'))
      await expect(sentence).toBeVisible()

      await page.keyboard.press('Control+Shift+K')
      await page.keyboard.press('w')
      await expect(cluster.getByRole('button', { name: say('trace.play'), exact: true })).toBeFocused()
      await page.keyboard.press('ArrowLeft')
      await expect(sentence).toBeHidden()
      await page.keyboard.press('ArrowRight')
      await expect(sentence).toBeVisible()
      await page.keyboard.press('Home')
      await expect(cluster.getByText('0/3', { exact: true })).toBeVisible()
      await expect(sentence).toBeHidden()
      await page.keyboard.press('Space')
      await expect(sentence).toBeVisible()
      await page.keyboard.press('Home')
      await page.keyboard.press('End')
      await expect(sentence).toBeVisible()
    })

    test('reads the cause on a phone, where nothing moves if nothing should', async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 })
      await page.emulateMedia({ reducedMotion: 'reduce' })
      const terminal = await openLesson(page, language)
      await terminal.run(FAILING)
      await page.getByRole('button', { name: say('workspace.cluster'), exact: true }).click()

      const cluster = clusterOf(page)
      await expect(cluster.getByText(say('trace.refused'), { exact: true })).toBeVisible()
      expect(await cluster.getByRole('button', { name: say('trace.pause'), exact: true }).count()).toBe(0)
      await expect(cluster.getByText(say('trace.cause'))).toBeInViewport()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.target.join(' ')) }))).toEqual([])
    })
  })
}
