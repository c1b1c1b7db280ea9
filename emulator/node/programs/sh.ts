import { ShellExit } from '../shell/control.ts'
import { Interpreter } from '../shell/interpreter.ts'
import { parseShell } from '../shell/parser.ts'
import { type SavedShell, ShellState } from '../shell/state.ts'
import { ShellSyntaxError } from '../shell/syntax-error.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve } from './program.ts'

/** The shell of images, as a main process or for a command of its own: `sh -c TEXT`, `sh FILE`. */
export const sh: ContainerProgram = { name: 'sh', run: runShell }

function* runShell(process: ContainerProcess): Run {
  const source = findSource(process)
  if ('error' in source) {
    process.err(source.error)
    return 2
  }
  if (source.text === undefined) return process.interactive ? yield* serve() : 0
  const { frame, resumed } = process.frames.enter<{ shell: SavedShell | ShellState | undefined }>({ shell: undefined })
  const state = new ShellState(process.env, process.cwd, source.parameters)
  if (resumed && frame.shell !== undefined && !(frame.shell instanceof ShellState)) state.restore(frame.shell)
  else state.exitOnError = source.exitOnError
  frame.shell = state
  const depth = process.frames.depth
  try {
    return yield* new Interpreter(state).run(parseShell(source.text), process)
  } catch (error) {
    if (error instanceof ShellSyntaxError) {
      process.err(`sh: ${error.message}\n`)
      return 2
    }
    if (!(error instanceof ShellExit)) throw error
    return error.status
  } finally {
    process.frames.unwind(depth - 1)
  }
}

interface Source {
  /** Undefined: an interactive shell without input, as `kubectl run -it` starts it. */
  readonly text: string | undefined
  readonly parameters: readonly string[]
  readonly exitOnError: boolean
}

function findSource(process: ContainerProcess): Source | { readonly error: string } {
  const words = process.argv.slice(1)
  let options = ''
  while (/^-[a-z]/.test(words[0] ?? '')) options += words.shift() ?? ''
  const exitOnError = options.includes('e')
  const [first, ...rest] = words
  if (options.includes('c')) {
    if (first === undefined) return { error: 'sh: -c requires an argument\n' }
    return { text: first, parameters: rest.length > 0 ? rest : ['sh'], exitOnError }
  }
  if (first !== undefined) {
    const text = process.files.read(first.startsWith('/') ? first : `${process.cwd}/${first}`)
    if (text === undefined) return { error: `sh: can't open '${first}': No such file or directory\n` }
    return { text, parameters: [first, ...rest], exitOnError }
  }
  return { text: process.stdin === '' ? undefined : process.stdin, parameters: ['sh'], exitOnError }
}
