/** The words of the simple command that the cursor stands in. */
export interface TypedWords {
  /** Unquoted words before the one being typed. */
  readonly before: readonly string[]
  /** What the word means so far, without its quotes. */
  readonly word: string
  /** Where it begins in the line. */
  readonly start: number
  /** An open quote around the word. */
  readonly quote: '' | "'" | '"'
  /** The word follows `>` or `<`: a file's name. */
  readonly isRedirection: boolean
}

const SEPARATORS = new Set([';', '|', '&', '(', ')', '\n', '`', '{', '}'])
const KEYWORDS = new Set(['if', 'then', 'else', 'elif', 'do', 'while', 'until', '!', 'time', '{'])

/** Splits the text before the cursor as the shell would, as far as completion needs it. */
export function typedWords(text: string): TypedWords {
  let before: string[] = []
  let word = ''
  let start = 0
  let inWord = false
  let quote: TypedWords['quote'] = ''
  let isRedirection = false
  const finish = (at: number): void => {
    if (inWord && !isRedirection && !(before.length === 0 && KEYWORDS.has(word))) before.push(word)
    if (inWord) isRedirection = false
    word = ''
    inWord = false
    start = at + 1
  }
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (quote !== '') {
      if (character === quote) quote = ''
      else if (character === '\\' && quote === '"' && at + 1 < text.length) word += text.charAt(++at)
      else word += character
    } else if (character === "'" || character === '"') {
      quote = character
      inWord = true
    } else if (character === '\\') {
      inWord = true
      if (at + 1 < text.length) word += text.charAt(++at)
    } else if (character === ' ' || character === '\t') finish(at)
    else if (character === '>' || character === '<') {
      if (/^\d$/.test(word)) word = ''
      finish(at)
      isRedirection = true
    } else if (SEPARATORS.has(character) && !(character === '{' && inWord) && !(character === '}' && inWord)) {
      finish(at)
      before = []
      isRedirection = false
    } else {
      word += character
      inWord = true
    }
  }
  return { before, word, start: inWord ? start : text.length, quote, isRedirection }
}

/** A word as it must stand in the line to mean this. */
export function quoteForShell(text: string, quote: TypedWords['quote']): string {
  if (quote === "'") return `'${text}`
  if (quote === '"') return `"${text.replace(/["\\$`]/g, '\\$&')}`
  return text.replace(/[\s"'\\$`&|;<>()*?[\]#!{}]/g, '\\$&')
}
