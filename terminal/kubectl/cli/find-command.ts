/** From words to a command (upstream: spf13/cobra, Find). */
import { subcommands } from '../index.ts'
import { bareValue, type FlagDefinitions } from './flags.ts'
import { GLOBAL_FLAGS } from './global-flags.ts'
import { allFlags } from './help.ts'
import type { Subcommand } from './subcommand.ts'

/** The command that words name, if they name one. */
export interface Found {
  readonly command: Subcommand | undefined
  readonly path: readonly string[]
  /** The words without the commands' names. */
  readonly rest: readonly string[]
  /** The first word that is no flag, where it names no command. */
  readonly argument: string | undefined
}

/**
 * Descends by the first word that is no flag, as cobra's Find: flags may stand between the commands. One more command,
 * `alias`, may stand beside kubectl's own.
 */
export function findCommand(words: readonly string[], alias?: Subcommand): Found {
  let command: Subcommand | undefined
  let level: readonly Subcommand[] = alias ? [...subcommands, alias] : subcommands
  let rest = [...words]
  const path = ['kubectl']
  for (;;) {
    const at = firstArgument(rest, command ? allFlags(command) : GLOBAL_FLAGS)
    const word = at < 0 ? undefined : rest[at]
    const next = level.find((c) => c.name === word || c.aliases?.includes(word ?? ''))
    if (!next) return { command, path, rest, argument: word }
    command = next
    path.push(next.name)
    rest = rest.filter((_, i) => i !== at)
    level = next.subcommands ?? []
    if (level.length === 0) return { command, path, rest, argument: undefined }
  }
}

function firstArgument(words: readonly string[], flags: FlagDefinitions): number {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    if (word === '--') return -1
    if (!word.startsWith('-') || word === '-') return i
    if (word.includes('=')) continue
    const flag = word.startsWith('--')
      ? flags[word.slice(2)]
      : word.length === 2
        ? Object.values(flags).find((f) => f.shorthand === word[1])
        : undefined
    const takesValue = word.startsWith('--') || word.length === 2
    if (takesValue && (!flag || bareValue(flag) === undefined) && word !== '--help' && word !== '-h') i++
  }
  return -1
}
