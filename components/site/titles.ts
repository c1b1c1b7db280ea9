/** A page that can be found by its title. */
export interface Title {
  readonly kind: 'lesson' | 'exercise' | 'quiz'
  readonly href: string
  readonly title: string
  /** More words it is found by. */
  readonly words: string
}

const fold = (text: string) => text.normalize('NFC').toLowerCase()

/** Titles that hold every word of the query, those with the words in the title itself first. */
export function searchTitles(titles: readonly Title[], query: string): readonly Title[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  const holds = (text: string) => words.every((word) => fold(text).includes(word))
  const found = titles.filter((entry) => holds(`${entry.title} ${entry.words} ${entry.href}`))
  return [...found.filter((entry) => holds(entry.title)), ...found.filter((entry) => !holds(entry.title))]
}
