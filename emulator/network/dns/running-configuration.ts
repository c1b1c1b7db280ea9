import { wordsOf } from './corefile-blocks.ts'
import { sha512 } from './sha512.ts'

interface Token {
  readonly File: ''
  readonly Line: number
  readonly Text: string
}

/** The sum by which CoreDNS's reload plugin tells configurations apart: of their tokens, not of their text (plugin/reload). */
export function runningConfiguration(text: string): string {
  const words = [...wordsOf(text)]
  const blocks: object[] = []
  for (let next = words.shift(); next !== undefined; next = words.shift()) {
    const keys: string[] = []
    for (; next !== undefined && next.text !== '{'; next = words.shift()) keys.push(next.text.replace(/,$/, ''))
    blocks.push({ Keys: keys, Tokens: tokensOf(words) })
  }
  const json = JSON.stringify(blocks)
  // As Go writes JSON: safe to stand in HTML.
  return sha512(json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`))
}

/** The tokens of a block up to its brace, by directive, in the order of their names. */
function tokensOf(words: { readonly text: string; readonly line: number }[]): object {
  const tokens = new Map<string, Token[]>()
  let current: Token[] = []
  let depth = 0
  let line = 0
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (depth === 0 && word.text === '}') break
    if (depth === 0 && word.line !== line) {
      current = tokens.get(word.text) ?? []
      tokens.set(word.text, current)
    }
    if (word.text === '{') depth += 1
    if (word.text === '}') depth -= 1
    current.push({ File: '', Line: word.line, Text: word.text })
    line = word.line
  }
  return Object.fromEntries([...tokens].sort(([a], [b]) => (a < b ? -1 : 1)))
}
