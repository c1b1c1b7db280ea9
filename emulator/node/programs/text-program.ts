import { FileError } from '../file-error.ts'
import { resolvePath } from '../paths.ts'
import type { ContainerProcess, ContainerProgram } from './program.ts'

/** A program that never waits. File errors become messages as busybox words them. */
export function simpleProgram(name: string, act: (process: ContainerProcess) => number): ContainerProgram {
  return {
    name,
    // biome-ignore lint/correctness/useYield: a program is a generator, and this kind never waits.
    *run(process) {
      try {
        return act(process)
      } catch (error) {
        if (!(error instanceof FileError)) throw error
        process.err(`${name}: ${error.path}: ${error.message}\n`)
        return 1
      }
    },
  }
}

/** A path as the process means it. */
export function pathOf(process: ContainerProcess, path: string): string {
  return resolvePath(process.cwd, path)
}

/** Text of the files named, or standard input; missing ones are reported. */
export function readInputs(
  process: ContainerProcess,
  paths: readonly string[],
): { readonly texts: readonly { readonly path: string; readonly text: string }[]; readonly failed: boolean } {
  if (paths.length === 0) return { texts: [{ path: '-', text: process.stdin }], failed: false }
  let failed = false
  const texts = paths.flatMap((path) => {
    const text = path === '-' ? process.stdin : readDevice(process, pathOf(process, path))
    if (text !== undefined) return [{ path, text }]
    failed = true
    const kind = process.files.stat(pathOf(process, path))?.kind
    const reason = kind === 'directory' ? 'Is a directory' : 'No such file or directory'
    const verb = process.argv[0] === 'cat' && kind !== 'directory' ? "can't open '" : ''
    process.err(verb === '' ? `${process.argv[0]}: ${path}: ${reason}\n` : `cat: ${verb}${path}': ${reason}\n`)
    return []
  })
  return { texts, failed }
}

function readDevice(process: ContainerProcess, path: string): string | undefined {
  if (path === '/dev/null') return ''
  if (path === '/etc/hostname' && process.files.stat(path) === undefined) return `${process.hostname}\n`
  return process.files.read(path)
}

/** Lines of a text without the newline at its end. */
export function linesOf(text: string): readonly string[] {
  if (text === '') return []
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
}
