import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { dropDraft, findDraft, keepDraft } from './draft.ts'

const items = new Map<string, string>()
beforeEach(() => {
  items.clear()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
    removeItem: (key: string) => items.delete(key),
  })
})
afterEach(() => vi.unstubAllGlobals())

const draft = { original: 'a: 1', text: 'a: 2', written: undefined }

it('comes back for the same file with the same beginning', () => {
  keepDraft('home', '/a.yml', draft)
  expect(findDraft('home', '/a.yml', 'a: 1')).toEqual(draft)
  expect(findDraft('home', '/b.yml', 'a: 1')).toBeUndefined()
  expect(findDraft('lesson:x', '/a.yml', 'a: 1')).toBeUndefined()
})
it('is of no use once the file has changed, or was dropped', () => {
  keepDraft('home', '/a.yml', draft)
  expect(findDraft('home', '/a.yml', 'a: 3')).toBeUndefined()
  dropDraft('home', '/a.yml')
  expect(findDraft('home', '/a.yml', 'a: 1')).toBeUndefined()
})
it('ignores what is no draft, and storage that is off', () => {
  items.set('draft:home:/a.yml', '{"text":3')
  expect(findDraft('home', '/a.yml', '')).toBeUndefined()
  vi.stubGlobal('sessionStorage', undefined)
  expect(() => keepDraft('home', '/a.yml', draft)).not.toThrow()
  expect(findDraft('home', '/a.yml', 'a: 1')).toBeUndefined()
})
