/** `--help` in kubectl's layout, made from the command records (upstream: kubectl/pkg/util/templates). */
import { bareValue, type FlagDefinition, type FlagDefinitions } from './flags.ts'
import { GLOBAL_FLAGS } from './global-flags.ts'
import { goDuration } from './numbers.ts'
import type { Subcommand } from './subcommand.ts'

const POINTER = 'Use "kubectl options" for a list of global command-line options (applies to all commands).\n'

/** The help of one command; `path` are the names from `kubectl` down. */
export function helpText(command: Subcommand, path: readonly string[]): string {
  const full = path.join(' ')
  const parts = [`${command.long ?? `${command.summary}${command.summary.endsWith('.') ? '' : '.'}`}\n`]
  if (command.aliases?.length) parts.push(`Aliases:\n${[command.name, ...command.aliases].join(', ')}\n`)
  if (command.examples?.length)
    parts.push(`Examples:\n${command.examples.map((l) => (l === '' ? '' : `  ${l}`)).join('\n')}\n`)
  if (command.subcommands?.length)
    parts.push(
      listCommands(
        'Available Commands:',
        [...command.subcommands].sort((a, b) => (a.name < b.name ? -1 : 1)),
      ),
    )
  const flags = Object.entries(command.flags ?? {}).filter(([, flag]) => !flag.hidden && !flag.deprecated)
  if (flags.length)
    parts.push(
      `Options:\n${flags
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, f]) => flagUsage(name, f))
        .join('\n\n')}\n`,
    )
  parts.push(
    `Usage:\n  ${full}${command.usage ? ` ${command.usage}` : command.subcommands?.length ? ' [flags]' : ''}${command.usage?.includes('[options]') ? '' : ' [options]'}\n`,
  )
  const more = command.subcommands?.length
    ? `Use "${full} <command> --help" for more information about a given command.\n`
    : ''
  parts.push(more + POINTER)
  return parts.join('\n')
}

/** `kubectl --help`: the commands by group. */
export function rootHelp(commands: readonly Subcommand[]): string {
  return `kubectl controls the Kubernetes cluster manager.\n\n Find more information at: https://kubernetes.io/docs/reference/kubectl/${rootUsage(commands)}`
}

/** The same without its introduction, as after a mistake. */
export function rootUsage(commands: readonly Subcommand[]): string {
  const groups = new Map<string, Subcommand[]>()
  for (const command of commands.filter(({ hidden }) => !hidden)) {
    const group = command.group ?? 'Other Commands:'
    groups.set(group, [...(groups.get(group) ?? []), command])
  }
  return [
    '\n',
    ...[...groups].map(([title, list]) => listCommands(title, list, commands)),
    'Usage:\n  kubectl [flags] [options]\n',
    `Use "kubectl <command> --help" for more information about a given command.\n${POINTER}`,
  ].join('\n')
}

/** `kubectl options`. */
export function globalOptions(): string {
  const flags = Object.entries(GLOBAL_FLAGS).map(([name, flag]) => flagUsage(name, flag))
  return `The following options can be passed to any command:\n\n${flags.join('\n\n')}\n`
}

function listCommands(title: string, commands: readonly Subcommand[], siblings = commands): string {
  const width = Math.max(11, ...siblings.map((c) => c.name.length)) + 3
  return `${title}\n${commands.map((c) => `  ${c.name.padEnd(width)}${c.summary}`).join('\n')}\n`
}

function flagUsage(name: string, flag: FlagDefinition): string {
  const shorthand = flag.shorthand ? `-${flag.shorthand}, ` : ''
  return `    ${shorthand}--${name}=${defaultText(flag)}:\n\t${flag.summary}`
}

function defaultText(flag: FlagDefinition): string {
  const value = flag.default
  if (flag.kind === 'string') return `'${value ?? ''}'`
  if (flag.kind === 'bool') return String(value ?? bareValue(flag) === undefined)
  if (flag.kind === 'duration') return goDuration(Number(value ?? 0))
  return Array.isArray(value) ? `[${value.join(',')}]` : String(value ?? 0)
}

/** Flags of a command together with the global ones; a command's own wins. */
export function allFlags(command: Subcommand): FlagDefinitions {
  return { ...GLOBAL_FLAGS, ...command.flags }
}
