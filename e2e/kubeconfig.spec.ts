/** A learner's own kubectl: the downloaded kubeconfig opens the cluster of the page, until it is revoked. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { TerminalPage } from './support/terminal.ts'
import { type Language, words } from './support/words.ts'

const languages: readonly Language[] = ['ko', 'en']

for (const language of languages)
  test(`the kubeconfig opens the cluster until it is revoked (${language})`, async ({ page, request }) => {
    const say = words(language)
    await page.goto(`/${language}/lessons/nodeport`)
    const terminal = new TerminalPage(page)
    await terminal.ready()
    await page.getByRole('button', { name: say('terminal.menu') }).click()
    await page.getByRole('menuitem', { name: say('terminal.kubeconfig') }).click()
    const dialog = page.getByRole('dialog', { name: say('kubeconfig.title') })
    const downloading = page.waitForEvent('download')
    await dialog.getByRole('button', { name: say('kubeconfig.download') }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe('slipway.kubeconfig')
    const server = /server: (\S+)/.exec(readFileSync(await download.path(), 'utf8'))?.[1]

    const made = await request.post(`${server}/api/v1/namespaces/default/configmaps`, {
      data: { metadata: { name: 'from-afar' } },
    })
    expect(made.status()).toBe(201)
    await dialog.getByRole('button', { name: say('kubeconfig.revoke') }).click()
    await expect(dialog.getByRole('button', { name: say('kubeconfig.revoke') })).toBeHidden()
    expect((await request.get(`${server}/api/v1/namespaces`)).status()).toBe(401)
    await page.keyboard.press('Escape')
    expect(await terminal.run('kubectl get configmap from-afar -o name')).toBe('configmap/from-afar')
  })
