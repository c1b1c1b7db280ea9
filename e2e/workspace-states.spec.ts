/** A workspace without a connection: before there is one, offline, and when its editor cannot save. */
import { expect, test, type WebSocketRoute } from '@playwright/test'
import { openExercise } from './support/exercise.ts'
import { TerminalPage } from './support/terminal.ts'
import { type Language, words } from './support/words.ts'

const languages: readonly Language[] = ['ko', 'en']
const EXERCISE = 'exercises/type-left-to-default'

for (const language of languages) {
  const say = words(language)

  test.describe(`a learner who reads ${language}`, () => {
    test.use({ locale: language === 'ko' ? 'ko-KR' : 'en-US', viewport: { width: 1440, height: 900 } })

    test('is told of being offline, and goes on where they were', async ({ page, context }) => {
      const { terminal, check } = await openExercise(page, `/${language}/${EXERCISE}`, say)
      await terminal.focus()
      await page.keyboard.type('sleep 3; echo back-at-the-prompt')
      await page.keyboard.press('Enter')
      await context.setOffline(true)
      await expect(page.getByText(say('terminal.offline'))).toBeVisible()
      await check.click()
      await expect(page.getByText(say('exercise.failedAction'))).toBeVisible()

      await context.setOffline(false)
      await expect(page.getByText(say('terminal.offline'))).toBeHidden()
      await expect.poll(() => terminal.screen()).toMatch(/^back-at-the-prompt$/m)
      await check.click()
      await expect(page.getByText(say('exercise.failedAction'))).toBeHidden()
      await expect(page.getByText('0 / 10')).toBeVisible()
    })

    test('keeps what the editor could not save', async ({ page, context }) => {
      const { terminal } = await openExercise(page, `/${language}/${EXERCISE}`, say)
      await terminal.focus()
      await page.keyboard.type('nano note.txt\n')
      await page.locator('.cm-content').click()
      await page.keyboard.type('written on a train\n')
      await context.setOffline(true)
      await expect(page.getByText(say('terminal.offline'))).toBeVisible()
      await page.getByRole('button', { name: say('editor.saveClose') }).click()
      await expect(page.getByText(say('editor.stuck'))).toBeVisible()

      await context.setOffline(false)
      await expect(page.getByText(say('terminal.offline'))).toBeHidden()
      await page.getByRole('button', { name: say('editor.saveClose') }).click()
      await expect(page.locator('.cm-content')).toBeHidden()
      await terminal.ready()
      expect(await terminal.run('cat note.txt')).toBe('written on a train')
    })
  })
}

test('what is typed before the terminal is connected reaches it', async ({ page }) => {
  const waiting: { socket: WebSocketRoute; hello: string | Buffer }[] = []
  await page.routeWebSocket('**/ws/workspace', (socket) => {
    socket.onMessage((hello) => void waiting.push({ socket, hello }))
  })
  await page.goto(`/en/${EXERCISE}`)
  await expect.poll(() => waiting.length).toBe(1)
  const terminal = new TerminalPage(page)
  await terminal.focus()
  await page.keyboard.type('echo typed early\n')
  for (const { socket, hello } of waiting) {
    const server = socket.connectToServer()
    socket.onMessage((message) => server.send(message))
    server.send(hello)
  }
  await expect.poll(() => terminal.screen()).toMatch(/^typed early$/m)
})
