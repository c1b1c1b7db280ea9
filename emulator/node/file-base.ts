import { parentPath, resolvePath } from './paths.ts'

/** One inode: `link` holds its target as content. */
export interface FileEntry {
  readonly kind: 'file' | 'directory' | 'link'
  readonly mode: number
  readonly modified: number
  readonly content: string
}

/** A file of an image or machine as its definition writes it: text, or text with a mode, a link, a directory. */
export type FileSource =
  | string
  | { readonly content: string; readonly mode: number }
  | { readonly link: string }
  | { readonly directory: true; readonly mode?: number }

/** A frozen tree that any number of machines and containers share. */
export interface FileBase {
  readonly entries: ReadonlyMap<string, FileEntry>
  /** Names in each directory. */
  readonly children: ReadonlyMap<string, ReadonlySet<string>>
}

const DIRECTORY_MODE = 0o755

/** Builds a shared base; parent directories come by themselves. */
export function createFileBase(files: { readonly [path: string]: FileSource }, modified: number): FileBase {
  const entries = new Map<string, FileEntry>()
  const children = new Map<string, Set<string>>()
  const put = (path: string, entry: FileEntry): void => {
    if (path !== '/' && !entries.has(parentPath(path))) put(parentPath(path), directory(DIRECTORY_MODE, modified))
    entries.set(path, Object.freeze(entry))
    if (entry.kind === 'directory' && !children.has(path)) children.set(path, new Set())
    if (path !== '/') children.get(parentPath(path))?.add(path.slice(path.lastIndexOf('/') + 1))
  }
  put('/', directory(DIRECTORY_MODE, modified))
  for (const [path, source] of Object.entries(files)) put(resolvePath('/', path), entryOf(source, modified))
  return Object.freeze({ entries, children })
}

function entryOf(source: FileSource, modified: number): FileEntry {
  if (typeof source === 'string') return { kind: 'file', mode: 0o644, modified, content: source }
  if ('link' in source) return { kind: 'link', mode: 0o777, modified, content: source.link }
  if ('directory' in source) return directory(source.mode ?? DIRECTORY_MODE, modified)
  return { kind: 'file', mode: source.mode, modified, content: source.content }
}

function directory(mode: number, modified: number): FileEntry {
  return { kind: 'directory', mode, modified, content: '' }
}
