import { resolvePath } from '../../../emulator/index.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'

export type Files = Pick<Invocation['context']['files'], 'read' | 'isDirectory' | 'list'>

/** The directory of one kustomization: what it refers to is found from there. */
export class Place {
  readonly files: Files
  /** Absolute. */
  readonly root: string
  readonly #anywhere: boolean

  constructor(files: Files, root: string, anywhere = false) {
    this.files = files
    this.root = root
    this.#anywhere = anywhere
  }

  /** Whether a file may be read from here. */
  allows(path: string): boolean {
    return this.#anywhere || isBelow(path, this.root)
  }

  at(path: string): string {
    return resolvePath(this.root, path)
  }

  /** A file's text. Throws KubectlError with what `failure` makes of the problem. */
  async read(path: string, failure: (problem: string) => string): Promise<string> {
    const full = this.at(path)
    if (!this.allows(full) && (await this.files.read(full)) !== undefined)
      throw new KubectlError(failure(outside(full, this.root)))
    const text = (await this.files.isDirectory(full)) ? undefined : await this.files.read(full)
    if (text === undefined) throw new KubectlError(failure(missingFile(full)))
    return text
  }
}

export const isBelow = (path: string, root: string) => root === '/' || path === root || path.startsWith(`${root}/`)
export const missingFile = (path: string) =>
  `evalsymlink failure on '${path}' : lstat ${path}: no such file or directory`
export const outside = (path: string, root: string) => `security; file '${path}' is not in or below '${root}'`
