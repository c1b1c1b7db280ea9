import { resolvePath } from '../paths.ts'
import type { ContainerProcess } from '../programs/program.ts'
import { sendSignals } from '../programs/system.ts'
import { FunctionReturn, LoopControl, ShellExit } from './control.ts'
import type { ShellState } from './state.ts'

/** Commands that change the shell itself. They never wait. */
type Builtin = (process: ContainerProcess, state: ShellState) => number

const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [':', () => 0],
  ['trap', () => 0],
  ['wait', () => 0],
  ['umask', () => 0],
  ['ulimit', () => 0],
  ['exit', (process, state) => leave(new ShellExit(numberOr(process.argv[1], state.status)))],
  ['return', (process, state) => leave(new FunctionReturn(numberOr(process.argv[1], state.status)))],
  ['break', (process) => leave(new LoopControl('break', numberOr(process.argv[1], 1)))],
  ['continue', (process) => leave(new LoopControl('continue', numberOr(process.argv[1], 1)))],
  ['cd', changeDirectory],
  ['export', exportVariables],
  ['readonly', exportVariables],
  ['local', assignVariables],
  ['unset', unsetVariables],
  ['shift', shiftParameters],
  ['set', setOptions],
  ['kill', sendSignals],
  ['read', readLine],
  ['type', describeCommand],
])

/** The builtin of a name, if it is one. */
export function findBuiltin(name: string): Builtin | undefined {
  return builtins.get(name)
}

function leave(reason: Error): never {
  throw reason
}

function numberOr(text: string | undefined, fallback: number): number {
  const value = Number(text)
  return text === undefined || !Number.isInteger(value) ? fallback : value & 255
}

function changeDirectory(process: ContainerProcess, state: ShellState): number {
  const target = process.argv[1] ?? state.get('HOME') ?? '/'
  const path = resolvePath(state.cwd, target)
  if (path !== '/' && process.files.stat(path)?.kind === undefined) {
    process.err(`sh: cd: can't cd to ${target}: No such file or directory\n`)
    return 1
  }
  state.cwd = path
  return 0
}

function assign(state: ShellState, text: string): string {
  const cut = text.indexOf('=')
  if (cut === -1) return text
  const name = text.slice(0, cut)
  state.variables.set(name, text.slice(cut + 1))
  return name
}

function exportVariables(process: ContainerProcess, state: ShellState): number {
  for (const text of process.argv.slice(1)) if (text !== '-p') state.exported.add(assign(state, text))
  return 0
}

function assignVariables(process: ContainerProcess, state: ShellState): number {
  for (const text of process.argv.slice(1)) assign(state, text)
  return 0
}

function unsetVariables(process: ContainerProcess, state: ShellState): number {
  for (const name of process.argv.slice(1)) {
    state.variables.delete(name)
    state.exported.delete(name)
    if (name !== '-v') state.functions.delete(name)
  }
  return 0
}

function shiftParameters(process: ContainerProcess, state: ShellState): number {
  const [name = 'sh', ...rest] = state.parameters
  state.parameters = [name, ...rest.slice(numberOr(process.argv[1], 1))]
  return 0
}

function setOptions(process: ContainerProcess, state: ShellState): number {
  const words = process.argv.slice(1)
  for (const [index, word] of words.entries()) {
    if (word === '--') {
      state.parameters = [state.parameters[0] ?? 'sh', ...words.slice(index + 1)]
      return 0
    }
    if (!/^[-+]/.test(word)) continue
    if (word.includes('e')) state.exitOnError = word.startsWith('-')
    if (word.includes('x')) state.trace = word.startsWith('-')
  }
  return 0
}

function readLine(process: ContainerProcess, state: ShellState): number {
  const names = process.argv.slice(1).filter((word) => !word.startsWith('-'))
  if (process.stdin === '') return 1
  const words = (process.stdin.split('\n')[0] ?? '').trim().split(/\s+/)
  for (const [index, name] of names.entries()) {
    const last = index === names.length - 1
    state.variables.set(name, last ? words.slice(index).join(' ') : (words[index] ?? ''))
  }
  return 0
}

function describeCommand(process: ContainerProcess): number {
  const name = process.argv[1] ?? ''
  if (builtins.has(name)) process.out(`${name} is a shell builtin\n`)
  else if (process.programs.has(name)) process.out(`${name} is /bin/${name}\n`)
  else {
    process.out(`${name}: not found\n`)
    return 127
  }
  return 0
}
