import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { networkPage } from './page.ts'
import { testTitles } from './test-titles.ts'

const ROOT = join(import.meta.dirname, '..', '..')

test('every behaviour of the network names tests that exist', () => {
  expect(networkPage(ROOT).problems).toEqual([])
})

test('docs/network.md is up to date: node scripts/run.mjs network.ts', () => {
  expect(readFileSync(join(ROOT, 'docs', 'network.md'), 'utf8')).toBe(networkPage(ROOT).text)
})

test('titles are found with the group around them, with quotes in them, and behind tables', () => {
  const text = `describe('a Service', () => {
  it('answers', () => {})
  it("takes a client's address", () => {})
})
test.each([1, 2])('counts %s', () => {})
test('stands alone', async () => {})
`
  expect(testTitles(text).map(({ full }) => full)).toEqual([
    'a Service › answers',
    "a Service › takes a client's address",
    'counts %s',
    'stands alone',
  ])
})
