import type { ContainerProcess } from './program.ts'
import { pathOf, simpleProgram } from './text-program.ts'

/** test EXPRESSION */
export const test = simpleProgram('test', (process) => evaluate(process, process.argv.slice(1)))

/** [ EXPRESSION ] */
export const bracket = simpleProgram('[', (process) => {
  const words = process.argv.slice(1)
  if (words.pop() !== ']') {
    process.err('sh: missing ]\n')
    return 2
  }
  return evaluate(process, words)
})

function evaluate(process: ContainerProcess, words: readonly string[]): number {
  const or = words.indexOf('-o')
  if (or > 0) return evaluate(process, words.slice(0, or)) === 0 ? 0 : evaluate(process, words.slice(or + 1))
  const and = words.indexOf('-a')
  if (and > 0) return evaluate(process, words.slice(0, and)) === 0 ? evaluate(process, words.slice(and + 1)) : 1
  if (words[0] === '!' && words.length > 1) return evaluate(process, words.slice(1)) === 0 ? 1 : 0
  const [left = '', operator = '', right = ''] = words
  if (words.length === 0) return 1
  if (words.length === 1) return left === '' ? 1 : 0
  if (words.length === 2) return unary(process, left, operator) ? 0 : 1
  const result = binary(left, operator, right)
  if (result !== undefined) return result ? 0 : 1
  process.err(`sh: ${operator}: unknown operand\n`)
  return 2
}

function unary(process: ContainerProcess, operator: string, value: string): boolean {
  if (operator === '-z') return value === ''
  if (operator === '-n') return value !== ''
  const stat = process.files.stat(pathOf(process, value))
  switch (operator) {
    case '-e':
    case '-r':
    case '-w':
      return stat !== undefined
    case '-f':
      return stat?.kind === 'file' || stat?.kind === 'link'
    case '-d':
      return stat?.kind === 'directory'
    case '-s':
      return stat !== undefined && stat.size > 0
    case '-x':
      return stat !== undefined && (stat.mode & 0o111) !== 0
    case '-L':
    case '-h':
      return stat?.kind === 'link'
    default:
      return false
  }
}

function binary(left: string, operator: string, right: string): boolean | undefined {
  switch (operator) {
    case '=':
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '-eq':
      return Number(left) === Number(right)
    case '-ne':
      return Number(left) !== Number(right)
    case '-lt':
      return Number(left) < Number(right)
    case '-le':
      return Number(left) <= Number(right)
    case '-gt':
      return Number(left) > Number(right)
    case '-ge':
      return Number(left) >= Number(right)
    default:
      return undefined
  }
}
