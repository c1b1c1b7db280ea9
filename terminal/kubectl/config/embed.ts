import type { Settings } from '../api/kubeconfig.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'

/** With --embed-certs the content of the file that a flag names, as `<flag>-data`. Throws KubectlError. */
export async function embedded({ context, flags }: Invocation, flag: string): Promise<Settings> {
  const path = flags.optional(flag)
  if (!path || !flags.bool('embed-certs')) return {}
  const text = await context.files.read(path)
  if (text === undefined)
    throw new KubectlError(`could not stat ${flag} file ${path}: stat ${path}: no such file or directory`)
  return { [`${flag}-data`]: Buffer.from(text).toString('base64') }
}
