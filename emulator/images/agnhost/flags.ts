/** `--name=value` and `--name value` of a subcommand. */
export function flagOf(words: readonly string[], name: string): string | undefined {
  const glued = words.find((word) => word.startsWith(`--${name}=`))
  if (glued !== undefined) return glued.slice(name.length + 3)
  const index = words.indexOf(`--${name}`)
  return index < 0 ? undefined : (words[index + 1] ?? '')
}

/** A switch: `--tcp`, `--http=false`. */
export function isOn(words: readonly string[], name: string, otherwise: boolean): boolean {
  if (words.includes(`--${name}`)) return true
  const value = words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)
  return value === undefined ? otherwise : value === 'true'
}

/** The head of a line of Go's log package. */
export const goStamp = (at: number): string =>
  new Date(at).toISOString().slice(0, 19).replace('T', ' ').replace(/-/g, '/')
