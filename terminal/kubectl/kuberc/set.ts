import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { checkSetting } from './check-setting.ts'
import { existingPreference, NO_PREFERENCE, wantedFile } from './existing.ts'
import type { Option, Preference } from './preference.ts'
import { savePreference } from './save.ts'

/** Upstream: kubectl/pkg/cmd/kuberc/set.go. */
export const set = defineSubcommand({
  name: 'set',
  summary: 'Set values in the kuberc configuration',
  long: 'Set values in the kuberc configuration file.\n\n --section says whether defaults of flags, an alias or the credential plugins that may run are set. --command names only the command ("get", "create", "set env"), never resources: an alias takes those from --prependarg and --appendarg.',
  examples: [
    '# A default output format for get',
    'kubectl kuberc set --section defaults --command get --option output=wide',
    '',
    '# And for a command below another',
    'kubectl kuberc set --section defaults --command "set env" --option output=yaml',
    '',
    '# The alias getn lists nodes',
    'kubectl kuberc set --section aliases --name getn --command get --prependarg nodes --option output=wide',
    '',
    '# Put another default in place of one that is there',
    'kubectl kuberc set --section defaults --command get --option output=json --overwrite',
  ],
  usage: '--section (defaults|aliases) --command COMMAND',
  flags: {
    section: {
      kind: 'string',
      default: '',
      required: true,
      summary: "Section to modify: 'defaults', 'aliases', or 'credentialplugin'",
      values: ['aliases', 'credentialplugin', 'defaults'],
    },
    command: { kind: 'string', default: '', summary: "Command to configure (e.g., 'get', 'create', 'set env')" },
    name: { kind: 'string', default: '', summary: 'Name of the alias (for --section=aliases).' },
    policy: { kind: 'string', default: '', summary: 'Which credential plugins may run.' },
    option: { kind: 'stringArray', default: [], summary: 'Option as flag=value; may be repeated.' },
    prependarg: { kind: 'stringArray', default: [], summary: 'Argument put before those typed; may be repeated.' },
    appendarg: { kind: 'stringArray', default: [], summary: 'Argument put after those typed; may be repeated.' },
    'allowlist-entry': {
      kind: 'stringArray',
      default: [],
      summary: 'Entry of the allowlist as field=value; may be repeated.',
    },
    overwrite: { kind: 'bool', default: false, summary: 'Put it in place of an entry that is there.' },
  },
  run: async (invocation) => {
    const { context, flags } = invocation
    const file = wantedFile(invocation)
    checkSetting(flags)
    const before = (await existingPreference(invocation, file)) ?? NO_PREFERENCE
    const options = flags.list('option').map(optionOf)
    const change = { defaults: withDefaults, aliases: withAlias, credentialplugin: withPolicy }
    const section = flags.string('section') as keyof typeof change
    await savePreference(context, file.path, change[section](before, invocation, options))
    return 0
  },
})

function optionOf(text: string): Option {
  const equals = text.indexOf('=')
  if (equals < 0) throw new KubectlError(`invalid option format ${JSON.stringify(text)}, expected flag=value`)
  return { name: text.slice(0, equals).replace(/^-+/, ''), default: text.slice(equals + 1) }
}

/** The entry in place of its predecessor, or behind all others. Throws KubectlError if one is there already. */
function placed<T>(
  entries: readonly T[],
  isIt: (entry: T) => boolean,
  make: (before: T | undefined) => T,
  taken: string | undefined,
): readonly T[] {
  const at = entries.findIndex(isIt)
  if (at < 0) return [...entries, make(undefined)]
  if (taken !== undefined) throw new KubectlError(`${taken}, use --overwrite to replace`)
  return entries.with(at, make(entries[at]))
}

function withDefaults(before: Preference, { flags }: Invocation, options: readonly Option[]): Preference {
  const command = flags.string('command')
  const defaults = placed(
    before.defaults,
    (entry) => entry.command === command,
    (old) => ({ command, options: options.length > 0 ? options : (old?.options ?? []) }),
    flags.bool('overwrite') ? undefined : `defaults for command ${JSON.stringify(command)} already exist`,
  )
  return { ...before, defaults }
}

function withAlias(before: Preference, { flags }: Invocation, options: readonly Option[]): Preference {
  const name = flags.string('name')
  const kept = (flag: string, old: readonly string[] = []) => (flags.list(flag).length > 0 ? flags.list(flag) : old)
  const aliases = placed(
    before.aliases,
    (entry) => entry.name === name,
    (old) => ({
      name,
      command: flags.string('command'),
      prependArgs: kept('prependarg', old?.prependArgs),
      appendArgs: kept('appendarg', old?.appendArgs),
      options: options.length > 0 ? options : (old?.options ?? []),
    }),
    flags.bool('overwrite') ? undefined : `alias ${JSON.stringify(name)} already exists`,
  )
  return { ...before, aliases }
}

function withPolicy(before: Preference, { flags }: Invocation): Preference {
  const policy = flags.string('policy')
  const changed = { ...before, credentialPluginPolicy: policy }
  return policy === 'Allowlist'
    ? { ...changed, credentialPluginAllowlist: programs(flags.list('allowlist-entry')) }
    : changed
}

function programs(entries: readonly string[]): readonly string[] {
  const problems: string[] = []
  const commands: string[] = []
  for (const pair of entries.flatMap((entry) => entry.split(','))) {
    const [field = '', ...rest] = pair.split('=')
    const value = rest.join('=')
    if (!pair.includes('=')) problems.push(`improperly formatted allowlist entry: ${JSON.stringify(pair)}`)
    else if (field === 'name') problems.push('allowlist entry field "name" is deprecated, use "command" instead')
    else if (field !== 'command') problems.push(`unrecognized allowlist entry field: ${JSON.stringify(field)}`)
    else if (value.trim() === '') problems.push('empty value in allowlist entry for field "command"')
    else commands.push(value)
  }
  if (problems.length > 0) throw new KubectlError(problems.join('\n'))
  return commands
}
