/** Cuts texts and queries into the words of the index. */

/** Runs of Hangul; everything else that names something, with its dots, dashes and slashes: `kube-proxy`, `10.96.0.10`. */
const WORD = /[\p{Script=Hangul}]+|[\p{Script=Latin}\p{N}]+(?:[._/:-][\p{Script=Latin}\p{N}]+)*/gu
const isHangul = (word: string): boolean => /^\p{Script=Hangul}/u.test(word)

/** Puts Korean typed as separate letters together; macOS writes such text. */
export const compose = (text: string): string => text.normalize('NFC')

/**
 * The words that a text is found by. Korean puts particles behind words and compounds words freely, so it is cut into
 * pairs of syllables: 파드를 is found by 파드, 로드 밸런서 (across one blank too) by 로드밸런서. Other words also count by
 * their parts: `targetPort` by port, `kube-proxy` by proxy.
 */
export function wordsOfText(text: string): string[] {
  return [...compose(text).matchAll(WORD)].flatMap(({ 0: word, index, input }) =>
    isHangul(word) ? [...pairs(word), ...pairAcross(word, input.slice(index + word.length))] : partsOf(word),
  )
}

/** The words of a query: all pairs of its Korean, everything else whole. */
export const wordsOfQuery = (query: string): string[] =>
  queryWords(query).flatMap((word) => (isHangul(word) ? pairs(word) : [word.toLowerCase()]))

/** The words of a query as they were typed. */
export const queryWords = (query: string): readonly string[] => compose(query).match(WORD) ?? []

function pairs(word: string): string[] {
  const syllables = [...word]
  return syllables.length === 1 ? [word] : syllables.slice(1).map((syllable, i) => `${syllables[i]}${syllable}`)
}

function pairAcross(word: string, rest: string): string[] {
  const next = /^ (\p{Script=Hangul})/u.exec(rest)?.[1]
  return next === undefined ? [] : [`${[...word].at(-1)}${next}`]
}

function partsOf(word: string): string[] {
  const pieces = word.split(/[._/:-]/)
  const humps = pieces.flatMap((piece) => piece.split(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/))
  return [...new Set([word, ...pieces, ...humps].map((part) => part.toLowerCase()))]
}

/** May a word of a query stand for a longer or a mistyped one? Pairs of syllables may not: they are parts already. */
export const isSpelt = (word: string): boolean => !isHangul(word)
