import { parseLetters } from './arguments.ts'
import { pathOf, simpleProgram } from './text-program.ts'

/** touch FILE...: creates, or renews the time. */
export const touch = simpleProgram('touch', (process) => {
  for (const operand of parseLetters(process.argv.slice(1), 'drt').operands) {
    const path = pathOf(process, operand)
    if (process.files.stat(path)?.kind === 'directory') continue
    process.files.write(path, process.files.read(path) ?? '')
  }
  return 0
})
