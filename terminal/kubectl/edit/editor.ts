import type { CommandContext } from '../../types.ts'
import { KubectlError } from '../errors.ts'

/** What somebody left in the file, and where it is. */
export interface EditedFile {
  readonly text: string
  readonly path: string
}

/** Lets the learner, or the command in KUBE_EDITOR or EDITOR, change a text in a new file (upstream: cmd/util/editor/editor.go). */
export async function openEditor(
  context: CommandContext,
  { text, extension, attempt }: { readonly text: string; readonly extension: string; readonly attempt: number },
): Promise<EditedFile> {
  const command = context.env.get('KUBE_EDITOR') || context.env.get('EDITOR')
  const path = `/tmp/kubectl-edit-${(context.cluster.now() + attempt) % 10_000_000_000}${extension}`
  await context.files.write(path, text)
  if (context.editor && (!command || /^(?:vi|vim|nano)$/.test(command))) {
    const result = await context.editor({ path, text, tool: command === 'nano' ? 'nano' : 'vi' })
    if (result.saved) await context.files.write(path, result.text)
    return { path, text: result.saved ? result.text : text }
  }
  const editor = command || 'vi'
  const { code, stderr, stdout } = await context.runLine(`${editor} ${path}`)
  if (stdout) context.out(stdout)
  if (code === 127) throw new KubectlError(`unable to launch the editor ${JSON.stringify(editor)}`)
  if (stderr) context.err(stderr)
  if (code !== 0) throw new KubectlError(`there was a problem with the editor ${JSON.stringify(editor)}`)
  return { path, text: (await context.files.read(path)) ?? '' }
}

/** Removes a file that is no longer needed. */
export async function discard(context: CommandContext, path: string): Promise<void> {
  await context.runLine(`rm -f ${path}`)
}
