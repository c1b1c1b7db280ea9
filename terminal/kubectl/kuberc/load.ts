/** Which kuberc file counts, and reading it (upstream: kubectl/pkg/kuberc/kuberc.go). */
import type { CommandContext } from '../../types.ts'
import { KubectlError } from '../errors.ts'
import { decodePreference, type Preference } from './preference.ts'

type Context = Pick<CommandContext, 'env' | 'files'>

export interface KubercFile {
  readonly path: string
  /** Named by a flag or a variable, so it must be there. */
  readonly explicit: boolean
}

/** `KUBECTL_KUBERC=false` takes the feature away. */
export const kubercIsDisabled = ({ env }: Pick<CommandContext, 'env'>): boolean =>
  env.get('KUBECTL_KUBERC')?.toLowerCase() === 'false'

/** `--kuberc`, else KUBERC, else ~/.kube/kuberc; undefined where KUBERC=off. Throws KubectlError. */
export function kubercFile({ env }: Pick<CommandContext, 'env'>, flag: string): KubercFile | undefined {
  const variable = env.get('KUBERC') ?? ''
  if (variable === 'off') {
    if (flag === '') return undefined
    throw new KubectlError('disabling kuberc via KUBERC=off and passing kuberc flag are mutually exclusive')
  }
  const named = flag || variable
  return { path: named || `${env.get('HOME') ?? '/root'}/.kube/kuberc`, explicit: named !== '' }
}

/** The file that the words name: flags are not read yet when preferences are. Throws KubectlError. */
export function kubercFlag(words: readonly string[]): string {
  for (const [i, word] of words.entries()) {
    if (word === '--') return ''
    const value = word === '--kuberc' ? words[i + 1] : word.includes('--kuberc=') ? word.split('=')[1] : undefined
    if (value) return value
    if (word === '--kuberc' || word.includes('--kuberc=')) throw new KubectlError('kuberc file is not found')
  }
  return ''
}

/** The text, or why there is none as Go's os.ReadFile says it. */
export async function readKuberc(
  { files }: Context,
  path: string,
): Promise<{ readonly text: string } | { readonly problem: string; readonly missing: boolean }> {
  if (await files.isDirectory(path)) return { problem: `read ${path}: is a directory`, missing: false }
  const text = await files.read(path)
  return text === undefined ? { problem: `open ${path}: no such file or directory`, missing: true } : { text }
}

/** The preferences that count; what is wrong with a file that nobody named is only told. Throws KubectlError. */
export async function loadPreference(
  context: Context & Pick<CommandContext, 'err'>,
  words: readonly string[],
): Promise<Preference | undefined> {
  const flag = kubercFlag(words)
  try {
    const file = kubercFile(context, flag)
    return file && (await preferenceIn(context, file))
  } catch (error) {
    throw error instanceof KubectlError ? new KubectlError(`kuberc error ${error.message}`) : error
  }
}

async function preferenceIn(
  context: Context & Pick<CommandContext, 'err'>,
  { path, explicit }: KubercFile,
): Promise<Preference | undefined> {
  const read = await readKuberc(context, path)
  if ('problem' in read && read.missing && !explicit) return undefined
  const decoded = 'problem' in read ? read : decodePreference(read.text)
  if (decoded === 'none') return undefined
  if (decoded === 'invalid' || 'problem' in decoded) {
    const problem =
      decoded === 'invalid' ? `no valid preferences found in ${path}, use --v=5 to see details` : decoded.problem
    if (explicit) throw new KubectlError(`kuberc: ${problem}`)
    context.err(`kuberc: no preferences loaded from ${path}: ${problem}`)
    return undefined
  }
  const unknown = decoded.unknown.map((field) => `unknown field ${JSON.stringify(field)}`).join(', ')
  if (unknown) context.err(`kuberc: ignoring strict decoding error in ${path}: strict decoding error: ${unknown}`)
  return decoded.preference
}
