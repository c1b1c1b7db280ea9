/** A preference as the object that is printed and stored, its fields in the order of their declaration. */
import type { KubeObject } from '../../../emulator/index.ts'
import { KUBERC_VERSION, type Preference } from './preference.ts'

export function preferenceObject(preference: Preference): KubeObject {
  const { defaults, aliases, credentialPluginPolicy: policy, credentialPluginAllowlist: programs } = preference
  return {
    kind: 'Preference',
    apiVersion: KUBERC_VERSION,
    defaults: defaults.map(({ command, options }) => ({ command, options: options.length > 0 ? options : null })),
    aliases: aliases.map(({ name, command, prependArgs, appendArgs, options }) => ({
      name,
      command,
      ...(prependArgs.length > 0 && { prependArgs }),
      ...(appendArgs.length > 0 && { appendArgs }),
      ...(options.length > 0 && { options }),
    })),
    ...(policy !== '' && { credentialPluginPolicy: policy }),
    ...(programs?.length && { credentialPluginAllowlist: programs.map((command) => ({ command })) }),
  } as KubeObject
}
