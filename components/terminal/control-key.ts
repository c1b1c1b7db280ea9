/** What Ctrl with a character sends: ^A is 1 … ^Z is 26, and the few signs that have a control code. */
export function controlCode(character: string): string {
  const code = character.toUpperCase().charCodeAt(0)
  if (code >= 64 && code <= 95) return String.fromCharCode(code - 64)
  return character === ' ' ? '\0' : character
}
