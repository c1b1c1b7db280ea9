import type { Element } from 'hast'
import { toString as textOf } from 'hast-util-to-string'
import { createHighlighterCore } from 'shiki/core'
import { createOnigurumaEngine } from 'shiki/engine/oniguruma'
import { visit } from 'unist-util-visit'
import { describe, expect, it } from 'vitest'
import { shellWords } from './shell-words.ts'

const highlighter = await createHighlighterCore({
  engine: createOnigurumaEngine(import('shiki/wasm')),
  themes: [import('shiki/themes/github-light-high-contrast.mjs')],
  langs: [import('shiki/langs/bash.mjs'), import('shiki/langs/yaml.mjs')],
})

function words(code: string, lang = 'bash') {
  const tree = highlighter.codeToHast(code, { lang, theme: 'github-light-high-contrast', transformers: [shellWords] })
  const found: Element[] = []
  visit(tree, 'element', (node) => {
    if (node.properties.class === 'word') found.push(node)
  })
  return { text: textOf(tree), words: found.map(textOf) }
}

describe('shellWords', () => {
  it.each([
    'kubectl expose deployment api --name=api-svc --target-port=8080',
    "curl -s http://$(k get service api-svc -o jsonpath='{.spec.clusterIP}')/hostname; echo",
    'for i in 1 2; do\n  curl -s "http://$svc" | sort\ndone',
  ])('keeps the words of %j together and every character in its place', (code) => {
    const wrapped = words(code)
    expect(wrapped.text).toBe(code)
    expect(wrapped.words).toEqual(code.split(/\s+/))
  })

  it('leaves other languages alone', () => {
    expect(words('kind: Service', 'yaml').words).toEqual([])
  })
})
