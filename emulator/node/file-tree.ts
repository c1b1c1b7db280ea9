import { byteLength } from '../api/byte-length.ts'
import type { FileBase, FileEntry } from './file-base.ts'
import { FileError } from './file-error.ts'
import type { MountedFile } from './file-volume.ts'
import type { FileTree } from './files.ts'
import { baseName, parentPath, resolvePath } from './paths.ts'

/** One change above the base; without an entry: removed. Plain JSON. */
export type FileChange = readonly [path: string, entry: FileEntry | null]

/** Another tree seen at a directory of this one: a volume. */
export interface TreeMount {
  readonly path: string
  readonly tree: FileTree
  readonly readOnly?: boolean
}

export interface FileTreeOptions {
  readonly base: FileBase
  readonly now: () => number
  /** Files put above the base without counting as changes: what a kubelet mounts. */
  readonly mounted?: readonly MountedFile[]
  readonly volumes?: readonly TreeMount[]
  /** Only volumes and what is in memory (/dev) can be written. */
  readonly readOnly?: boolean
  readonly changes?: readonly FileChange[]
  /** Bytes that changes may hold; more fails as a full disk does. */
  readonly maxChangedBytes?: number
  readonly onChange?: (path: string) => void
}

const DEFAULT_BUDGET = 4 * 1024 * 1024
const MAX_LINKS = 16

/** The overlay tree behind every machine and container: reads fall through to the shared base. */
export class OverlayFileTree implements FileTree {
  readonly #options: FileTreeOptions
  readonly #mounted = new Map<string, FileEntry>()
  readonly #readOnly = new Set<string>()
  readonly #overlay = new Map<string, FileEntry | null>()
  /** Names in each directory that mounts and changes have added, from the first listing on; some may be gone again. */
  #added: Map<string, Set<string>> | undefined
  #changedBytes = 0

  constructor(options: FileTreeOptions) {
    this.#options = options
    for (const file of options.mounted ?? []) this.mount(file)
    for (const [path, entry] of options.changes ?? []) this.#set(path, entry)
  }

  get changedBytes(): number {
    return this.#changedBytes
  }

