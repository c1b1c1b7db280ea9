import type { FlagValues } from '../cli/flags.ts'
import { KubectlError } from '../errors.ts'

const SECTIONS = ['defaults', 'aliases', 'credentialplugin']

/** Flags of `kuberc set` that do not go together. Throws KubectlError (upstream: SetOptions.Validate). */
export function checkSetting(flags: FlagValues): void {
  const section = flags.string('section')
  if (!SECTIONS.includes(section))
    throw new KubectlError(`--section must be "defaults", "aliases", or "credentialplugin", got: ${section}`)
  if (section === 'aliases' && !flags.optional('name'))
    throw new KubectlError('--name is required when --section=aliases')
  if (section === 'defaults' && flags.optional('name'))
    throw new KubectlError('--name should not be specified when --section=defaults')
  if (section === 'defaults' && (flags.list('prependarg').length > 0 || flags.list('appendarg').length > 0))
    throw new KubectlError('--prependarg and --appendarg are only valid for --section=aliases')
  if (section === 'credentialplugin') checkPolicy(flags)
  else if (!flags.optional('command'))
    throw new KubectlError('--command is required when --section=aliases or --section=defaults')
}

function checkPolicy(flags: FlagValues): void {
  const policy = flags.string('policy')
  const hasEntries = flags.list('allowlist-entry').length > 0
  const both = '--section=credentialplugin and --policy=Allowlist'
  if (policy === '') throw new KubectlError('--policy is required when --section=credentialplugin')
  if (policy === 'Allowlist') {
    if (!hasEntries) throw new KubectlError(`--allowlist-entry is required when ${both}`)
  } else if (policy === 'AllowAll' || policy === 'DenyAll') {
    if (hasEntries) throw new KubectlError(`--allowlist-entry may only be used when ${both}`)
  } else throw new KubectlError(`invalid value for --policy: ${JSON.stringify(policy)}`)
}
