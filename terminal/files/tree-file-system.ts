import type { ByteString, CpOptions, FileContent, FsStat, IFileSystem, MkdirOptions, RmOptions } from 'just-bash'
import { encodeUtf8ToBytes, unsafeBytesFromLatin1 } from 'just-bash'
import type { FileTree } from '../../emulator/index.ts'
import { bytesToText, latin1ToText, textToBytes, textToLatin1 } from './bytes.ts'
import type { Devices } from './devices.ts'
import { baseName, joinPath, parentPath, resolvePath } from './paths.ts'
import { errorCode, SystemError } from './system-error.ts'

type TreeStat = NonNullable<ReturnType<FileTree['stat']>>
const MAX_LINKS = 16
const PROGRAM_DIRECTORIES = new Set(['/bin', '/usr/bin'])
const OTHER_DIRECTORIES = new Set(['/sbin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin'])

export interface TreeFileSystemOptions {
  readonly tree: FileTree
  readonly devices: Devices
  /** Names that `/bin` and `/usr/bin` hold besides the tree's own files; those with two underscores in front are not listed. */
  readonly programs: ReadonlySet<string>
  /** The tree holds its programs itself, as containers do: names besides are found, but not listed. */
  readonly holdsPrograms?: boolean
  readonly now: () => number
  /** Bytes one file may hold. */
  readonly maxFileBytes: number
  /** Gives way to others, between the files of a whole directory. */
  readonly pace?: () => Promise<void>
}

/**
 * The shell library's file system over the emulator's file tree of a machine or container: what a learner writes lives
 * in the cluster, and snapshots keep it. Adds the devices under /dev and the programs that are commands of ours.
 */
export class TreeFileSystem implements IFileSystem {
  readonly #options: TreeFileSystemOptions

  constructor(options: TreeFileSystemOptions) {
    this.#options = options
  }

  async readFile(path: string, options?: Parameters<IFileSystem['readFile']>[1]): Promise<string> {
    const text = this.#read(path)
    const encoding = typeof options === 'string' ? options : options?.encoding
    return encoding === 'binary' || encoding === 'latin1' ? textToLatin1(text) : text
  }

  async readFileBytes(path: string): Promise<ByteString> {
    const text = this.#read(path)
    return /[\udc80-\udcff]/u.test(text) ? unsafeBytesFromLatin1(textToLatin1(text)) : encodeUtf8ToBytes(text)
  }

