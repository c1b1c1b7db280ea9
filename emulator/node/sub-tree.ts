import type { FileTree } from './files.ts'

/** A directory of another tree as a tree of its own: what a container sees of its node. It need not exist before it is written to. */
export class SubTree implements FileTree {
  readonly #tree: FileTree
  readonly #root: string

  constructor(tree: FileTree, root: string) {
    this.#tree = tree
    this.#root = root.replace(/\/+$/, '')
  }

  get changedBytes(): number {
    return this.#tree.changedBytes
  }

  read(path: string): string | undefined {
    return this.#tree.read(this.#at(path))
  }

  write(path: string, content: string, mode?: number): void {
    if (path !== '/') this.#ensure()
    this.#tree.write(this.#at(path), content, mode)
  }

  remove(path: string): void {
    this.#tree.remove(this.#at(path))
  }

  makeDirectory(path: string): void {
    this.#tree.makeDirectory(this.#at(path))
  }

  stat(path: string): ReturnType<FileTree['stat']> {
    const found = this.#tree.stat(this.#at(path))
    return found ?? (path === '/' ? { kind: 'directory', mode: 0o755, size: 4096, modified: 0 } : undefined)
  }

  list(directory: string): readonly string[] {
    return this.#tree.list(this.#at(directory))
  }

  link(path: string, target: string): void {
    this.#ensure()
    this.#tree.link(this.#at(path), target)
  }

  setMode(path: string, mode: number): void {
    this.#tree.setMode(this.#at(path), mode)
  }

  #at(path: string): string {
    return path === '/' ? this.#root || '/' : this.#root + path
  }

  #ensure(): void {
    if (this.#root !== '' && !this.#tree.stat(this.#root)) this.#tree.makeDirectory(this.#root)
  }
}
