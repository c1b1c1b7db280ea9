import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { BUDGETS } from './budgets.ts'

test('docs/operations.md says what the budgets are', () => {
  const guide = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')
  const rows = [...guide.matchAll(/^\| `(\w+)` \| (\d+) \| .+ \|$/gm)].map(([, name, value]) => [name, Number(value)])
  expect(Object.fromEntries(rows)).toEqual(BUDGETS)
})

test.each(['ko', 'en'])('the page says in %s what the budgets are', (locale) => {
  const texts = JSON.parse(readFileSync(new URL(`../../content/ui/${locale}.json`, import.meta.url), 'utf8'))
  expect(texts.checkpoints.limit).toContain(String(BUDGETS.checkpoints))
  expect(texts.share.limit).toContain(String(BUDGETS.sharedStates))
})
