import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Tree = { readonly [key: string]: string | Tree }
const read = (name: string): Tree =>
  JSON.parse(readFileSync(new URL(`../../content/ui/${name}.json`, import.meta.url), 'utf8'))

const flatten = (tree: Tree, path = ''): readonly (readonly [string, string])[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as const] : flatten(value, `${path}${key}.`),
  )
const unplural = (text: string) => text.replace(/\{(\w+), plural,(?:[^{}]|\{[^{}]*\})*\}/g, '{$1}')
const names = (text: string) => [...new Set([...unplural(text).matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort()

describe.each([
  ['the interface', 'ko', 'en'],
  ['traced hops', 'trace.ko', 'trace.en'],
])('texts of %s', (_, ko, en) => {
  const [korean, english] = [new Map(flatten(read(ko))), new Map(flatten(read(en)))]
  it('exist in both languages', () => {
    expect([...korean.keys()].sort()).toEqual([...english.keys()].sort())
  })
  it.each([...english])('%s takes the same parameters in both', (key, text) => {
    expect(names(korean.get(key) ?? '')).toEqual(names(text))
  })
  it('says nothing in Korean style that the interface avoids, and leaves no text empty', () => {
    for (const [key, text] of korean) {
      expect(text.trim(), key).not.toBe('')
      expect(text, key).not.toMatch(/(습니다|십시오|하세요!)/)
    }
  })
})