  async readFileBuffer(path: string): Promise<Uint8Array> {
    return textToBytes(this.#read(path))
  }

  async writeFile(
    path: string,
    content: FileContent,
    options?: Parameters<IFileSystem['writeFile']>[2],
  ): Promise<void> {
    const text = contentText(content, options)
    if (this.#options.devices.has(path)) return this.#options.devices.write(path, text)
    this.#write(path, text)
  }

  async appendFile(
    path: string,
    content: FileContent,
    options?: Parameters<IFileSystem['appendFile']>[2],
  ): Promise<void> {
    const text = contentText(content, options)
    if (this.#options.devices.has(path)) return this.#options.devices.write(path, text)
    this.#write(path, (this.#tree.read(path) ?? '') + text)
  }

  async exists(path: string): Promise<boolean> {
    return this.#stat(path) !== undefined
  }

  async stat(path: string): Promise<FsStat> {
    return this.#describe(path, this.#unrunnable(path, this.#stat(path)), 'stat')
  }

  async lstat(path: string): Promise<FsStat> {
    return this.#describe(path, this.#lstat(path), 'lstat')
  }

  async mkdir(path: string, options?: MkdirOptions): Promise<void> {
    if (this.#lstat(path) !== undefined) {
      if (options?.recursive === true && this.#stat(path)?.kind === 'directory') return
      throw new SystemError('EEXIST', 'mkdir', path)
    }
    if (options?.recursive !== true) this.#requireParent(path, 'mkdir')
    this.#guard('mkdir', path, () => this.#tree.makeDirectory(path))
  }

  async readdir(path: string): Promise<string[]> {
    return this.#list(path)
  }

  async readdirWithFileTypes(
    path: string,
  ): Promise<{ name: string; isFile: boolean; isDirectory: boolean; isSymbolicLink: boolean }[]> {
    return this.#list(path).map((name) => {
      const kind = this.#lstat(joinPath(path, name))?.kind
      return { name, isFile: kind === 'file', isDirectory: kind === 'directory', isSymbolicLink: kind === 'link' }
    })
  }

  async rm(path: string, options?: RmOptions): Promise<void> {
    const stat = this.#lstat(path)
    if (stat === undefined) {
      if (options?.force === true) return
      throw new SystemError('ENOENT', 'rm', path)
    }
    if (stat.kind === 'directory') {
      const names = this.#tree.list(path)
      if (names.length > 0 && options?.recursive !== true) throw new SystemError('ENOTEMPTY', 'rm', path)
      for (const name of names) {
        await this.#options.pace?.()
        await this.rm(joinPath(path, name), options)
      }
    }
    this.#guard('rm', path, () => this.#tree.remove(path))
  }

  async cp(source: string, destination: string, options?: CpOptions): Promise<void> {
    const stat = this.#lstat(source)
    if (stat === undefined) throw new SystemError('ENOENT', 'cp', source)
    if (stat.kind === 'link') return this.symlink(stat.target ?? '', destination)
    if (stat.kind === 'file') {
      this.#write(destination, this.#read(source), stat.mode)
      return
    }
    if (options?.recursive !== true) throw new SystemError('EISDIR', 'cp', source)
    if (`${destination}/`.startsWith(`${source}/`)) throw new SystemError('EINVAL', 'cp', source)
    await this.mkdir(destination, { recursive: true })
    for (const name of this.#tree.list(source)) {
      await this.#options.pace?.()
      await this.cp(joinPath(source, name), joinPath(destination, name), options)
    }
  }

  async mv(source: string, destination: string): Promise<void> {
    if (source === destination) return
    await this.cp(source, destination, { recursive: true })
    await this.rm(source, { recursive: true, force: true })
  }

  resolvePath(base: string, path: string): string {
    return resolvePath(base, path)
  }

  getAllPaths(): string[] {
    return []
  }

  async chmod(path: string, mode: number): Promise<void> {
    if (this.#stat(path) === undefined) throw new SystemError('ENOENT', 'chmod', path)
    this.#guard('chmod', path, () => this.#tree.setMode(path, mode))
  }

  async symlink(target: string, linkPath: string): Promise<void> {
    if (this.#lstat(linkPath) !== undefined) throw new SystemError('EEXIST', 'symlink', linkPath)
    this.#requireParent(linkPath, 'symlink')
    this.#guard('symlink', linkPath, () => this.#tree.link(linkPath, target))
  }

  /** Hard links are not emulated: the new name gets a copy. */
  async link(existingPath: string, newPath: string): Promise<void> {
    if (this.#lstat(newPath) !== undefined) throw new SystemError('EEXIST', 'link', newPath)
    this.#write(newPath, this.#read(existingPath))
  }

  async readlink(path: string): Promise<string> {
    const stat = this.#lstat(path)
    if (stat === undefined) throw new SystemError('ENOENT', 'readlink', path)
    if (stat.kind !== 'link') throw new SystemError('EINVAL', 'readlink', path)
    return stat.target ?? ''
  }

  async realpath(path: string): Promise<string> {
    const real = this.#follow(path)
    if (this.#lstat(real) === undefined) throw new SystemError('ENOENT', 'realpath', path)
    return real
  }

  async utimes(path: string): Promise<void> {
    if (this.#stat(path) === undefined) throw new SystemError('ENOENT', 'utimes', path)
    const text = this.#tree.read(path)
    if (text !== undefined) this.#write(path, text)
  }

  get #tree(): FileTree {
    return this.#options.tree
  }

  #read(path: string): string {
    if (this.#options.devices.has(path)) return this.#options.devices.read(path)
    const text = this.#guard('open', path, () => this.#tree.read(path))
    if (text !== undefined) return text
    const stat = this.#stat(path)
    if (stat?.kind === 'directory') throw new SystemError('EISDIR', 'read', path)
    if (stat !== undefined) return ''
    throw new SystemError('ENOENT', 'open', path)
  }

  #write(path: string, text: string, mode?: number): void {
    if (text.length > this.#options.maxFileBytes) throw new SystemError('ENOSPC', 'write', path)
    this.#guard('open', path, () => this.#tree.write(path, text, mode))
  }

  #list(path: string): string[] {
    const stat = this.#stat(path)
    if (stat === undefined) throw new SystemError('ENOENT', 'scandir', path)
    if (stat.kind !== 'directory') throw new SystemError('ENOTDIR', 'scandir', path)
    const real = this.#follow(path)
    const names = new Set(this.#guard('scandir', path, () => this.#tree.list(real)))
    if (PROGRAM_DIRECTORIES.has(real) && this.#options.holdsPrograms !== true)
      for (const name of this.#options.programs) if (!name.startsWith('__')) names.add(name)
    if (real === '/dev') for (const name of this.#options.devices.names) names.add(name)
    return [...names].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0))
  }

  #stat(path: string): TreeStat | undefined {
    return this.#lstat(this.#follow(path))
  }

  #lstat(path: string): TreeStat | undefined {
    if (this.#options.devices.has(path)) return { kind: 'file', mode: 0o666, size: 0, modified: this.#options.now() }
    const own = this.#guard('stat', path, () => this.#tree.stat(path))
    if (own !== undefined) return own
    if (PROGRAM_DIRECTORIES.has(path) || path === '/dev' || path === '/') {
      return { kind: 'directory', mode: 0o755, size: 4096, modified: this.#options.now() }
    }
    const isProgram = PROGRAM_DIRECTORIES.has(parentPath(path)) && this.#options.programs.has(baseName(path))
    return isProgram ? { kind: 'file', mode: 0o755, size: 68_496, modified: this.#options.now() } : undefined
  }

  /** The library takes a program that lies elsewhere than in /bin for a script, and passes over what nobody may run. */
  #unrunnable(path: string, stat: TreeStat | undefined): TreeStat | undefined {
    const real = stat?.kind === 'file' && this.#options.holdsPrograms === true ? this.#follow(path) : path
    if (stat?.kind !== 'file' || PROGRAM_DIRECTORIES.has(parentPath(real))) return stat
    const name = baseName(real)
    const runs = OTHER_DIRECTORIES.has(parentPath(real)) && this.#options.programs.has(name)
    return runs ? { ...stat, mode: stat.mode & ~0o111 } : stat
  }

  /** The path with links in its last component followed; the tree itself follows those before. */
  #follow(path: string): string {
    let at = path
    for (let depth = 0; depth < MAX_LINKS; depth += 1) {
      const stat = this.#lstat(at)
      if (stat?.kind !== 'link') return at
      at = resolvePath(parentPath(at), stat.target ?? '')
    }
    throw new SystemError('ELOOP', 'open', path)
  }

  #requireParent(path: string, operation: string): void {
    const parent = this.#stat(parentPath(path))
    if (parent === undefined) throw new SystemError('ENOENT', operation, path)
    if (parent.kind !== 'directory') throw new SystemError('ENOTDIR', operation, path)
  }

  #describe(path: string, stat: TreeStat | undefined, operation: string): FsStat {
    if (stat === undefined) throw new SystemError('ENOENT', operation, path)
    return {
      isFile: stat.kind === 'file',
      isDirectory: stat.kind === 'directory',
      isSymbolicLink: stat.kind === 'link',
      mode: stat.mode,
      size: stat.size,
      mtime: new Date(stat.modified),
    }
  }

  /** Runs an operation of the tree; its errors come back in the library's wording. */
  #guard<T>(operation: string, path: string, run: () => T): T {
    try {
      return run()
    } catch (error) {
      const code = errorCode(error)
      if (code === undefined || error instanceof SystemError) throw error
      throw new SystemError(code, operation, path)
    }
  }
}

function contentText(content: FileContent, options: Parameters<IFileSystem['writeFile']>[2]): string {
  if (typeof content !== 'string') return bytesToText(content)
  const encoding = typeof options === 'string' ? options : options?.encoding
  return encoding === 'binary' || encoding === 'latin1' ? latin1ToText(content) : content
}
