import { describe, expect, it } from 'vitest'
import { quoteForShell, typedWords } from './words.ts'

describe('typedWords', () => {
  it.each([
    ['kubectl get po', ['kubectl', 'get'], 'po', 12],
    ['kubectl get ', ['kubectl', 'get'], '', 12],
    ['echo a; kub', [], 'kub', 8],
    ['ls | grep x', ['grep'], 'x', 10],
    ['x=$(kubectl get ', ['kubectl', 'get'], '', 16],
    ['cat two\\ wo', ['cat'], 'two wo', 4],
    ['cat "two wo', ['cat'], 'two wo', 4],
    ['if true; then ls', [], 'ls', 14],
    ['k -o jsonpath={.a', ['k', '-o'], 'jsonpath={.a', 5],
  ])('%s', (text, before, word, start) => {
    expect(typedWords(text)).toMatchObject({ before, word, start })
  })

  it('sees redirections', () => {
    expect(typedWords('echo a > fi')).toMatchObject({ word: 'fi', isRedirection: true })
    expect(typedWords('echo a > file b')).toMatchObject({ before: ['echo', 'a'], word: 'b', isRedirection: false })
  })
})

describe('quoteForShell', () => {
  it('escapes what the shell would take apart', () => {
    expect(quoteForShell('a b$c', '')).toBe('a\\ b\\$c')
    expect(quoteForShell('a b$c', '"')).toBe('"a b\\$c')
  })
})
