import type { FileTree } from './files.ts'
import { resolvePath } from './paths.ts'
import type { ContainerProgram, Run } from './programs/program.ts'

const PATH_DIRECTORIES = new Set(['/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin'])

export type FoundProgram =
  | { readonly program: ContainerProgram }
  /** What execve or a search along $PATH failed with. */
  | { readonly missing: 'not-in-path' | 'no-such-file' | 'permission-denied' }

/** Finds argv[0] as execvp does: by $PATH, or by path; a script in the files runs through its shell. */
export function findProgram(
  name: string,
  container: {
    readonly files: FileTree
    readonly programs: ReadonlyMap<string, ContainerProgram>
  },
  cwd: string,
): FoundProgram {
  const known = container.programs.get(name)
  if (known !== undefined) return { program: known }
  if (!name.includes('/')) return { missing: 'not-in-path' }
  const path = resolvePath(cwd, name)
  const cut = path.lastIndexOf('/')
  const inPath = PATH_DIRECTORIES.has(path.slice(0, cut)) ? container.programs.get(path.slice(cut + 1)) : undefined
  if (inPath !== undefined) return { program: inPath }
  const stat = container.files.stat(path)
  if (stat === undefined) return { missing: 'no-such-file' }
  const text = container.files.read(path)
  const shell = container.programs.get('sh')
  if (stat.kind === 'directory' || (stat.mode & 0o111) === 0 || text === undefined)
    return { missing: 'permission-denied' }
  if (shell === undefined) return { missing: 'no-such-file' }
  return { program: scriptProgram(name, path, shell) }
}

function scriptProgram(name: string, path: string, shell: ContainerProgram): ContainerProgram {
  return {
    name,
    run: (process): Run => shell.run({ ...process, argv: ['sh', path, ...process.argv.slice(1)] }),
  }
}
