/** Aliases and defaults of a kuberc file, applied to a command line (upstream: kubectl/pkg/kuberc/kuberc.go). */
import type { CommandContext } from '../../types.ts'
import type { Found } from '../cli/find-command.ts'
import { findCommand } from '../cli/find-command.ts'
import { FlagError, parseFlags } from '../cli/flags.ts'
import { allFlags } from '../cli/help.ts'
import type { Subcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { isGiven } from './is-given.ts'
import { kubercIsDisabled, loadPreference } from './load.ts'
import type { Alias, Option, Preference } from './preference.ts'
import { validatePreference } from './validate.ts'

/** Finds the command that the words mean, with what the learner's kuberc adds to them. Throws KubectlError. */
export async function findPreferred(context: CommandContext, words: readonly string[]): Promise<Found> {
  const found = findCommand(words)
  if (words.length === 0 || kubercIsDisabled(context)) return found
  try {
    const preference = await loadPreference(context, words)
    if (!preference) return found
    validatePreference(preference)
    return withPreference(preference, words, found, (text) => context.err(`${text}\n`))
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error
    throw new KubectlError(`error occurred while applying preferences ${error.message}`, { bare: true })
  }
}

type Warn = (text: string) => void

/** The words that an alias stands for, and the command that it is. */
interface Expanded {
  readonly words: readonly string[]
  readonly found: Found
  /** Every alias that was met on the way to the one that is meant. */
  readonly aliases: ReadonlySet<string>
}

/** Pure: what the preference makes of the words. Throws KubectlError. */
export function withPreference(preference: Preference, words: readonly string[], found: Found, warn: Warn): Found {
  const expanded = isUnknown(found) ? expandAlias(preference, words, found, warn) : undefined
  return withDefaults(preference, expanded ?? { words, found, aliases: new Set() }, warn)
}

/** No such command, though a word says one. */
const isUnknown = ({ command, argument }: Found) => !command && argument !== undefined

function expandAlias(
  { aliases }: Preference,
  words: readonly string[],
  found: Found,
  warn: Warn,
): Expanded | undefined {
  const at = words.findIndex((word) => !word.startsWith('-') && !word.startsWith('__complete'))
  const alias = aliases.find(({ name }) => name === words[at])
  if (!alias) return undefined
  if (findCommand([alias.name]).command) {
    warn(`Warning: Setting alias "${alias.name}" to a built-in command is not supported`)
    return { words, found, aliases: new Set() }
  }
  const target = findCommand(fields(alias.command))
  if (!target.command)
    throw new KubectlError(
      `command ${JSON.stringify(alias.command)} not found to set alias ${JSON.stringify(alias.name)}: [${fields(alias.command).join(' ')}]`,
    )
  const command: Subcommand = { ...target.command, name: alias.name, aliases: [] }
  const options = optionWords(command, alias.options, ['kubectl', ...words], {
    unknown: (name) => `invalid alias flag ${name} in alias kubectl`,
    wrong: ({ name, default: value }, why) =>
      `could not apply value ${value} to flag ${name} in alias kubectl err: ${why}`,
  })
  const full = [...words.slice(0, at + 1), ...alias.prependArgs, ...words.slice(at + 1), ...alias.appendArgs]
  return {
    words: full,
    found: asAlias(findCommand(full, command), alias, target.path, options),
    aliases: new Set(aliases.slice(0, aliases.indexOf(alias) + 1).map(({ name }) => name)),
  }
}

/** A command below the aliased one is called by its own name, and the alias' options are not for it. */
function asAlias(found: Found, alias: Alias, path: readonly string[], options: readonly string[]): Found {
  const isChild = found.path.length > 2 && found.path[1] === alias.name
  if (isChild) return { ...found, path: [...path, ...found.path.slice(2)] }
  return { ...found, rest: [...options, ...found.rest] }
}

/** Upstream compares the commands' last names only, so the defaults of `config view` are those of every `view`. */
function withDefaults({ defaults }: Preference, { words, found, aliases }: Expanded, warn: Warn): Found {
  const { command } = found
  if (isUnknown(found)) return found
  let rest = found.rest
  for (const entry of defaults) {
    const known = findCommand(fields(entry.command)).command ?? (aliases.has(entry.command) ? command : undefined)
    if (!known) {
      warn(`Warning: command ${JSON.stringify(entry.command)} not found to set kuberc override`)
      continue
    }
    if (!command || known.name !== command.name) continue
    if (aliases.has(command.name)) throw new KubectlError(`alias ${command.name} can not be overridden`)
    const options = optionWords(command, entry.options, words, {
      unknown: (name) => `invalid flag ${name} for command ${entry.command}`,
      wrong: ({ name, default: value }, why) =>
        `could not apply override value ${value} to flag ${name} in command ${entry.command} err: ${why}`,
    })
    rest = [...options, ...rest]
  }
  return { ...found, rest }
}

const fields = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '')

interface Wording {
  readonly unknown: (name: string) => string
  readonly wrong: (option: Option, why: string) => string
}

/** The options that the learner did not give, as words. Throws KubectlError. */
function optionWords(
  command: Subcommand,
  options: readonly Option[],
  words: readonly string[],
  wording: Wording,
): readonly string[] {
  const flags = allFlags(command)
  return options.flatMap((option) => {
    const flag = Object.hasOwn(flags, option.name) ? flags[option.name] : undefined
    if (!flag) throw new KubectlError(wording.unknown(option.name))
    if (isGiven(option.name, flag, flags, words)) return []
    const word = `--${option.name}=${option.default}`
    try {
      parseFlags([word], flags)
    } catch (error) {
      throw error instanceof FlagError ? new KubectlError(wording.wrong(option, error.message)) : error
    }
    return [word]
  })
}
