/** Finds the words of a query in a text, as readers see them. */
import { compose } from './words.ts'

/** A text in pieces, of which some are what was looked for. */
export type Marked = readonly { readonly text: string; readonly found: boolean }[]

/** How many characters an excerpt has, about; and how many of them before what was found. */
const LENGTH = 180
const BEFORE = 50

/** What to mark: any of the words, in any case; those in Hangul also with a blank between two syllables, numbers not within others. */
function patternOf(words: readonly string[]): RegExp | undefined {
  const alternatives = [...new Set(words)]
    .sort((a, b) => b.length - a.length)
    .map((word) =>
      /^\p{Script=Hangul}+$/u.test(word)
        ? [...word].join(' ?')
        : `${/^\d/.test(word) ? '(?<!\\d)' : ''}${literal(word)}`,
    )
  return alternatives.length === 0 ? undefined : new RegExp(alternatives.join('|'), 'giu')
}

const literal = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Does the text hold any of the words? */
export const holdsAny = (text: string, words: readonly string[]): boolean =>
  patternOf(words)?.test(compose(text)) ?? false

/** The whole text, with the words marked. */
export function mark(text: string, words: readonly string[]): Marked {
  const pattern = patternOf(words)
  const whole = compose(text)
  if (pattern === undefined) return [{ text: whole, found: false }]
  const pieces: { text: string; found: boolean }[] = []
  let end = 0
  for (const { 0: match, index } of whole.matchAll(pattern)) {
    if (index > end) pieces.push({ text: whole.slice(end, index), found: false })
    pieces.push({ text: match, found: true })
    end = index + match.length
  }
  if (end < whole.length) pieces.push({ text: whole.slice(end), found: false })
  return pieces
}

/** The part of a text that holds the most of the words, or its beginning, with the words marked. */
export function excerptOf(text: string, words: readonly string[]): Marked {
  const whole = compose(text)
  const from = Math.max(0, densest(whole, words) - BEFORE)
  const start = from === 0 ? 0 : whole.indexOf(' ', from) + 1
  const cut = start + LENGTH < whole.length ? whole.lastIndexOf(' ', start + LENGTH) : whole.length
  const end = cut > start ? cut : Math.min(whole.length, start + LENGTH)
  const part = `${start > 0 ? '… ' : ''}${whole.slice(start, end).replace(/^(… ?)+/, '')}${end < whole.length ? ' …' : ''}`
  return mark(part, words)
}

/** Where the stretch of an excerpt's length begins that holds the most different words. */
function densest(text: string, words: readonly string[]): number {
  const pattern = patternOf(words)
  const matches = pattern ? [...text.matchAll(pattern)].map(({ 0: word, index }) => ({ word, index })) : []
  const different = (from: number): number =>
    new Set(
      matches
        .filter(({ index }) => index >= from && index < from + LENGTH - BEFORE)
        .map(({ word }) => word.toLowerCase()),
    ).size
  return matches.reduce(
    (best, { index }) => {
      const count = different(index)
      return count > best.count ? { index, count } : best
    },
    { index: 0, count: 0 },
  ).index
}
