import type { FlagDefinition, FlagDefinitions } from '../cli/flags.ts'

/** Whether words seem to give a flag a value, as kuberc looks for it before flags are read (upstream: searchInArgs). */
export function isGiven(
  name: string,
  { shorthand }: FlagDefinition,
  flags: FlagDefinitions,
  words: readonly string[],
): boolean {
  if (words.some((word) => word === `--${name}` || word.startsWith(`--${name}=`))) return true
  if (!shorthand || !Object.values(flags).some((flag) => flag.shorthand === shorthand)) return false
  return words.some(
    (word) => word.startsWith(`-${shorthand}`) || (/^-[a-zA-Z]+$/.test(word) && word.includes(shorthand)),
  )
}
