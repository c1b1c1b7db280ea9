const listeners = new Set<() => void>()
const unsaved = new Map<string, number>()
const keyOf = (question: string) => `guess:${question}`

/** The option chosen before, if it is still one of them. */
export function readGuess(question: string, options: number): number | undefined {
  const guess = unsaved.get(question) ?? stored(question)
  return guess !== undefined && Number.isInteger(guess) && guess >= 0 && guess < options ? guess : undefined
}

function stored(question: string): number | undefined {
  try {
    const text = localStorage.getItem(keyOf(question))
    return text === null ? undefined : Number(text)
  } catch {
    return undefined
  }
}

export function rememberGuess(question: string, option: number): void {
  unsaved.set(question, option)
  try {
    localStorage.setItem(keyOf(question), String(option))
  } catch {
    // Storage may be off; the guess then lasts as long as the page.
  }
  for (const listener of listeners) listener()
}

export function subscribeGuesses(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
