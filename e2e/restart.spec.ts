/** What a learner did survives a server that is killed in the middle. */
import { expect, test } from '@playwright/test'
import { openExercise } from './support/exercise.ts'
import { OwnServer } from './support/server.ts'
import { words } from './support/words.ts'

test('kill -9 loses neither the cluster, nor the terminal, nor the grade', async ({ page }) => {
  test.setTimeout(180_000)
  const say = words('en')
  const server = new OwnServer()
  const { origin } = server
  try {
    await server.start()
    const { terminal, app, check } = await openExercise(page, `${origin}/en/exercises/type-left-to-default`, say)
    await terminal.run(`kubectl expose deployment ${app} --port=80`)
    await terminal.run('echo remember me > note.txt')
    await check.click()
    await expect(page.getByText(say('exercise.full'))).toBeVisible()

    await server.stop('SIGKILL')
    await expect(page.getByText(say('terminal.reconnecting')).first()).toBeVisible()
    await server.start()
    await expect(page.getByText(say('terminal.reconnecting'))).toHaveCount(0, { timeout: 60_000 })
    await terminal.ready()
    expect(await terminal.screen()).toContain('remember me')
    expect(await terminal.run('cat note.txt')).toBe('remember me')
    expect(await terminal.run(`kubectl get svc ${app} -o jsonpath='{.spec.ports[0].port}{"\\n"}'`)).toBe('80')
    await page.reload()
    await expect(page.getByText(say('exercise.full'))).toBeVisible()
    await page.goto(`${origin}/en/exercises`)
    await expect(page.getByText(say('exercises.passed')).first()).toBeVisible()
  } finally {
    await server.remove()
  }
})
