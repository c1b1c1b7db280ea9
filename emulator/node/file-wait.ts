import { FileError } from './file-error.ts'
import type { OverlayFileTree } from './file-tree.ts'
import { resolvePath } from './paths.ts'
import type { Wait } from './programs/program.ts'

/** Does at once what a process asks of its files while it waits: the text that it reads, or why it cannot write. */
export function answerFileWait(
  files: OverlayFileTree,
  cwd: string,
  wait: Extract<Wait, { kind: 'read' | 'write' | 'line' }>,
): string | undefined {
  if (wait.kind === 'line') return undefined
  const path = resolvePath(cwd, wait.path)
  if (wait.kind === 'read') return files.read(path)
  try {
    files.write(path, wait.content)
    return undefined
  } catch (error) {
    if (error instanceof FileError) return error.message
    throw error
  }
}
