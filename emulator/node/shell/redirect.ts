import { FileError } from '../file-error.ts'
import { resolvePath } from '../paths.ts'
import type { ContainerProcess, Wait } from '../programs/program.ts'
import type { Redirect } from './ast.ts'
import { type Expander, expandText } from './expand.ts'

/** A process with its redirections applied, or the message why one of them failed. */
export type Redirected = { readonly process: ContainerProcess } | { readonly error: string }

/** Applies redirections from left to right. `reopen`: after a restore, files are not emptied again. */
export function* applyRedirects(
  process: ContainerProcess,
  redirects: readonly Redirect[],
  expander: Expander,
  reopen: boolean,
): Generator<Wait, Redirected, string | undefined> {
  let current = process
  for (const redirect of redirects) {
    const target = yield* expandText(redirect.target, expander)
    try {
      current = applyOne(current, process, redirect, target, expander.state.cwd, reopen)
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      const action = redirect.operator === '<' ? 'open' : 'create'
      const message = error.code === 'ENOENT' && action === 'create' ? 'nonexistent directory' : error.message
      return {
        error: `sh: can't ${action} ${target}: ${action === 'open' && error.code === 'ENOENT' ? 'no such file' : message}\n`,
      }
    }
  }
  return { process: current }
}

function applyOne(
  current: ContainerProcess,
  original: ContainerProcess,
  redirect: Redirect,
  target: string,
  cwd: string,
  reopen: boolean,
): ContainerProcess {
  if (redirect.operator === '<<') return { ...current, stdin: target }
  if (redirect.operator === '<') {
    if (target === '/dev/null') return { ...current, stdin: '' }
    const text = current.files.read(resolvePath(cwd, target))
    if (text === undefined) throw new FileError('ENOENT', target)
    return { ...current, stdin: text }
  }
  if (redirect.operator === '>&') {
    const write = target === '2' ? current.err : target === '1' ? current.out : discard
    return redirect.descriptor === 2 ? { ...current, err: write } : { ...current, out: write }
  }
  const write = openFile(original, resolvePath(cwd, target), redirect.operator === '>>' || reopen)
  const changed = { ...current, terminal: undefined }
  if (redirect.descriptor === 'both') return { ...changed, out: write, err: write }
  return redirect.descriptor === 2 ? { ...changed, err: write } : { ...changed, out: write }
}

function discard(): void {}

function openFile(process: ContainerProcess, path: string, append: boolean): (text: string) => void {
  if (path === '/dev/null') return discard
  if (path === '/dev/stdout' || path === '/proc/self/fd/1') return process.out
  if (path === '/dev/stderr' || path === '/proc/self/fd/2') return process.err
  if (path === '/proc/1/fd/1') return (text) => process.log('stdout', text)
  if (path === '/proc/1/fd/2') return (text) => process.log('stderr', text)
  if (!append || process.files.stat(path) === undefined) process.files.write(path, '')
  let full = false
  return (text) => {
    if (full) return
    try {
      process.files.write(path, (process.files.read(path) ?? '') + text)
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      full = true
      process.err(`sh: write error: ${error.message}\n`)
    }
  }
}
