/** Paths of the shell are those of the file trees below it. */
export { baseName, parentPath, resolvePath } from '../../emulator/index.ts'

/** A directory's entry as a path. */
export function joinPath(directory: string, name: string): string {
  return directory === '/' ? `/${name}` : `${directory}/${name}`
}
