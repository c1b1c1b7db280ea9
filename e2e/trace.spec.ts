/** A request that dies: the drawing walks it to the cause, `trace` tells it, and a reload shows it again. */
import { expect, test } from '@playwright/test'
import { TerminalPage } from './support/terminal.ts'
import { type Language, words } from './support/words.ts'

const cases: readonly { readonly language: Language; readonly cause: RegExp; readonly told: RegExp }[] = [
  { language: 'en', cause: /Service web selects app=web, and no Pod/, told: /Cause: Service web selects app=web/ },
  { language: 'ko', cause: /web 서비스의 셀렉터는 app=web인데/, told: /원인: 파드가 선택되지 않았어요/ },
]

for (const { language, cause, told } of cases) {
  const say = words(language)

  test.describe(`a learner who reads ${language}`, () => {
    test.use({ locale: language === 'ko' ? 'ko-KR' : 'en-US', viewport: { width: 1440, height: 900 } })

    test('walks a failed request to its cause', async ({ page }) => {
      await page.goto(`/${language}/lessons/nodeport`)
      const terminal = new TerminalPage(page)
      await terminal.ready()
      await terminal.run('kubectl create deployment webapp --image=nginx')
      await terminal.run('kubectl create service nodeport web --tcp=80:80 --node-port=30080')
      expect(await terminal.run('curl -sS http://192.168.1.2:30080')).toContain('curl: (7)')

      const cluster = page.getByRole('region', { name: say('workspace.cluster'), exact: true })
      await expect(cluster.getByText(say('trace.cause'))).toBeVisible()
      await expect(cluster.getByText(cause).last()).toBeVisible()
      const back = cluster.getByRole('button', { name: say('trace.back'), exact: true })
      await back.click()
      await expect(cluster.getByText(say('trace.cause'))).toBeHidden()
      await back.press('ArrowRight')
      await expect(cluster.getByText(say('trace.cause'))).toBeVisible()

      expect((await terminal.run('trace curl -sS http://192.168.1.2:30080')).replace(/\s+/g, ' ')).toMatch(told)

      await page.reload()
      await terminal.ready()
      await expect(cluster.getByText(cause).last()).toBeVisible()
    })
  })
}