  /** Puts a file in place from outside (ConfigMap volumes, /etc/hosts): not a change of the container's own. */
  mount(file: MountedFile): void {
    const path = this.#followParent(file.path)
    for (let at = parentPath(path); this.#entry(at) === undefined; at = parentPath(at)) {
      this.#mounted.set(at, { kind: 'directory', mode: 0o755, modified: this.#options.now(), content: '' })
      this.#add(at)
    }
    const modified = this.#options.now()
    this.#mounted.set(
      path,
      file.link === undefined
        ? { kind: 'file', mode: file.mode ?? 0o644, modified, content: file.content }
        : { kind: 'link', mode: 0o777, modified, content: file.link },
    )
    this.#add(path)
    if (file.readOnly === true) this.#readOnly.add(path)
  }

  /** Takes away what was mounted below a directory. */
  unmount(directory: string): void {
    const prefix = `${this.#followParent(directory)}/`
    for (const path of [...this.#mounted.keys()]) {
      if (!path.startsWith(prefix)) continue
      this.#mounted.delete(path)
      this.#readOnly.delete(path)
    }
  }

  /** What differs from base and mounts, as JSON for a snapshot. */
  changes(): readonly FileChange[] {
    return [...this.#overlay]
  }

  read(path: string): string | undefined {
    const volume = this.#volume(path)
    if (volume !== undefined) return volume.tree.read(volume.path)
    const entry = this.#entry(this.#follow(path))
    return entry?.kind === 'file' ? entry.content : undefined
  }

  write(path: string, content: string, mode?: number): void {
    const volume = this.#writable(path)
    if (volume !== undefined) {
      volume.tree.write(volume.path, content, mode)
      this.#options.onChange?.(path)
      return
    }
    const real = this.#follow(path)
    const old = this.#entry(real)
    if (old?.kind === 'directory') throw new FileError('EISDIR', path)
    this.#requireDirectory(parentPath(real), path)
    this.#put(real, { kind: 'file', mode: mode ?? old?.mode ?? 0o644, modified: this.#options.now(), content })
  }

  remove(path: string): void {
    const volume = this.#writable(path)
    if (volume !== undefined) {
      volume.tree.remove(volume.path)
      this.#options.onChange?.(path)
      return
    }
    const real = this.#followParent(path)
    const entry = this.#entry(real)
    if (entry === undefined) throw new FileError('ENOENT', path)
    if (entry.kind === 'directory' && this.list(real).length > 0) throw new FileError('ENOTEMPTY', path)
    this.#put(real, null)
  }

  makeDirectory(path: string): void {
    const volume = this.#writable(path)
    if (volume !== undefined) {
      if (volume.path !== '/') volume.tree.makeDirectory(volume.path)
      return
    }
    const real = this.#follow(path)
    const old = this.#entry(real)
    if (old?.kind === 'directory') return
    if (old !== undefined) throw new FileError('ENOTDIR', path)
    this.makeDirectory(parentPath(real))
    this.#put(real, { kind: 'directory', mode: 0o755, modified: this.#options.now(), content: '' })
  }

  stat(path: string): ReturnType<FileTree['stat']> {
    const volume = this.#volume(path)
    if (volume !== undefined) return volume.tree.stat(volume.path)
    const entry = this.#entry(this.#followParent(path))
    if (entry === undefined) return undefined
    return {
      kind: entry.kind,
      mode: entry.mode,
      size: entry.kind === 'directory' ? 4096 : byteLength(entry.content),
      modified: entry.modified,
      ...(entry.kind === 'link' ? { target: entry.content } : {}),
    }
  }

  list(directory: string): readonly string[] {
    const volume = this.#volume(directory)
    if (volume !== undefined) return volume.tree.list(volume.path)
    const real = this.#follow(directory)
    const prefix = real === '/' ? '/' : `${real}/`
    const names = new Set([...(this.#options.base.children.get(real) ?? []), ...(this.#names().get(real) ?? [])])
    for (const { path } of this.#options.volumes ?? []) {
      if (path.startsWith(prefix) && path.length > prefix.length)
        names.add(path.slice(prefix.length).split('/')[0] ?? '')
    }
    const present = (name: string): boolean =>
      this.#volume(prefix + name) !== undefined || this.#entry(prefix + name) !== undefined
    return [...names].filter(present).sort(compareNames)
  }

  link(path: string, target: string): void {
    const volume = this.#writable(path)
    if (volume !== undefined) {
      volume.tree.link(volume.path, target)
      return
    }
    const real = this.#followParent(path)
    this.#requireDirectory(parentPath(real), path)
    this.#put(real, { kind: 'link', mode: 0o777, modified: this.#options.now(), content: target })
  }

  setMode(path: string, mode: number): void {
    const volume = this.#writable(path)
    if (volume !== undefined) {
      volume.tree.setMode(volume.path, mode)
      return
    }
    const real = this.#follow(path)
    const entry = this.#entry(real)
    if (entry === undefined) throw new FileError('ENOENT', path)
    this.#put(real, { ...entry, mode })
  }

  #entry(path: string): FileEntry | undefined {
    const changed = this.#overlay.get(path)
    if (changed === null) return undefined
    return changed ?? this.#mounted.get(path) ?? this.#options.base.entries.get(path)
  }

  /** The volume that holds a path, and the path inside it. */
  #volume(path: string): { readonly tree: FileTree; readonly path: string; readonly readOnly: boolean } | undefined {
    const absolute = resolvePath('/', path)
    let best: TreeMount | undefined
    for (const mount of this.#options.volumes ?? []) {
      const inside = absolute === mount.path || absolute.startsWith(`${mount.path}/`)
      if (inside && (best === undefined || mount.path.length > best.path.length)) best = mount
    }
    if (best === undefined || this.#mounted.has(absolute)) return undefined
    return { tree: best.tree, path: absolute.slice(best.path.length) || '/', readOnly: best.readOnly === true }
  }

  #writable(path: string): { readonly tree: FileTree; readonly path: string } | undefined {
    const volume = this.#volume(path)
    if (volume?.readOnly === true || this.#isReadOnly(this.#followParent(path))) throw new FileError('EROFS', path)
    if (volume === undefined && this.#options.readOnly === true && !resolvePath('/', path).startsWith('/dev/'))
      throw new FileError('EROFS', path)
    return volume
  }

  /** A file that is mounted so, or whatever lies in a volume of files. */
  #isReadOnly(path: string): boolean {
    if (this.#readOnly.size === 0) return false
    if (this.#readOnly.has(path)) return true
    for (let at = path; at !== '/'; at = parentPath(at)) if (this.#readOnly.has(`${at}/..data`)) return true
    return false
  }

  /** The path with every symbolic link followed. */
  #follow(path: string, depth = 0): string {
    const at = this.#followParent(path, depth)
    const entry = this.#entry(at)
    if (entry?.kind !== 'link') return at
    if (depth >= MAX_LINKS) throw new FileError('ELOOP', path)
    return this.#follow(resolvePath(parentPath(at), entry.content), depth + 1)
  }

  /** The path with links followed in all but its last component. */
  #followParent(path: string, depth = 0): string {
    const absolute = resolvePath('/', path)
    if (absolute === '/') return absolute
    const parent = parentPath(absolute)
    const directory = parent === '/' || this.#entry(parent)?.kind === 'directory' ? parent : this.#follow(parent, depth)
    return resolvePath(directory, absolute.slice(absolute.lastIndexOf('/') + 1))
  }

  #requireDirectory(directory: string, path: string): void {
    const kind = this.#entry(directory)?.kind
    if (kind === undefined) throw new FileError('ENOENT', path)
    if (kind !== 'directory') throw new FileError('ENOTDIR', path)
  }

  #put(path: string, entry: FileEntry | null): void {
    const growth = sizeOf(path, entry) - this.#cost(path)
    const budget = this.#options.maxChangedBytes ?? DEFAULT_BUDGET
    if (growth > 0 && this.#changedBytes + growth > budget) throw new FileError('ENOSPC', path)
    this.#set(path, entry)
    this.#options.onChange?.(path)
  }

  #set(path: string, entry: FileEntry | null): void {
    this.#changedBytes -= this.#cost(path)
    const known = this.#mounted.has(path) || this.#options.base.entries.has(path)
    if (entry === null && !known) {
      this.#overlay.delete(path)
      this.#added?.get(parentPath(path))?.delete(baseName(path))
      return
    }
    this.#overlay.set(path, entry)
    if (entry !== null) this.#add(path)
    this.#changedBytes += sizeOf(path, entry)
  }

  #names(): ReadonlyMap<string, ReadonlySet<string>> {
    if (this.#added) return this.#added
    this.#added = new Map()
    for (const path of this.#mounted.keys()) this.#add(path)
    for (const [path, entry] of this.#overlay) if (entry !== null) this.#add(path)
    return this.#added
  }

  #add(path: string): void {
    if (!this.#added) return
    const directory = parentPath(path)
    const names = this.#added.get(directory) ?? new Set()
    this.#added.set(directory, names.add(baseName(path)))
  }

  #cost(path: string): number {
    const entry = this.#overlay.get(path)
    return entry === undefined ? 0 : sizeOf(path, entry)
  }
}

function sizeOf(path: string, entry: FileEntry | null): number {
  return path.length + (entry === null ? 0 : byteLength(entry.content))
}

function compareNames(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
