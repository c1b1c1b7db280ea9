/** Full-text search over the course, in both languages at once (docs/decisions/034-search.md). */
import MiniSearch, { type SearchOptions, type SearchResult } from 'minisearch'
import { remember } from '../remember.ts'
import type { Locale } from '../types.ts'
import { type SearchDocument, searchDocuments } from './documents.ts'
import { excerptOf, holdsAny, type Marked, mark } from './marks.ts'
import { isSpelt, queryWords, wordsOfQuery, wordsOfText } from './words.ts'

/** A passage that was found. */
export interface Found {
  readonly kind: SearchDocument['kind']
  /** The page with the heading's anchor, without the language. */
  readonly href: string
  readonly title: Marked
  /** Absent for what stands before the first heading. */
  readonly heading?: Marked
  /** Absent where there is no text, as with quizzes. */
  readonly excerpt?: Marked
  /** The language of the excerpt: the other one where only that text holds what was looked for. */
  readonly language: Locale
}

export interface SearchAnswer {
  readonly results: readonly Found[]
  /** Passages that match, shown or not. */
  readonly total: number
  /** Nothing holds all the words; these hold some of them. */
  readonly partial: boolean
}

/** Longer queries are cut: no question has more. */
export const QUERY_LENGTH = 100
const WORDS_IN_QUERY = 12
/** So that one page does not fill the list. */
const PASSAGES_PER_PAGE = 3

interface Index {
  readonly documents: readonly SearchDocument[]
  readonly words: MiniSearch<SearchDocument>
}

/** Passages for a query, the best first, at most `limit`. Texts are read and indexed once. Throws ContentError. */
export async function find(query: string, locale: Locale, limit: number): Promise<SearchAnswer> {
  const { documents, words } = await remember('search', createIndex)
  const cut = query.slice(0, QUERY_LENGTH)
  const terms = wordsOfQuery(cut).slice(0, WORDS_IN_QUERY)
  if (terms.length === 0) return { results: [], total: 0, partial: false }
  const { hits, partial } = hitsFor(words, cut, optionsFor(terms, locale))
  const perPage = new Map<string, number>()
  const shown = hits.flatMap((hit) => {
    const document = documents[Number(hit.id)]
    if (document === undefined) return []
    const count = (perPage.get(document.href) ?? 0) + 1
    perPage.set(document.href, count)
    return count > PASSAGES_PER_PAGE ? [] : [foundIn(document, locale, wordsToMark(cut, hit))]
  })
  return { results: shown.slice(0, limit), total: hits.length, partial }
}

/** Titles count only with the passage at the top of a page; the others know them as `page`, so that a query may name both. */
const FIELDS = {
  title: { weight: 8, of: ({ title, heading }, locale) => (heading[locale] ? '' : title[locale]) },
  heading: { weight: 4, of: ({ heading }, locale) => heading[locale] },
  text: { weight: 1, of: ({ text }, locale) => text[locale] },
  page: { weight: 0.2, of: ({ title, heading }, locale) => (heading[locale] ? title[locale] : '') },
} as const satisfies {
  readonly [field: string]: {
    readonly weight: number
    readonly of: (document: SearchDocument, locale: Locale) => string
  }
}
type Field = keyof typeof FIELDS
const LOCALES: readonly Locale[] = ['ko', 'en']
const NAMES = Object.keys(FIELDS) as readonly Field[]
/** What the reader's other language weighs. */
const OTHER_LANGUAGE = 0.3

async function createIndex(): Promise<Index> {
  const documents = await searchDocuments()
  const words = new MiniSearch<SearchDocument>({
    fields: LOCALES.flatMap((locale) => NAMES.map((name) => `${name}.${locale}`)),
    extractField: (document, field) => {
      const name = NAMES.find((one) => field.startsWith(`${one}.`))
      const locale = LOCALES.find((one) => field.endsWith(`.${one}`))
      return name && locale ? FIELDS[name].of(document, locale) : String(document.id)
    },
    tokenize: wordsOfText,
    processTerm: (term) => term,
    storeFields: ['kind'],
  })
  await words.addAllAsync(documents, { chunkSize: 20 })
  return { documents, words }
}

const optionsFor = (terms: readonly string[], locale: Locale): SearchOptions => ({
  tokenize: () => [...terms],
  processTerm: (term: string) => term,
  boost: Object.fromEntries(
    LOCALES.flatMap((one) =>
      NAMES.map((name) => [`${name}.${one}`, FIELDS[name].weight * (one === locale ? 1 : OTHER_LANGUAGE)]),
    ),
  ),
  prefix: (term: string) => (isSpelt(term) ? term.length > 1 : [...term].length === 1),
  boostDocument: (_id, _term, stored) => (stored?.kind === 'quiz' ? 0.3 : 1),
})

/** Long words without numbers may be mistyped by a letter in five. */
const mistyped = {
  fuzzy: (term: string) => (isSpelt(term) && term.length > 4 && !/\d/.test(term) ? 0.2 : false),
  maxFuzzy: 2,
}

/** Passages with all the words; else with all of them as they may have been meant; else with some. */
function hitsFor(words: Index['words'], query: string, options: SearchOptions) {
  const all = words.search(query, { ...options, combineWith: 'AND' })
  if (all.length > 0) return { hits: all, partial: false }
  const meant = words.search(query, { ...options, ...mistyped, combineWith: 'AND' })
  if (meant.length > 0) return { hits: meant, partial: false }
  const some = words.search(query, { ...options, ...mistyped, combineWith: 'OR' })
  return { hits: some, partial: some.length > 0 }
}

/** What the reader typed, and the spelt words that stood for it: longer ones, or without the mistake. */
const wordsToMark = (query: string, { terms }: SearchResult): readonly string[] => [
  ...queryWords(query),
  ...terms.filter(isSpelt),
]

function foundIn(document: SearchDocument, locale: Locale, words: readonly string[]): Found {
  const { kind, title, heading, anchor, text } = document
  const own = [title, heading, text].some((part) => holdsAny(part[locale], words))
  const other = locale === 'ko' ? 'en' : 'ko'
  const language = !own && holdsAny(text[other], words) ? other : locale
  return {
    kind,
    href: `${document.href}${anchor[locale] && `#${anchor[locale]}`}`,
    title: mark(title[locale], words),
    ...(heading[locale] && { heading: mark(heading[locale], words) }),
    ...(text[language] && { excerpt: excerptOf(text[language], words) }),
    language,
  }
}
