import { parentPath } from '../paths.ts'
import { parseLetters } from './arguments.ts'
import { pathOf, simpleProgram } from './text-program.ts'

/** mkdir [-p] DIRECTORY... */
export const mkdir = simpleProgram('mkdir', (process) => {
  const { options, operands } = parseLetters(process.argv.slice(1), 'm')
  let status = 0
  for (const operand of operands) {
    const path = pathOf(process, operand)
    const problem = options.has('p')
      ? undefined
      : process.files.stat(path) !== undefined
        ? 'File exists'
        : process.files.stat(parentPath(path)) === undefined
          ? 'No such file or directory'
          : undefined
    if (problem === undefined) process.files.makeDirectory(path)
    else {
      process.err(`mkdir: can't create directory '${operand}': ${problem}\n`)
      status = 1
    }
  }
  return status
})
