/** What a learner did survives a server that is killed in the middle. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openExercise } from './support/exercise.ts'
import { words } from './support/words.ts'

const port = Number(process.env.E2E_PORT ?? 3210) + 1
const origin = `http://localhost:${port}`

/** Starts a server of its own on a database of its own, and waits until it answers. */
async function startServer(data: string): Promise<ChildProcess> {
  const server = spawn(process.execPath, ['--import', 'tsx', 'server/index.ts'], {
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), SLIPWAY_DATA: data },
    stdio: 'inherit',
  })
  await expect
    .poll(
      () =>
        fetch(`${origin}/en`).then(
          (r) => r.status,
          () => 0,
        ),
      { timeout: 60_000 },
    )
    .toBe(200)
  return server
}

const ended = (server: ChildProcess) => new Promise((resolve) => server.once('exit', resolve))

test('kill -9 loses neither the cluster, nor the terminal, nor the grade', async ({ page }) => {
  test.setTimeout(180_000)
  const say = words('en')
  const data = mkdtempSync(join(tmpdir(), 'slipway-e2e-'))
  let server = await startServer(data)
  try {
    const { terminal, app, check } = await openExercise(page, `${origin}/en/exercises/type-left-to-default`, say)
    await terminal.run(`kubectl expose deployment ${app} --port=80`)
    await terminal.run('echo remember me > note.txt')
    await check.click()
    await expect(page.getByText(say('exercise.full'))).toBeVisible()

    server.kill('SIGKILL')
    await ended(server)
    await expect(page.getByText(say('terminal.reconnecting')).first()).toBeVisible()
    server = await startServer(data)
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
    const gone = ended(server)
    server.kill('SIGTERM')
    await gone
    rmSync(data, { recursive: true, force: true })
  }
})
