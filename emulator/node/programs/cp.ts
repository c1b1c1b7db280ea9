import { baseName } from '../paths.ts'
import { parseLetters } from './arguments.ts'
import { pathOf, simpleProgram } from './text-program.ts'

/** cp SOURCE... TARGET, for files. */
export const cp = copyProgram('cp', false)

/** mv SOURCE... TARGET, for files. */
export const mv = copyProgram('mv', true)

function copyProgram(name: string, move: boolean) {
  return simpleProgram(name, (process) => {
    const operands = [...parseLetters(process.argv.slice(1)).operands]
    const target = operands.pop()
    if (target === undefined || operands.length === 0) {
      process.err(`${name}: missing file operand\n`)
      return 1
    }
    let status = 0
    for (const operand of operands) {
      const from = pathOf(process, operand)
      const text = process.files.read(from)
      if (text === undefined) {
        process.err(`${name}: can't stat '${operand}': No such file or directory\n`)
        status = 1
        continue
      }
      const to = pathOf(process, target)
      const isDirectory = process.files.stat(to)?.kind === 'directory'
      process.files.write(isDirectory ? `${to}/${baseName(from)}` : to, text, process.files.stat(from)?.mode)
      if (move) process.files.remove(from)
    }
    return status
  })
}
