import type { FileTree } from './files.ts'

/** `rm -rf` */
export function removeTree(files: FileTree, path: string): void {
  const found = files.stat(path)
  if (!found) return
  if (found.kind === 'directory') for (const name of files.list(path)) removeTree(files, `${path}/${name}`)
  files.remove(path)
}
