/** Splits words into single-letter options and operands; `valued` letters take the rest of the word or the next word. */
export function parseLetters(
  words: readonly string[],
  valued = '',
): { readonly options: ReadonlyMap<string, string>; readonly operands: readonly string[] } {
  const options = new Map<string, string>()
  const operands: string[] = []
  let onlyOperands = false
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (onlyOperands || word === '-' || !word.startsWith('-')) operands.push(word)
    else if (word === '--') onlyOperands = true
    else if (word.startsWith('--')) options.set(word.slice(2).split('=')[0] ?? '', word.split('=').slice(1).join('='))
    else {
      for (let at = 1; at < word.length; at += 1) {
        const letter = word[at] ?? ''
        if (!valued.includes(letter)) {
          options.set(letter, '')
          continue
        }
        const rest = word.slice(at + 1)
        if (rest === '') index += 1
        options.set(letter, rest === '' ? (words[index] ?? '') : rest)
        break
      }
    }
  }
  return { options, operands }
}
