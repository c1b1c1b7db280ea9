import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { type KubercFile, kubercFile, readKuberc } from './load.ts'
import { decodePreference, type Preference } from './preference.ts'

export const NO_PREFERENCE: Preference = {
  defaults: [],
  aliases: [],
  credentialPluginPolicy: '',
  credentialPluginAllowlist: undefined,
}

/** The file that view and set are about. Throws KubectlError where KUBERC=off. */
export function wantedFile({ context, flags }: Invocation): KubercFile {
  const file = kubercFile(context, flags.string('kuberc'))
  if (!file) throw new KubectlError('KUBERC is disabled via KUBERC=off environment variable')
  return file
}

/** What it says; undefined where there is no file. Throws KubectlError for one that cannot be read. */
export async function existingPreference(
  { context }: Invocation,
  { path }: KubercFile,
): Promise<Preference | undefined> {
  const read = await readKuberc(context, path)
  if ('problem' in read) {
    if (read.missing) return undefined
    throw new KubectlError(`error reading kuberc file: ${read.problem}`)
  }
  const decoded = decodePreference(read.text)
  if (decoded === 'none') return NO_PREFERENCE
  if (decoded === 'invalid')
    throw new KubectlError(`error parsing kuberc file: no valid preferences found in ${path}, use --v=5 to see details`)
  return decoded.preference
}
